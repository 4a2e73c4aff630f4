// `kubectl config` on clusters and users, and on single fields.
import { knownFields } from '../../config/kubeconfig.ts';
import { parseBool } from '../../flags/parse-error.ts';
import { Failure } from '../../failure.ts';
import type { Session } from '../../session.ts';
import { exactArgs, openConfig, saveConfig } from './change.ts';

type Part = 'clusters' | 'users';

function list(part: Part): (session: Session) => number {
  return ({ config, output }) => {
    output.line('NAME');
    for (const name of [...config[part].keys()].sort()) output.line(name);
    return 0;
  };
}

export const getClusters = list('clusters');
export const getUsers = list('users');

function remove(part: Part, word: string): (session: Session) => number {
  return (session) => {
    const [name = ''] = exactArgs(session, 1);
    const { path, parts } = openConfig(session);
    if (!parts[part].delete(name))
      throw new Failure(`cannot delete ${word} ${name}, not in ${path}`);
    saveConfig(session, path, parts);
    session.output.line(`deleted ${word} ${name} from ${path}`);
    return 0;
  };
}

export const deleteCluster = remove('clusters', 'cluster');
export const deleteUser = remove('users', 'user');

/** Puts the given flags into the named entry. */
function set(part: Part, title: string, fields: readonly string[]): (session: Session) => number {
  return (session) => {
    const [name = ''] = exactArgs(session, 1);
    const { flags } = session;
    const { path, parts } = openConfig(session);
    const entry: Record<string, unknown> = { ...parts[part].get(name) };
    for (const field of fields) {
      if (!flags.given(field)) continue;
      const isBool = flags.specs.get(field)?.type === 'bool';
      entry[field] = isBool ? flags.bool(field) : flags.text(field);
      if (entry[field] === '' || entry[field] === false) delete entry[field];
    }
    parts[part].set(name, entry);
    saveConfig(session, path, parts);
    session.output.line(`${title} ${JSON.stringify(name)} set.`);
    return 0;
  };
}

export const setCluster = set('clusters', 'Cluster', [
  'server',
  'tls-server-name',
  'insecure-skip-tls-verify',
  'certificate-authority',
  'proxy-url',
]);
export const setCredentials = set('users', 'User', [
  'client-certificate',
  'client-key',
  'token',
  'username',
  'password',
]);

/** The part of the file, the entry and the field that `contexts.home.namespace` means. */
function splitProperty(property: string): readonly [string, string, string] {
  const [part = '', ...rest] = property.split('.');
  const fields = knownFields[part];
  if (fields === undefined) throw new Failure(`unable to parse ${part} after [] at api.Config`);
  const field = fields.find((one) => property.endsWith(`.${one}`));
  const name =
    field === undefined ? rest.join('.') : property.slice(part.length + 1, -field.length - 1);
  return [part, name, field ?? ''];
}

function changeProperty(session: Session, property: string, value: string | undefined): void {
  const { path, parts } = openConfig(session);
  if (property === 'current-context') parts.currentContext = value ?? '';
  else {
    const [part, name, field] = splitProperty(property);
    const entries = parts[part as Part] as Map<string, Record<string, unknown>>;
    if (field === '') {
      if (value !== undefined) throw new Failure(`can't set a map to a value: ${property}`);
      entries.delete(name);
    } else {
      const entry = { ...entries.get(name) };
      if (value === undefined) delete entry[field];
      else entry[field] = field.startsWith('insecure') ? parseBool(value) === true : value;
      entries.set(name, entry);
    }
  }
  saveConfig(session, path, parts);
}

export function setProperty(session: Session): number {
  const [property = '', value = ''] = exactArgs(session, 2);
  changeProperty(session, property, value);
  session.output.line(`Property ${JSON.stringify(property)} set.`);
  return 0;
}

export function unsetProperty(session: Session): number {
  const [property = ''] = exactArgs(session, 1);
  changeProperty(session, property, undefined);
  session.output.line(`Property ${JSON.stringify(property)} unset.`);
  return 0;
}
