// What `set env` is to change: pairs of the command line, and variables that point into a ConfigMap or Secret.
import type { ConfigMap, EnvVar, Secret } from '#sim/api/generated/types.ts';
import { Failure } from '../../failure.ts';
import { findResources } from '../../resources/builder.ts';
import type { Session } from '../../session.ts';

export interface EnvironmentChanges {
  readonly set: readonly EnvVar[];
  readonly remove: ReadonlySet<string>;
}

const nameRule =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not " +
  "start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is " +
  "'[-._a-zA-Z][-._a-zA-Z0-9]*')";

/** Reads `NAME=value` and `NAME-`. */
export function parseChanges(words: readonly string[]): EnvironmentChanges {
  const set: EnvVar[] = [];
  const remove = new Set<string>();
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals < 0 && word.endsWith('-')) {
      remove.add(word.slice(0, -1));
      continue;
    }
    if (equals < 0) throw new Failure(`unknown environment variable: ${word}`);
    const name = word.slice(0, equals);
    if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) {
      throw new Failure(`${JSON.stringify(name)} is not a valid key name: ${nameRule}`);
    }
    set.push({ name, value: word.slice(equals + 1) });
  }
  if (set.some(({ name }) => remove.has(name))) {
    throw new Failure(
      'can not both modify and remove the same environment variable in the same command',
    );
  }
  return { set, remove };
}

/** A key as the name of a variable: upper case, other signs as underscores. */
const variableName = (key: string): string => key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();

/** Variables for the keys of `--from=configmap/NAME` or `--from=secret/NAME`. */
export function variablesFrom(session: Session): readonly EnvVar[] {
  const { flags } = session;
  const from = flags.text('from');
  if (from === '') return [];
  const wanted = flags.list('keys');
  const prefix = flags.text('prefix');
  const infos = findResources(session, { args: [from], continueOnError: false }).infos();
  return infos.flatMap(({ mapping, object, name }) => {
    if (mapping.kind !== 'ConfigMap' && mapping.kind !== 'Secret') {
      throw new Failure('unsupported resource specified in --from');
    }
    const keys = Object.keys((object as ConfigMap | Secret).data ?? {}).sort();
    const chosen = keys.filter((key) => wanted.length === 0 || wanted.includes(key));
    for (const key of chosen) {
      const changed = variableName(key);
      if (changed === key) continue;
      session.output.errLine(`Warning: key ${key} transferred to ${changed}`);
    }
    return chosen.map((key) => ({
      name: `${prefix}${variableName(key)}`,
      valueFrom:
        mapping.kind === 'ConfigMap'
          ? { configMapKeyRef: { name, key } }
          : { secretKeyRef: { name, key } },
    }));
  });
}
