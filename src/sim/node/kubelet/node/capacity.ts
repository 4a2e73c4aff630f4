// What a node has and what of it Pods may use.
import type { NodeSpec } from '../../spec.ts';

type Resources = Readonly<Record<string, string>>;

const mib = 1024 ** 2;
/**
 * Kept free of Pods so that eviction can begin before the machine has none left
 * (`--eviction-hard`).
 */
export const evictionMemoryBytes = 100 * mib;

export function capacity(node: NodeSpec): Resources {
  return {
    cpu: String(node.cpu),
    'ephemeral-storage': `${Math.floor(node.diskBytes / 1024)}Ki`,
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: binary(node.memoryBytes),
    pods: String(node.maxPods),
  };
}

export function allocatable(node: NodeSpec): Resources {
  return {
    ...capacity(node),
    // A tenth is kept for the threshold nodefs.available<10%.
    'ephemeral-storage': String(Math.ceil(node.diskBytes * 0.98)),
    memory: binary(node.memoryBytes - evictionMemoryBytes),
  };
}

function binary(bytes: number): string {
  const units = ['', 'Ki', 'Mi', 'Gi', 'Ti'];
  let unit = 0;
  let value = bytes;
  while (value % 1024 === 0 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value}${units[unit]}`;
}
