// Where the data of ConfigMaps and Secrets comes from: literals, files, directories, files of variables
// (kubectl/pkg/cmd/util/... generate).
import { isErrno } from '#sim/kernel/errno.ts';
import { Failure } from '../../../failure.ts';
import type { Session } from '../../../session.ts';

export interface Owner {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
}

export type Data = Map<string, string>;

const keyRule =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or " +
  "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
const variableRule =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not " +
  "start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is " +
  "'[-._a-zA-Z][-._a-zA-Z0-9]*')";

function add(data: Data, owner: Owner, key: string, value: string): void {
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) {
    throw new Failure(
      `${JSON.stringify(key)} is not a valid key name for a ${owner.kind}: ${keyRule}`,
    );
  }
  if (data.has(key)) {
    throw new Failure(
      owner.kind === 'ConfigMap'
        ? `cannot add key "${key}", another key by that name already exists in Data for ConfigMap "${owner.name}"`
        : `cannot add key ${key}, another key by that name already exists`,
    );
  }
  data.set(key, value);
}

function splitLiteral(source: string): readonly [string, string] {
  const equals = source.indexOf('=');
  if (equals < 1) {
    throw new Failure(`invalid literal source ${source}, expected key=value`);
  }
  return [source.slice(0, equals), source.slice(equals + 1)];
}

/** `path`, or `key=path`. */
function splitFileSource(source: string): {
  readonly key: string | undefined;
  readonly path: string;
} {
  const parts = source.split('=');
  if (parts.length === 1) return { key: undefined, path: source };
  const [key = '', path = ''] = parts;
  if (parts.length > 2) throw new Failure("key names or file paths cannot contain '='");
  if (key === '') throw new Failure(`key name for file path ${path} missing`);
  if (path === '') throw new Failure(`file path for key name ${key} missing`);
  return { key, path };
}

function readSource(session: Session, path: string): string {
  try {
    return session.process.files.readText(path);
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    throw new Failure(`error reading ${path}: ${thrown.message.toLowerCase()}`);
  }
}

const baseName = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? path;

function addFile(session: Session, data: Data, owner: Owner, source: string): void {
  const { key, path } = splitFileSource(source);
  const { files } = session.process;
  if (!files.exists(path)) throw new Failure(`error reading ${path}: no such file or directory`);
  if (files.stat(path).type !== 'directory') {
    add(data, owner, key ?? baseName(path), readSource(session, path));
    return;
  }
  if (key !== undefined) throw new Failure('cannot give a key name for a directory path');
  for (const name of files.list(path)) {
    const child = path.endsWith('/') ? `${path}${name}` : `${path}/${name}`;
    if (files.stat(child).type === 'file') add(data, owner, name, readSource(session, child));
  }
}

/** Lines of `NAME=value`; a name alone takes its value from the environment. */
function addEnvironmentFile(session: Session, data: Data, owner: Owner, path: string): void {
  for (const line of readSource(session, path).split('\n')) {
    const text = line.trimStart().replace(/\r$/, '');
    if (text === '' || text.startsWith('#')) continue;
    const equals = text.indexOf('=');
    const key = equals < 0 ? text : text.slice(0, equals);
    if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key)) {
      throw new Failure(`${JSON.stringify(key)} is not a valid key name: ${variableRule}`);
    }
    const value = equals < 0 ? session.process.env.get(key) : text.slice(equals + 1);
    if (value !== undefined) add(data, owner, key, value);
  }
}

/** The data that the `--from-...` flags name. */
export function collectData(session: Session, owner: Owner): Data {
  const { flags } = session;
  const files = flags.list('from-file');
  const literals = flags.list('from-literal');
  const environments = flags.list('from-env-file');
  if (environments.length > 0 && files.length + literals.length > 0) {
    throw new Failure('from-env-file cannot be combined with from-file or from-literal');
  }
  const data: Data = new Map();
  for (const source of literals) add(data, owner, ...splitLiteral(source));
  for (const source of files) addFile(session, data, owner, source);
  for (const path of environments) addEnvironmentFile(session, data, owner, path);
  return data;
}

/** The data as an object with sorted keys; undefined without any. */
export function dataObject(
  data: Data,
  encode: (value: string) => string,
): Readonly<Record<string, string>> | undefined {
  if (data.size === 0) return undefined;
  const keys = [...data.keys()].sort();
  return Object.fromEntries(keys.map((key) => [key, encode(data.get(key) ?? '')]));
}
