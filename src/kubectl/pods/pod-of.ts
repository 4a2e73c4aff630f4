// From what a command was given (`web`, `pod/web`, `deploy/shop`) to one Pod.
import type { Pod } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { Queue } from '#sim/kernel/wait-queue.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure } from '../failure.ts';
import { findResources } from '../resources/builder.ts';
import type { Query } from '../resources/builder.ts';
import type { Info } from '../resources/info.ts';
import type { Session } from '../session.ts';
import { byActivity } from './order.ts';
import { selectorOf } from './selector-of.ts';

const pods = { group: '', version: 'v1', resource: 'pods' };

interface PodList extends KubeObject {
  readonly items?: readonly Pod[];
  readonly metadata?: { readonly resourceVersion?: string };
}

/** Pods of a namespace ('' for all) by labels and fields. */
export function listPods(
  session: Session,
  namespace: string,
  labelSelector: string,
  fieldSelector = '',
): PodList {
  return session.api.request({
    verb: 'list',
    ...pods,
    namespace: namespace || undefined,
    labelSelector,
    fieldSelector: fieldSelector || undefined,
  }) as PodList;
}

/** The object that the args name; a bare name means a Pod. */
export function namedObject(
  session: Session,
  argument: string,
  files: Pick<Query, 'filenames' | 'recursive'> = {},
): Info {
  const args = argument === '' ? [] : [argument];
  const query = { args, ...files, defaultType: 'pods', latest: true, continueOnError: false };
  const [info] = findResources(session, query).infos();
  if (info === undefined) throw new Failure('no objects found');
  return info;
}

export interface FirstPodOptions {
  readonly namespace: string;
  readonly selector: string;
  readonly timeoutMs: number;
  readonly order: (found: readonly Pod[]) => readonly Pod[];
}

/** The first Pod in an order, waited for where there is none yet; and how many there were. */
export function* firstPod(
  session: Session,
  { namespace, selector, timeoutMs, order }: FirstPodOptions,
): Blocking<{ readonly pod: Pod; readonly count: number }> {
  const list = listPods(session, namespace, selector);
  const present = list.items ?? [];
  const [best] = order(present);
  if (best !== undefined) return { pod: best, count: present.length };
  let appeared: Pod | undefined;
  const changed = new Queue();
  const stop = session.api.watch(
    {
      verb: 'watch',
      ...pods,
      namespace,
      labelSelector: selector,
      resourceVersion: list.metadata?.resourceVersion,
    },
    ({ type, object }) => {
      if (type !== 'ADDED' && type !== 'MODIFIED') return;
      appeared ??= object as Pod;
      changed.wake();
    },
  );
  const untilMs = session.nowMs() + timeoutMs;
  try {
    while (appeared === undefined && session.nowMs() < untilMs) {
      yield* session.process.waitFor([changed], untilMs - session.nowMs());
    }
  } finally {
    stop();
  }
  if (appeared === undefined) throw new Failure('timed out waiting for the condition');
  return { pod: appeared, count: 1 };
}

/** The Pod to attach to, forward to or run in: the object itself, or the most active of its Pods. */
export function* attachablePod(session: Session, info: Info, timeoutMs: number): Blocking<Pod> {
  const { object, namespace } = info;
  if (object.kind === 'Pod') return { ...object, kind: 'Pod', apiVersion: 'v1' } as Pod;
  const selector = selectorOf(object, 'attach to');
  const { pod } = yield* firstPod(session, { namespace, selector, timeoutMs, order: byActivity });
  return pod;
}
