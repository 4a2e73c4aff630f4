// What the scheduler knows of one node: the object, the Pods on it, and the sum of what they request.
import type { Pod } from '../../api/generated/types.ts';
import type { StoredOf } from '../../api/objects.ts';
import { nonZeroRequests, podRequests, quantities, type Resources } from './resources.ts';

export type SchedulablePod = StoredOf<'Pod'>;

export class NodeInfo {
  node: StoredOf<'Node'>;
  allocatable: Resources;
  readonly pods = new Map<string, SchedulablePod>();
  readonly requested: Map<string, number> = new Map();
  /** cpu in milli and memory in bytes, with the amounts that scoring assumes where a Pod requests nothing. */
  assumedCpuMilli = 0;
  assumedMemoryBytes = 0;
  /** `TCP/0.0.0.0/80` of every host port in use, with how many Pods use it. */
  readonly hostPorts = new Map<string, number>();

  constructor(node: StoredOf<'Node'>) {
    this.node = node;
    this.allocatable = quantities(node.status.allocatable);
  }

  /** Takes a newer version of the node. */
  setNode(node: StoredOf<'Node'>): void {
    this.node = node;
    this.allocatable = quantities(node.status.allocatable);
  }

  addPod(pod: SchedulablePod): void {
    this.removePod(pod.metadata.uid);
    this.pods.set(pod.metadata.uid, pod);
    this.#count(pod, 1);
  }

  removePod(uid: string): void {
    const pod = this.pods.get(uid);
    if (pod === undefined) return;
    this.pods.delete(uid);
    this.#count(pod, -1);
  }

  /** A copy in which Pods can be taken away to see what would fit then. */
  copy(): NodeInfo {
    const copy = new NodeInfo(this.node);
    for (const pod of this.pods.values()) copy.addPod(pod);
    return copy;
  }

  #count(pod: SchedulablePod, sign: 1 | -1): void {
    for (const [name, amount] of podRequests(pod.spec)) {
      this.requested.set(name, (this.requested.get(name) ?? 0) + sign * amount);
    }
    const assumed = nonZeroRequests(pod.spec);
    this.assumedCpuMilli += sign * assumed.cpuMilli;
    this.assumedMemoryBytes += sign * assumed.memoryBytes;
    for (const port of hostPortsOf(pod)) {
      const count = (this.hostPorts.get(port) ?? 0) + sign;
      if (count > 0) this.hostPorts.set(port, count);
      else this.hostPorts.delete(port);
    }
  }
}

/** The host ports that a Pod takes, each as `protocol/address/port`. */
export function hostPortsOf(pod: Pod): readonly string[] {
  const containers = [
    ...(pod.spec?.containers ?? []),
    ...(pod.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ];
  return containers.flatMap(({ ports = [] }) =>
    ports
      .filter(({ hostPort = 0 }) => hostPort > 0)
      .map(
        ({ protocol = 'TCP', hostIP, hostPort }) =>
          `${protocol}/${hostIP ?? '0.0.0.0'}/${hostPort}`,
      ),
  );
}
