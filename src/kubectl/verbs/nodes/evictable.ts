// Which Pods of a node a drain may evict, must not, or leaves alone (kubectl/pkg/drain/filters.go).
import type { Pod } from '#sim/api/generated/types.ts';
import { parseTime } from '#sim/runtime/time.ts';
import { isNotFound } from '../../failure.ts';
import { listPods } from '../../pods/pod-of.ts';
import type { Session } from '../../session.ts';

interface Verdict {
  readonly evict: boolean;
  readonly warning?: string;
  readonly error?: string;
}

export interface PodsOfNode {
  readonly evictable: readonly Pod[];
  /** `ignoring DaemonSet-managed Pods: default/a, default/b; ...`, or ''. */
  readonly warnings: string;
  /** Why the node cannot be drained. */
  readonly errors: readonly string[];
}

const yes: Verdict = { evict: true };

const isFinished = (pod: Pod): boolean =>
  pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

const controllerOf = (pod: Pod) =>
  pod.metadata?.ownerReferences?.find(({ controller }) => controller === true);

function ofDaemonSet(session: Session, pod: Pod): Verdict {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'DaemonSet' || isFinished(pod)) return yes;
  try {
    session.api.request({
      verb: 'get',
      group: 'apps',
      version: 'v1',
      resource: 'daemonsets',
      namespace: pod.metadata?.namespace ?? '',
      name: owner.name,
    });
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
    const { message } = thrown;
    return session.flags.bool('force')
      ? { evict: true, warning: message }
      : { evict: false, error: message };
  }
  return session.flags.bool('ignore-daemonsets')
    ? { evict: false, warning: 'ignoring DaemonSet-managed Pods' }
    : {
        evict: false,
        error: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)',
      };
}

function ofMirror(_session: Session, pod: Pod): Verdict {
  const isMirror = pod.metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined;
  return { evict: !isMirror };
}

function ofLocalStorage({ flags }: Session, pod: Pod): Verdict {
  const isLocal = pod.spec?.volumes?.some(({ emptyDir }) => emptyDir !== undefined) === true;
  if (!isLocal || isFinished(pod)) return yes;
  return flags.bool('delete-emptydir-data')
    ? { evict: true, warning: 'deleting Pods with local storage' }
    : { evict: false, error: 'Pods with local storage (use --delete-emptydir-data to override)' };
}

function ofNobody({ flags }: Session, pod: Pod): Verdict {
  if (isFinished(pod) || controllerOf(pod) !== undefined) return yes;
  return flags.bool('force')
    ? { evict: true, warning: 'deleting Pods that declare no controller' }
    : {
        evict: false,
        error: 'cannot delete Pods that declare no controller (use --force to override)',
      };
}

/** Pods that have been on their way out for longer than `--skip-wait-for-delete-timeout`. */
export function isGivenUp(session: Session, pod: Pod): boolean {
  const seconds = session.flags.number('skip-wait-for-delete-timeout');
  const since = parseTime(pod.metadata?.deletionTimestamp ?? '');
  return seconds > 0 && since !== undefined && session.nowMs() - since > seconds * 1000;
}

const rules = [
  (session: Session, pod: Pod): Verdict => ({ evict: !isGivenUp(session, pod) }),
  ofDaemonSet,
  ofMirror,
  ofLocalStorage,
  ofNobody,
];

/** The first rule that keeps a Pod decides; else the last one speaks. */
function judge(session: Session, pod: Pod): Verdict {
  let verdict = yes;
  for (const rule of rules) {
    verdict = rule(session, pod);
    if (!verdict.evict) break;
  }
  return verdict;
}

/** `text: default/a, default/b` for each text, in the order of the Pods. */
function byText(all: readonly (readonly [Pod, string | undefined])[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const [{ metadata = {} }, text] of all) {
    if (text === undefined) continue;
    const name = `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
    groups.set(text, [...(groups.get(text) ?? []), name]);
  }
  return [...groups].map(([text, names]) => `${text}: ${names.join(', ')}`);
}

/** Sorts the Pods of a node by what a drain may do with them. */
export function podsOfNode(session: Session, node: string): PodsOfNode {
  const selector = session.flags.text('pod-selector');
  const field = `spec.nodeName=${node}`;
  const judged = (listPods(session, '', selector, field).items ?? []).map(
    (pod) => [pod, judge(session, pod)] as const,
  );
  return {
    evictable: judged.filter(([, { evict }]) => evict).map(([pod]) => pod),
    warnings: byText(judged.map(([pod, { warning }]) => [pod, warning])).join('; '),
    errors: byText(judged.map(([pod, { error }]) => [pod, error])).map(
      (text) => `cannot delete ${text}`,
    ),
  };
}
