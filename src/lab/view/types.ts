// What the page needs to draw a lab: plain data, made from the cluster's own objects, never guessed.
import type { GoalState, PredictionState } from '../goals/board.ts';
import type { StopReason } from '../transcript.ts';

export interface LabView {
  readonly clock: ClockView;
  readonly goals: readonly GoalState[];
  readonly predictions: readonly PredictionState[];
  readonly cluster: ClusterView;
  /** The newest Events of the cluster, oldest first, at most 200. */
  readonly events: readonly EventView[];
}

export interface ClockView {
  /** Virtual time in epoch milliseconds. */
  readonly nowMs: number;
  /** When the learner arrived. */
  readonly startMs: number;
  readonly running: boolean;
  /** Why it stands still, or what started it. */
  readonly why: StopReason;
  /** The next thing worth announcing. */
  readonly next: { readonly label: string; readonly atMs: number } | undefined;
}

export interface ClusterView {
  readonly nodes: readonly NodeView[];
  /** Pods that no node has yet. */
  readonly unplaced: readonly PodView[];
  readonly services: readonly ServiceView[];
  readonly owners: readonly OwnerView[];
}

export interface NodeView {
  readonly name: string;
  /** What the condition Ready says. */
  readonly ready: 'True' | 'False' | 'Unknown';
  readonly cordoned: boolean;
  readonly taints: readonly string[];
  readonly cpuMilli: { readonly requested: number; readonly allocatable: number };
  readonly memoryBytes: { readonly requested: number; readonly allocatable: number };
  readonly pods: readonly PodView[];
}

export interface PodView {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly node: string | undefined;
  readonly ip: string | undefined;
  /** The word of `kubectl get pods`. */
  readonly status: string;
  /** `2/2` of `kubectl get pods`. */
  readonly readyCount: string;
  readonly phase: string;
  readonly ready: boolean;
  readonly createdMs: number;
  /** When it will be killed at the latest; only while it is being deleted. */
  readonly deadlineMs: number | undefined;
  readonly graceMs: number | undefined;
  readonly hostname: string;
  /** `ReplicaSet/shop-7c9d8f6b54` */
  readonly owner: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly containers: readonly ContainerView[];
  readonly volumes: readonly VolumeView[];
}

export interface ContainerView {
  readonly name: string;
  readonly kind: 'init' | 'sidecar' | 'app' | 'ephemeral';
  readonly image: string;
  readonly state: 'waiting' | 'running' | 'terminated';
  /** The reason of that state: CrashLoopBackOff, Completed ... */
  readonly reason: string | undefined;
  readonly exitCode: number | undefined;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restarts: number;
  readonly ports: readonly number[];
}

export interface VolumeView {
  readonly name: string;
  /** emptyDir, configMap, persistentVolumeClaim ... */
  readonly kind: string;
  readonly mounts: readonly {
    readonly container: string;
    readonly path: string;
    readonly readOnly: boolean;
  }[];
}

export interface ServiceView {
  readonly namespace: string;
  readonly name: string;
  readonly clusterIP: string;
  readonly ports: readonly string[];
  /** Uids of Pods that get its traffic, and of those behind it that do not. */
  readonly readyPods: readonly string[];
  readonly otherPods: readonly string[];
}

export interface OwnerView {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly owner: string | undefined;
  readonly ready: number;
  readonly wanted: number;
}

export interface EventView {
  readonly atMs: number;
  readonly type: string;
  readonly reason: string;
  /** `Pod/web` */
  readonly on: string;
  readonly message: string;
  readonly count: number;
  readonly from: string;
}
