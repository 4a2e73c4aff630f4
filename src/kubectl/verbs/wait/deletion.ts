// Waiting until deleted objects are gone: a watch on each, one after the other (kubectl/pkg/cmd/wait/delete.go).
import type { WatchEvent } from '#sim/apiserver/types.ts';
import { Queue } from '#sim/kernel/wait-queue.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure, isNotFound, throwCollected } from '../../failure.ts';
import type { Info } from '../../resources/info.ts';
import { collectionPath, metadataOf, requestPath } from '../../resources/info.ts';
import type { Session } from '../../session.ts';

/** How long `kubectl delete` waits when no timeout was given: a week. */
const foreverMs = 168 * 3_600_000;

export interface Awaited {
  readonly info: Info;
  /** Another object of the name counts as gone. */
  readonly uid: string | undefined;
}

/** Whether the object is gone now, or another one has its name. */
function isGone(session: Session, { info, uid }: Awaited): boolean {
  try {
    const object = session.api.request({ verb: 'get', ...requestPath(info) });
    return uid !== undefined && metadataOf(object).uid !== uid;
  } catch (thrown) {
    if (isNotFound(thrown)) return true;
    throw thrown;
  }
}

/** Waits for one object until a point in time; false when it is still there then. */
export function* waitUntilGone(
  session: Session,
  awaited: Awaited,
  untilMs: number,
): Blocking<boolean> {
  if (isGone(session, awaited)) return true;
  const changed = new Queue();
  const { info } = awaited;
  const path = collectionPath(info);
  let gone = false;
  const stop = session.api.watch(
    { verb: 'watch', ...path, fieldSelector: `metadata.name=${info.name}` },
    (event: WatchEvent) => {
      if (event.type !== 'DELETED') return;
      gone = true;
      changed.wake();
    },
  );
  try {
    while (!gone && session.nowMs() < untilMs) {
      yield* session.process.waitFor([changed], untilMs - session.nowMs());
    }
    return gone || isGone(session, awaited);
  } finally {
    stop();
  }
}

/**
 * Waits until all are gone.
 * @param timeoutMs 0 for as long as it takes
 */
export function* waitForDeletion(
  session: Session,
  all: readonly Awaited[],
  timeoutMs: number,
): Blocking<void> {
  yield* session.output.flush();
  const untilMs = session.nowMs() + (timeoutMs > 0 ? timeoutMs : foreverMs);
  const failures: Error[] = [];
  for (const awaited of all) {
    if (yield* waitUntilGone(session, awaited, untilMs)) continue;
    const { mapping, name } = awaited.info;
    failures.push(
      new Failure(`timed out waiting for the condition on ${mapping.resource}/${name}`),
    );
  }
  throwCollected(failures);
}
