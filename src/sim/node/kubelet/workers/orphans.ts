// Pods that the runtime still has and the API server no longer: deleted while the kubelet did not
// look (kubelet_pods.go HandlePodCleanups).
import type { KubeletContext } from '../context.ts';
import type { PodObject } from '../pod.ts';
import { killPod } from '../runtime/kill.ts';
import type { PodRecord } from '../runtime/records.ts';
import { takeSnapshot } from '../runtime/snapshot.ts';
import type { Task } from '../task.ts';

/** Nobody says any more how long such containers may take to end. */
const graceSeconds = 1;

/** Ends what still runs of a Pod that nobody wants, and forgets it. */
export function* endOrphan(context: KubeletContext, record: PodRecord): Task<void> {
  const { runtime, records, volumes, allocations } = context;
  yield* killPod(context, asPod(record), takeSnapshot(runtime, record), graceSeconds);
  for (const { container } of record.containers) runtime.removeContainer(container);
  records.removePod(record.uid);
  volumes.remove(record.uid);
  allocations.forget(record.uid);
}

/** What the runtime's labels tell of the Pod. */
function asPod(record: PodRecord): PodObject {
  const { uid, name, namespace, containers } = record;
  const names = new Set(
    containers
      .filter(({ kind }) => kind === 'regular')
      .map(({ container }) => container.config.name),
  );
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { uid, name, namespace, resourceVersion: '', creationTimestamp: '' },
    spec: { containers: [...names].map((container) => ({ name: container })) },
    status: {},
  };
}
