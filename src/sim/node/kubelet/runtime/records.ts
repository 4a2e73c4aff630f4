// What the container runtime keeps of each Pod on this node: sandboxes and containers, dead ones
// too. Outlives a stopped kubelet; a machine that loses power keeps the records and loses the
// processes.
import type { ResourceRequirements } from '../../../api/generated/types.ts';
import type { Container, Sandbox } from '../../cri/types.ts';

export type ContainerKind = 'init' | 'regular' | 'ephemeral';

export interface SandboxRecord {
  readonly sandbox: Sandbox;
  readonly attempt: number;
  readonly createdMs: number;
  ready: boolean;
}

/** What the kubelet writes to a container's labels and finds there again. */
export interface ContainerRecord {
  readonly container: Container;
  readonly kind: ContainerKind;
  readonly sandboxId: string;
  readonly createdMs: number;
  readonly restartCount: number;
  /** Changes with what may change in a running Pod's container: its image. */
  readonly hash: string;
  readonly terminationMessagePolicy: string;
  /** What the container has been given to use; changes with a resize. */
  resources: ResourceRequirements;
  /** The processes vanished with the machine's power at this time. */
  lostMs: number | undefined;
  /** What the program left in its message file, once it has ended. */
  lastWords: string;
}

export interface PodRecord {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  /** Newest first. */
  sandboxes: SandboxRecord[];
  /** Newest first. */
  containers: ContainerRecord[];
}

export class RuntimeRecords {
  readonly #pods = new Map<string, PodRecord>();
  #changed: ((uid: string) => void) | undefined;

  /** Names who is told of every change; one kubelet at a time, none while it is stopped. */
  onChange(listener: ((uid: string) => void) | undefined): void {
    this.#changed = listener;
  }

  get(uid: string): PodRecord | undefined {
    return this.#pods.get(uid);
  }

  /** Every Pod with records, in the order in which they came. */
  all(): readonly PodRecord[] {
    return [...this.#pods.values()];
  }

  addSandbox(pod: { uid: string; name: string; namespace: string }, sandbox: SandboxRecord): void {
    const record = this.#pods.get(pod.uid) ?? { ...pod, sandboxes: [], containers: [] };
    this.#pods.set(pod.uid, record);
    record.sandboxes.unshift(sandbox);
    this.touch(pod.uid);
  }

  addContainer(uid: string, container: ContainerRecord): void {
    this.#pods.get(uid)?.containers.unshift(container);
    this.touch(uid);
  }

  removeContainer(uid: string, container: ContainerRecord): void {
    const record = this.#pods.get(uid);
    if (record === undefined) return;
    record.containers = record.containers.filter((one) => one !== container);
    this.touch(uid);
  }

  removePod(uid: string): void {
    this.#pods.delete(uid);
    this.touch(uid);
  }

  /** Tells that something of a Pod is no longer as it was. */
  touch(uid: string): void {
    this.#changed?.(uid);
  }
}
