// Small Pods and sightings of their containers for tests of the kubelet's rules.
import type { ContainerKind } from '../runtime/records.ts';
import type { ContainerSnapshot, PodSnapshot } from '../runtime/snapshot.ts';
import type { PodObject } from '../pod.ts';

export function podOf(spec: object, status: object = {}, metadata: object = {}): PodObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web',
      namespace: 'default',
      uid: 'uid-1',
      resourceVersion: '1',
      creationTimestamp: '2027-01-15T08:00:00Z',
      ...metadata,
    },
    spec,
    status,
  } as unknown as PodObject;
}

export interface Sighting {
  readonly name: string;
  readonly state: ContainerSnapshot['state'];
  readonly kind?: ContainerKind;
  readonly exitCode?: number;
  readonly image?: string;
  readonly restartCount?: number;
}

/** A Pod as the kubelet sees it; containers newest first, each known as `id-NAME`. */
export function seenOf(
  containers: readonly Sighting[],
  sandbox: 'ready' | 'gone' | 'none' = 'ready',
): PodSnapshot {
  const isReady = sandbox === 'ready';
  return {
    uid: 'uid-1',
    ips: isReady ? ['10.244.1.5'] : [],
    sandboxes:
      sandbox === 'none' ? [] : [{ id: 'sandbox', attempt: 0, ready: isReady, ip: '10.244.1.5' }],
    containers: containers.map((one) => ({
      id: `id-${one.name}`,
      name: one.name,
      kind: one.kind ?? 'regular',
      state: one.state,
      image: one.image ?? 'busybox:1.36',
      imageId: '',
      hash: `${one.name}\n${one.image ?? 'busybox:1.36'}`,
      restartCount: one.restartCount ?? 0,
      createdMs: 0,
      startedMs: 0,
      finishedMs: 0,
      exitCode: one.exitCode ?? 0,
      reason: '',
      message: '',
      resources: {},
    })),
  };
}
