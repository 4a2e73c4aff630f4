// Questions about a Pod's spec that many parts of the kubelet ask.
import type { Container, EphemeralContainer } from '../../api/generated/types.ts';
import type { KubeObject, StoredOf } from '../../api/objects.ts';
import type { ContainerKind } from './runtime/records.ts';

export type PodObject = StoredOf<'Pod'>;

/** A container of a Pod with its list in the spec. */
export interface SpecContainer {
  readonly kind: ContainerKind;
  readonly container: Container;
}

/** An init container that runs beside the others as long as the Pod lives. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

export function regularContainers(pod: PodObject): readonly Container[] {
  return pod.spec.containers;
}

export function initContainers(pod: PodObject): readonly Container[] {
  return pod.spec.initContainers ?? [];
}

export function ephemeralContainers(pod: PodObject): readonly EphemeralContainer[] {
  return pod.spec.ephemeralContainers ?? [];
}

/** All containers of the spec: init, regular, ephemeral. */
export function allContainers(pod: PodObject): readonly SpecContainer[] {
  return [
    ...initContainers(pod).map((container) => ({ kind: 'init' as const, container })),
    ...regularContainers(pod).map((container) => ({ kind: 'regular' as const, container })),
    ...ephemeralContainers(pod).map((container) => ({ kind: 'ephemeral' as const, container })),
  ];
}

export function findSpecContainer(pod: PodObject, name: string): SpecContainer | undefined {
  return allContainers(pod).find(({ container }) => container.name === name);
}

/** `spec.containers{web}`, as Events about a container name it. */
export function fieldPath({ kind, container }: SpecContainer): string {
  const lists = {
    init: 'initContainers',
    regular: 'containers',
    ephemeral: 'ephemeralContainers',
  };
  return `spec.${lists[kind]}{${container.name}}`;
}

/** `web_default(6f0c…)`: how the kubelet names a Pod in its messages (format.Pod). */
export function describePod(pod: PodObject): string {
  return `${pod.metadata.name}_${pod.metadata.namespace ?? ''}(${pod.metadata.uid})`;
}

export function namespaceOf(pod: PodObject): string {
  return pod.metadata.namespace ?? '';
}

export function restartPolicy(pod: PodObject): string {
  return pod.spec.restartPolicy ?? 'Always';
}

export function isDeleted(pod: PodObject): boolean {
  return pod.metadata.deletionTimestamp !== undefined;
}

/**
 * Changes when the container's definition does in the one way a running Pod allows (HashContainer).
 */
export function containerHash(container: Container): string {
  return `${container.name}\n${container.image ?? ''}`;
}

export function isTerminalPhase(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** The object as Events refer to it. */
export function asInvolved(pod: PodObject): KubeObject {
  return pod as unknown as KubeObject;
}
