// Waiting for a test on one object: it is read, then watched until the test holds or time is up.
import type { KubeObject } from '#sim/api/objects.ts';
import { Queue } from '#sim/kernel/wait-queue.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure } from '../../failure.ts';
import type { Info } from '../../resources/info.ts';
import { collectionPath, metadataOf, requestPath } from '../../resources/info.ts';
import type { Session } from '../../session.ts';
import type { Test } from './conditions.ts';

/** The failure of an object that did not come to its condition in time. */
export function timedOutOn({ mapping, name }: Pick<Info, 'mapping' | 'name'>): Failure {
  return new Failure(`timed out waiting for the condition on ${mapping.resource}/${name}`);
}

/** Waits until a test holds; returns the object as it was then. Throws when it does not hold in time. */
export function* waitForObject(
  session: Session,
  info: Info,
  holds: Test,
  untilMs: number,
): Blocking<KubeObject> {
  let object = session.api.request({ verb: 'get', ...requestPath(info) });
  if (holds(object)) return object;
  const path = collectionPath(info);
  const changed = new Queue();
  const arrived: KubeObject[] = [];
  const stop = session.api.watch(
    {
      verb: 'watch',
      ...path,
      fieldSelector: `metadata.name=${info.name}`,
      resourceVersion: metadataOf(object).resourceVersion,
    },
    (event) => {
      if (event.type !== 'ADDED' && event.type !== 'MODIFIED') return;
      arrived.push(event.object);
      changed.wake();
    },
  );
  try {
    for (;;) {
      for (object of arrived.splice(0)) if (holds(object)) return object;
      const leftMs = untilMs - session.nowMs();
      if (leftMs <= 0) throw timedOutOn(info);
      yield* session.process.waitFor([changed], leftMs);
    }
  } finally {
    stop();
  }
}
