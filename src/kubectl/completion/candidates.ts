// Candidates for args and for the values of flags, as kubectl's completion finds them (kubectl/pkg/util/completion).
import type { KubeObject } from '#sim/api/objects.ts';
import { pathWithin } from '../commands/tree.ts';
import { metadataOf } from '../resources/info.ts';
import { pathOf } from '../api.ts';
import { findMapping, qualifiedResource } from '../resources/mapper.ts';
import type { Session } from '../session.ts';

export interface Candidates {
  readonly lines: readonly string[];
  /** Names of files may stand there. */
  readonly files?: boolean;
  /** No blank after the only candidate. */
  readonly noSpace?: boolean;
}

const nothing: Candidates = { lines: [] };

const outputFormats = [
  'custom-columns=',
  'custom-columns-file=',
  'go-template=',
  'go-template-file=',
  'json',
  'jsonpath=',
  'jsonpath-as-json=',
  'jsonpath-file=',
  'name',
  'template',
  'templatefile',
  'wide',
  'yaml',
];

/** Commands whose first arg is a Pod, or an object that has Pods. */
const podCommands = new Set(['attach', 'debug', 'exec', 'logs', 'port-forward']);
/** Commands whose args are types and names. */
const typeCommands = new Set([
  'annotate',
  'delete',
  'describe',
  'edit',
  'get',
  'label',
  'patch',
  'wait',
]);
/** Commands about one type, by name alone. */
const typeOfCommand: Readonly<Record<string, string>> = {
  cordon: 'nodes',
  drain: 'nodes',
  uncordon: 'nodes',
  'top node': 'nodes',
  'top pod': 'pods',
};

const startingWith = (lines: readonly string[], typed: string): readonly string[] =>
  lines.filter((line) => line.startsWith(typed));

function namesOf(session: Session, type: string): readonly string[] {
  const mapping = findMapping(session.resources(), type);
  if (mapping === undefined) return [];
  const list = session.api.request({
    verb: 'list',
    ...pathOf(mapping),
    namespace: mapping.namespaced ? session.namespace : undefined,
  });
  const items = (list['items'] ?? []) as readonly KubeObject[];
  return items.map((item) => metadataOf(item).name ?? '').sort();
}

function typeNames(session: Session): readonly string[] {
  const listable = session.resources().filter(({ verbs }) => verbs.includes('list'));
  return [...new Set(listable.map(qualifiedResource))].sort();
}

/** `TYPE NAME...`, `TYPE/NAME...`. */
function typesAndNames(session: Session, typed: string): Candidates {
  const slash = typed.indexOf('/');
  if (slash > 0) {
    const type = typed.slice(0, slash);
    const names = namesOf(session, type).map((name) => `${type}/${name}`);
    return { lines: startingWith(names, typed) };
  }
  const [type, ...names] = session.args;
  if (type === undefined) return { lines: startingWith(typeNames(session), typed) };
  if (type.includes('/') || type.includes(',')) return nothing;
  const free = namesOf(session, type).filter((name) => !names.includes(name));
  return { lines: startingWith(free, typed) };
}

/** What may stand as the next arg of the session's command. */
export function argumentCandidates(session: Session, typed: string): Candidates {
  const path = pathWithin(session.command);
  if (podCommands.has(path)) {
    if (session.args.length > 0) return path === 'logs' ? containers(session, typed) : nothing;
    return { lines: startingWith(namesOf(session, 'pods'), typed) };
  }
  if (typeCommands.has(path)) return typesAndNames(session, typed);
  if (path === 'explain') return { lines: startingWith(typeNames(session), typed) };
  if (path === 'scale' || path.startsWith('rollout')) {
    const types = ['deployment', 'replicaset', 'statefulset', 'daemonset'];
    const [type] = session.args;
    if (type === undefined && !typed.includes('/')) return { lines: startingWith(types, typed) };
    return typesAndNames(session, typed);
  }
  const type = typeOfCommand[path];
  if (type !== undefined) return { lines: startingWith(namesOf(session, type), typed) };
  return nothing;
}

/** The containers of the Pod that the args name. */
function containers(session: Session, typed: string): Candidates {
  const name = session.args[0]?.replace(/^(pod|pods|po)\//, '') ?? '';
  if (name === '' || name.includes('/')) return nothing;
  const { namespace } = session;
  const path = { group: '', version: 'v1', resource: 'pods', namespace, name };
  const pod = session.api.request({ verb: 'get', ...path });
  const spec = (pod['spec'] ?? {}) as Record<string, readonly { readonly name: string }[]>;
  const all = [
    ...(spec['initContainers'] ?? []),
    ...(spec['containers'] ?? []),
    ...(spec['ephemeralContainers'] ?? []),
  ];
  const names = all.map((container) => container.name);
  return { lines: startingWith(names, typed) };
}

/** What may stand as the value of a flag. */
export function flagValueCandidates(session: Session, flag: string, typed: string): Candidates {
  if (flag === 'namespace') return { lines: startingWith(namesOf(session, 'namespaces'), typed) };
  if (flag === 'container') return containers(session, typed);
  if (flag === 'output') {
    const lines = startingWith(outputFormats, typed);
    return { lines, noSpace: lines[0]?.endsWith('=') === true };
  }
  if (flag === 'filename') return { lines: [], files: true };
  return nothing;
}
