// Pods that keep more on the node's disk than they may (eviction_manager.go localStorageEviction).
import { value } from '../../../api/quantity.ts';
import type { ContainerRuntime } from '../../cri/types.ts';
import { regularContainers, initContainers, isSidecar, type PodObject } from '../pod.ts';
import type { PodRecord } from '../runtime/records.ts';
import type { MountedVolume } from '../volumes/pod-volumes.ts';

/** Whether the Pod has any limit on local storage: others need not be measured. */
export function hasStorageLimits(pod: PodObject): boolean {
  const volumes = pod.spec.volumes ?? [];
  return (
    volumes.some(({ emptyDir }) => emptyDir?.sizeLimit !== undefined) ||
    limited(pod).some((limit) => limit !== undefined)
  );
}

function limited(pod: PodObject): readonly (string | undefined)[] {
  return [...initContainers(pod).filter(isSidecar), ...regularContainers(pod)].map(
    ({ resources }) => resources?.limits?.['ephemeral-storage'],
  );
}

/** What volumes held when they were last measured, by name. */
export type VolumeSizes = ReadonlyMap<string, number>;

export function measureVolumes(volumes: readonly MountedVolume[]): VolumeSizes {
  return new Map(volumes.map(({ spec, node }) => [spec.name, node?.usedBytes() ?? 0]));
}

/** Why the Pod must go, in the Event's words; undefined when it keeps to its limits. */
export function exceededLimit(
  pod: PodObject,
  record: PodRecord | undefined,
  runtime: ContainerRuntime,
  sizes: VolumeSizes,
): string | undefined {
  for (const { name, emptyDir } of pod.spec.volumes ?? []) {
    if (emptyDir?.sizeLimit === undefined) continue;
    if ((sizes.get(name) ?? 0) > value(emptyDir.sizeLimit)) {
      return `Usage of EmptyDir volume "${name}" exceeds the limit "${emptyDir.sizeLimit}". `;
    }
  }
  const used = new Map<string, number>();
  for (const { container, kind } of record?.containers ?? []) {
    if (container.state !== 'running' || kind === 'ephemeral') continue;
    used.set(container.config.name, runtime.usage(container).diskBytes);
  }
  return podLimit(pod, used, sizes) ?? containerLimit(pod, used);
}

function podLimit(
  pod: PodObject,
  used: ReadonlyMap<string, number>,
  sizes: VolumeSizes,
): string | undefined {
  const limits = limited(pod);
  if (limits.some((limit) => limit === undefined)) return undefined;
  const total = limits.reduce((sum, limit) => sum + value(limit ?? '0'), 0);
  let usage = 0;
  for (const bytes of used.values()) usage += bytes;
  for (const { name, emptyDir } of pod.spec.volumes ?? []) {
    if (emptyDir !== undefined && emptyDir.medium !== 'Memory') usage += sizes.get(name) ?? 0;
  }
  if (total === 0 || usage <= total) return undefined;
  return `Pod ephemeral local storage usage exceeds the total limit of containers ${inUnits(total)}. `;
}

function containerLimit(pod: PodObject, used: ReadonlyMap<string, number>): string | undefined {
  for (const { name, resources } of regularContainers(pod)) {
    const limit = resources?.limits?.['ephemeral-storage'];
    if (limit !== undefined && (used.get(name) ?? 0) > value(limit)) {
      return `Container ${name} exceeded its local ephemeral storage limit "${limit}". `;
    }
  }
  return undefined;
}

/** Bytes as a quantity with the largest binary unit that leaves a whole number. */
export function inUnits(bytes: number): string {
  const units = ['', 'Ki', 'Mi', 'Gi', 'Ti'];
  let unit = 0;
  let amount = Math.floor(bytes);
  while (amount !== 0 && amount % 1024 === 0 && unit < units.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${amount}${units[unit]}`;
}
