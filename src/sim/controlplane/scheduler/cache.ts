// The scheduler's picture of the cluster, kept up to date by watches so that one decision never scans all Pods.
import type { Client } from '../../apiserver/types.ts';
import type { StoredOf } from '../../api/objects.ts';
import { NodeInfo, type SchedulablePod } from './node-info.ts';

const isFinished = (pod: SchedulablePod): boolean =>
  pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';

export class SchedulerCache {
  readonly #nodes = new Map<string, NodeInfo>();
  /** Where each placed Pod is counted. */
  readonly #placed = new Map<string, string>();
  /** Pods on nodes that are not (or no longer) known. */
  readonly #homeless = new Map<string, SchedulablePod>();

  /** Reads what is there already. */
  fill(client: Client): void {
    for (const node of client.list('Node')) this.setNode(node);
    for (const pod of client.list('Pod')) this.setPod(pod);
  }

  nodes(): readonly NodeInfo[] {
    return [...this.#nodes.values()];
  }

  setNode(node: StoredOf<'Node'>): void {
    const { name } = node.metadata;
    const known = this.#nodes.get(name);
    if (known !== undefined) {
      known.setNode(node);
      return;
    }
    this.#nodes.set(name, new NodeInfo(node));
    for (const pod of [...this.#homeless.values()]) {
      if (pod.spec.nodeName === name) this.setPod(pod);
    }
  }

  removeNode(name: string): void {
    for (const pod of this.#nodes.get(name)?.pods.values() ?? []) {
      this.#homeless.set(pod.metadata.uid, pod);
      this.#placed.delete(pod.metadata.uid);
    }
    this.#nodes.delete(name);
  }

  /** Counts a Pod on its node; finished ones take nothing. */
  setPod(pod: SchedulablePod): void {
    const { uid } = pod.metadata;
    this.removePod(uid);
    const { nodeName } = pod.spec;
    if (nodeName === undefined || nodeName === '' || isFinished(pod)) return;
    const node = this.#nodes.get(nodeName);
    if (node === undefined) {
      this.#homeless.set(uid, pod);
      return;
    }
    node.addPod(pod);
    this.#placed.set(uid, nodeName);
  }

  removePod(uid: string): void {
    const nodeName = this.#placed.get(uid);
    if (nodeName !== undefined) this.#nodes.get(nodeName)?.removePod(uid);
    this.#placed.delete(uid);
    this.#homeless.delete(uid);
  }
}
