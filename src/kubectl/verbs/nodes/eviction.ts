// Evicts or deletes Pods and waits until they are gone (kubectl/pkg/drain/drain.go). The real client works on all Pods
// at once; here each has a time at which it is looked at next.
import type { Pod } from '#sim/api/generated/types.ts';
import { formatGoDuration } from '#sim/api/duration.ts';
import type { ApiRequest } from '#sim/apiserver/types.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure, isFailure, isNotFound, StatusFailure, throwCollected } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import type { Session } from '../../session.ts';
import type { DryRun } from '../common/dry-run.ts';
import { dryRunSuffix } from '../common/dry-run.ts';
import { isGivenUp } from './evictable.ts';

const retryMs = 5000;
const pollMs = 1000;

interface Task {
  readonly pod: Pod;
  /** Whether the server has taken the eviction, so that only the end is waited for. */
  taken: boolean;
  dueMs: number;
}

const nameOf = ({ metadata = {} }: Pod): string =>
  `pods/${JSON.stringify(metadata.name)} -n ${JSON.stringify(metadata.namespace)}`;

function podPath({ metadata = {} }: Pod): Omit<ApiRequest, 'verb'> {
  const { namespace = '', name = '' } = metadata;
  return { group: '', version: 'v1', resource: 'pods', namespace, name };
}

function deleteOptions(session: Session, dryRun: DryRun): object {
  const seconds = session.flags.number('grace-period');
  return {
    ...(seconds >= 0 ? { gracePeriodSeconds: seconds } : {}),
    ...(dryRun === 'server' ? { dryRun: ['All'] } : {}),
  };
}

function evict(session: Session, pod: Pod, dryRun: DryRun): void {
  const { name, namespace } = pod.metadata ?? {};
  session.api.request({
    verb: 'create',
    ...podPath(pod),
    subresource: 'eviction',
    dryRun: dryRun === 'server' ? true : undefined,
    body: {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name, namespace },
      deleteOptions: deleteOptions(session, dryRun),
    },
  });
}

function deletePod(session: Session, pod: Pod, dryRun: DryRun): void {
  const body = deleteOptions(session, dryRun);
  const asked = dryRun === 'server' ? true : undefined;
  try {
    session.api.request({ verb: 'delete', ...podPath(pod), dryRun: asked, body });
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
  }
}

/** Whether a Pod has gone, or need not be waited for. */
function isGone(session: Session, pod: Pod): boolean {
  try {
    const found = session.api.request({ verb: 'get', ...podPath(pod) }) as unknown as Pod;
    if (found.metadata?.uid !== pod.metadata?.uid) return true;
    if (!isGivenUp(session, found)) return false;
    const seconds = session.flags.number('skip-wait-for-delete-timeout');
    session.output.line(
      `pod ${JSON.stringify(pod.metadata?.name)} has DeletionTimestamp older than ${seconds} seconds, skipping`,
    );
    return true;
  } catch (thrown) {
    if (isNotFound(thrown)) return true;
    throw thrown;
  }
}

/** All begin at once, before the server has answered the first. */
function announce({ output }: Session, due: readonly Task[], dryRun: DryRun): void {
  for (const { pod, taken } of due) {
    const { name = '', namespace = '' } = pod.metadata ?? {};
    if (!taken) output.line(`evicting pod ${namespace}/${name}${dryRunSuffix(dryRun)}`);
  }
}

/** One step of a Pod's eviction. @returns whether it is done with */
function step(session: Session, task: Task, dryRun: DryRun, isLate: boolean): boolean {
  const { output } = session;
  const { pod } = task;
  if (!task.taken) {
    if (isLate) throw outOfTime(session, task);
    try {
      evict(session, pod, dryRun);
    } catch (thrown) {
      if (isNotFound(thrown)) return true;
      if (!(thrown instanceof StatusFailure)) throw thrown;
      if (thrown.status.code !== 429) {
        throw new Failure(`error when evicting ${nameOf(pod)}: ${thrown.message}`);
      }
      output.errLine(
        `error when evicting ${nameOf(pod)} (will retry after ${formatGoDuration(retryMs)}): ${thrown.message}`,
      );
      task.dueMs = session.nowMs() + retryMs;
      return false;
    }
    if (dryRun === 'server') return true;
    task.taken = true;
  }
  if (isGone(session, pod)) {
    const verb = session.flags.bool('disable-eviction') ? 'deleted' : 'evicted';
    const object = { ...pod, apiVersion: 'v1', kind: 'Pod' } as never;
    output.out(printerFor(session, { operation: verb })(object));
    return true;
  }
  task.dueMs = session.nowMs() + pollMs;
  return false;
}

function outOfTime(session: Session, { pod, taken }: Task): Failure {
  const limit = formatGoDuration(session.flags.number('timeout'));
  if (session.flags.bool('disable-eviction')) return new Failure('context deadline exceeded');
  if (!taken) {
    return new Failure(`error when evicting ${nameOf(pod)}: global timeout reached: ${limit}`);
  }
  const { name, namespace } = pod.metadata ?? {};
  const subject = `pod ${JSON.stringify(name)} in namespace ${JSON.stringify(namespace)}`;
  return new Failure(`error when waiting for ${subject} to terminate: context deadline exceeded`);
}

/** Ends when all Pods are gone; throws what went wrong with some. */
export function* removePods(
  session: Session,
  pods: readonly Pod[],
  dryRun: DryRun,
): Blocking<void> {
  const deletes = session.flags.bool('disable-eviction');
  if (deletes) for (const pod of pods) deletePod(session, pod, dryRun);
  if (deletes && dryRun === 'server') return;
  const timeoutMs = session.flags.number('timeout');
  const startMs = session.nowMs();
  const untilMs = timeoutMs > 0 ? startMs + timeoutMs : Number.POSITIVE_INFINITY;
  let tasks: Task[] = pods.map((pod) => ({ pod, taken: deletes, dueMs: startMs }));
  const failures: Error[] = [];
  while (tasks.length > 0) {
    // The wait for an end stops at the limit; a retry is slept through, and finds out then.
    const nextMs = Math.min(
      ...tasks.map(({ dueMs, taken }) => (taken ? Math.min(dueMs, untilMs) : dueMs)),
    );
    yield* session.output.flush();
    const waitMs = nextMs - session.nowMs();
    if (waitMs > 0) yield* session.process.sleep(waitMs);
    const isLate = session.nowMs() >= untilMs;
    const late = isLate ? tasks.filter(({ taken }) => taken) : [];
    failures.push(
      ...late.slice(0, deletes ? 1 : late.length).map((task) => outOfTime(session, task)),
    );
    tasks = tasks.filter((task) => !late.includes(task));
    const done = new Set<Task>();
    const due = tasks.filter(({ dueMs }) => dueMs <= session.nowMs());
    announce(session, due, dryRun);
    for (const task of due) {
      try {
        if (step(session, task, dryRun, isLate)) done.add(task);
      } catch (thrown) {
        if (!isFailure(thrown)) throw thrown;
        failures.push(thrown);
        done.add(task);
      }
    }
    tasks = tasks.filter((task) => !done.has(task));
  }
  throwCollected(failures);
}
