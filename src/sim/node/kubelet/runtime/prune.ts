// Dead containers are kept for their logs: one of each name, the newest (pod_container_deletor.go).
import type { KubeletContext } from '../context.ts';
import type { PlegEvent } from './pleg.ts';

/**
 * Removes the dead predecessors of containers that have just died.
 * @param keep how many dead ones of a name stay: none of an evicted Pod
 */
export function pruneDead(
  context: KubeletContext,
  uid: string,
  events: readonly PlegEvent[],
  keep: number,
): void {
  const record = context.records.get(uid);
  if (record === undefined) return;
  const died = new Set(events.filter(({ type }) => type === 'died').map(({ id }) => id));
  const names = new Set(
    record.containers
      .filter(({ container }) => died.has(container.id))
      .map(({ container }) => container.config.name),
  );
  for (const name of names) {
    const dead = record.containers.filter(
      ({ container, lostMs }) =>
        container.config.name === name && (container.state === 'exited' || lostMs !== undefined),
    );
    for (const old of dead.slice(keep)) {
      context.runtime.removeContainer(old.container);
      context.records.removeContainer(uid, old);
    }
  }
}
