// `kubectl set env` (kubectl/pkg/cmd/set/set_env.go): variables of containers, set, removed or listed.
import type { Container, EnvVar, PodSpec } from '#sim/api/generated/types.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure } from '../../failure.ts';
import type { Info } from '../../resources/info.ts';
import type { Session } from '../../session.ts';
import { changeAll, targetsOf, withPodSpec } from './change.ts';
import type { EnvironmentChanges } from './env-changes.ts';
import { parseChanges, variablesFrom } from './env-changes.ts';
import { listEnvironment } from './env-list.ts';
import { changeSelected, fitsPattern } from './select.ts';

const wording = {
  operation: 'env updated',
  refusal: 'failed to patch env update to pod template: ',
};

/** Splits resources from `NAME=value`, `NAME-` and `-`. */
function splitArgs(args: readonly string[]): { resources: string[]; words: string[] } {
  const isWord = (text: string): boolean =>
    text.indexOf('=') > 0 || (text.endsWith('-') && text !== '');
  const first = args.findIndex(isWord);
  const at = first < 0 ? args.length : first;
  const words = args.slice(at);
  const stray = words.find((word) => !isWord(word));
  if (stray !== undefined) {
    throw new Failure(`all resources must be specified before environment changes: ${stray}`);
  }
  return { resources: args.slice(0, at), words };
}

function updated(old: readonly EnvVar[], { set, remove }: EnvironmentChanges): readonly EnvVar[] {
  const kept = old
    .filter(({ name }) => !remove.has(name))
    .map((variable) => set.find(({ name }) => name === variable.name) ?? variable);
  const added = set.filter(({ name }) => !old.some((variable) => variable.name === name));
  return [...kept, ...added];
}

function refuseOverwrites(
  { mapping, name: object }: Info,
  old: readonly EnvVar[],
  { set }: EnvironmentChanges,
): void {
  for (const { name } of set) {
    const present = old.find((variable) => variable.name === name);
    if (present === undefined) continue;
    throw new Failure(
      `${mapping.resource}/${object} '${name}' already has a value (${present.value ?? ''}), and --overwrite is false`,
    );
  }
}

function withVariables(
  session: Session,
  info: Info,
  container: Container,
  changes: EnvironmentChanges,
): Container {
  const old = container.env ?? [];
  if (!session.flags.bool('overwrite')) refuseOverwrites(info, old, changes);
  const env = updated(old, changes);
  return { ...container, env: env.length === 0 ? undefined : env };
}

function changeSpec(
  session: Session,
  spec: PodSpec,
  info: Info,
  changes: EnvironmentChanges,
): PodSpec {
  const pattern = session.flags.text('containers');
  const { initContainers, containers } = spec;
  if (!containers.some(({ name }) => fitsPattern(pattern, name))) {
    session.output.errLine(
      `Warning: ${info.mapping.kind}/${info.name} does not have any containers matching ${JSON.stringify(pattern)}`,
    );
    return spec;
  }
  const change = (one: Container): Container => withVariables(session, info, one, changes);
  return {
    ...spec,
    ...(initContainers === undefined
      ? {}
      : { initContainers: changeSelected(initContainers, pattern, change) }),
    containers: changeSelected(containers, pattern, change),
  };
}

export function* setEnv(session: Session): Blocking<number> {
  const { flags } = session;
  const { resources, words } = splitArgs(session.args);
  const hasFiles = flags.list('filename').length > 0 || flags.text('kustomize') !== '';
  if (resources.length === 0 && !hasFiles) {
    throw new Failure(
      'one or more resources must be specified as <resource> <name> or <resource>/<name>',
    );
  }
  const lines = words.includes('-') ? yield* readLines(session) : [];
  const given = [...words.filter((word) => word !== '-'), ...lines, ...flags.list('env')];
  const parsed = parseChanges(given);
  const changes = { ...parsed, set: [...parsed.set, ...variablesFrom(session)] };
  const infos = targetsOf(session, resources);
  if (!flags.bool('list')) {
    return changeAll(
      session,
      infos,
      (info) => withPodSpec(info, (spec) => changeSpec(session, spec, info, changes)),
      wording,
    );
  }
  for (const info of infos) {
    withPodSpec(info, (spec) => {
      listEnvironment(session, info, changeSpec(session, spec, info, changes));
      return spec;
    });
  }
  return 0;
}

/** Lines of `NAME=value` on stdin. */
function* readLines(session: Session): Blocking<readonly string[]> {
  const lines: string[] = [];
  for (;;) {
    const line = yield* session.process.readLine(0);
    if (line === undefined) return lines;
    if (line.trim() !== '' && !line.startsWith('#')) lines.push(line);
  }
}
