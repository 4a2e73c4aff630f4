// Which Pods stand behind a Service, and as what: ready, serving, terminating (staging/src/k8s.io/endpointslice/utils.go).
import type { Service } from '../../api/generated/types.ts';
import type { Client } from '../../apiserver/types.ts';
import type { StoredOf } from '../../api/objects.ts';
import { isReady, type StoredPod } from '../shared/controller.ts';

export interface ServiceEndpoint {
  readonly pod: StoredPod;
  readonly ip: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
}

const hasEnded = ({ status }: StoredPod): boolean =>
  status.phase === 'Succeeded' || status.phase === 'Failed';

const selects = (service: Service, pod: StoredPod): boolean =>
  Object.entries(service.spec?.selector ?? {}).every(
    ([key, value]) => pod.metadata.labels?.[key] === value,
  );

/** The endpoints of a Service in the order of their Pods' names; none for a Service without a selector. */
export function endpointsOf(
  client: Client,
  service: StoredOf<'Service'>,
): readonly ServiceEndpoint[] {
  if (Object.keys(service.spec.selector ?? {}).length === 0) return [];
  const publishAll = service.spec.publishNotReadyAddresses === true;
  return client
    .list('Pod', { namespace: service.metadata.namespace })
    .filter((pod) => selects(service, pod) && !hasEnded(pod) && !!pod.status.podIP)
    .map((pod) => {
      const terminating = pod.metadata.deletionTimestamp !== undefined;
      const serving = isReady(pod);
      const ready = publishAll || (serving && !terminating);
      return { pod, ip: pod.status.podIP ?? '', ready, serving, terminating };
    });
}

/** The number behind a Service port on one Pod: given, or looked up by the name of a container's port. */
export function targetPort(
  pod: StoredPod,
  target: number | string | undefined,
): number | undefined {
  if (typeof target === 'number') return target;
  const containers = [
    ...pod.spec.containers,
    ...(pod.spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ];
  for (const { ports = [] } of containers) {
    const found = ports.find(({ name }) => name === target);
    if (found !== undefined) return found.containerPort;
  }
  return undefined;
}
