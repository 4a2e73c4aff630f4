// Keeps the latest status of each Pod and writes it to the API server
// (pkg/kubelet/status/status_manager.go).
import type { ContainerStatus, PodCondition, PodStatus } from '../../../api/generated/types.ts';
import type { Clock, Timer } from '../../../runtime/clock.ts';
import { formatTime } from '../../../runtime/time.ts';
import type { ApiLink } from '../api-link.ts';
import { isTerminalPhase, namespaceOf, type PodObject } from '../pod.ts';
import type { Ticker } from '../ticker.ts';
import { times } from '../times.ts';
import {
  findCondition,
  isKubeletCondition,
  isSharedCondition,
  withCondition,
} from './conditions.ts';
import { sameJson } from './equal.ts';
import { finalStatus } from './final.ts';
import { refreshReadiness } from './readiness.ts';

interface Entry {
  pod: PodObject;
  status: PodStatus;
  /** The Pod's work is done: with its last status written it may be deleted. */
  isFinished: boolean;
  isWritten: boolean;
}

export interface StatusManagerOptions {
  readonly clock: Clock;
  readonly api: ApiLink;
  readonly ticker: Ticker;
  /** Whether the Pod may still have running containers: then it is not told that it has ended. */
  readonly mayRun: (uid: string) => boolean;
  /** The Pod as the kubelet knows it. */
  readonly pod: (uid: string) => PodObject | undefined;
  readonly onChange: (uid: string) => void;
}

export class StatusManager {
  readonly #options: StatusManagerOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #due = new Set<string>();
  #timer: Timer | undefined;
  #syncTimer: Timer | undefined;

  constructor(options: StatusManagerOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#timer?.cancel();
    this.#syncTimer?.cancel();
  }

  /** The status last set, which may not have been written yet. */
  get(uid: string): PodStatus | undefined {
    return this.#entries.get(uid)?.status;
  }

  forget(uid: string): void {
    this.#entries.delete(uid);
    this.#due.delete(uid);
  }

  /** Takes over a status; written soon if it differs from the one before. */
  set(pod: PodObject, status: PodStatus): void {
    this.#update(pod, status, false);
  }

  /**
   * The Pod's containers are gone for good: whatever has no end yet gets one, and the Pod may be
   * deleted.
   */
  finish(pod: PodObject): void {
    const status = this.get(pod.metadata.uid) ?? pod.status;
    this.#update(pod, finalStatus(pod, status), true);
  }

  /** A readiness probe's new result. */
  setReady(uid: string, containerId: string, isReady: boolean): void {
    this.#patchContainer(uid, containerId, (container) => ({ ...container, ready: isReady }));
  }

  /** A startup probe's new result. */
  setStarted(uid: string, containerId: string, isStarted: boolean): void {
    this.#patchContainer(uid, containerId, (container) => ({ ...container, started: isStarted }));
  }

  /** Whether the API server has another status than the one written last. */
  isOverwritten(pod: PodObject): boolean {
    const entry = this.#entries.get(pod.metadata.uid);
    if (entry?.isWritten !== true) return false;
    const merged = mergeStatus(pod.status, entry.status, this.#options.mayRun(pod.metadata.uid));
    return !sameJson(merged, pod.status);
  }

  /**
   * Somebody else wrote a status, or the network is back: have it put right at the loop's next
   * turn.
   */
  reconcile(uid: string): void {
    const entry = this.#entries.get(uid);
    if (entry === undefined) return;
    entry.isWritten = false;
    if (this.#syncTimer !== undefined) return;
    const { clock, ticker } = this.#options;
    this.#syncTimer = clock.at(ticker.after(clock.nowMs()), () => {
      this.#syncTimer = undefined;
      this.#writeAll();
    });
  }

  /** Has every status that is not written yet written now. */
  #writeAll(): void {
    for (const [uid, entry] of this.#entries) if (!entry.isWritten) this.#due.add(uid);
    this.#writeDue();
  }

  #patchContainer(
    uid: string,
    containerId: string,
    change: (container: ContainerStatus) => ContainerStatus,
  ): void {
    const entry = this.#entries.get(uid);
    if (entry === undefined) return;
    const patch = (
      list: readonly ContainerStatus[] | undefined,
    ): readonly ContainerStatus[] | undefined =>
      list?.map((one) => (one.containerID === containerId ? change(one) : one));
    const status: PodStatus = {
      ...entry.status,
      containerStatuses: patch(entry.status.containerStatuses),
      initContainerStatuses: patch(entry.status.initContainerStatuses),
    };
    const pod = this.#options.pod(uid) ?? entry.pod;
    this.#update(pod, refreshReadiness(pod, status), false);
  }

  #update(pod: PodObject, status: PodStatus, isFinished: boolean): void {
    const uid = pod.metadata.uid;
    const known = this.#entries.get(uid);
    const nowMs = this.#options.clock.nowMs();
    const old = known?.status ?? pod.status;
    const complete: PodStatus = {
      ...status,
      startTime: old.startTime ?? status.startTime ?? formatTime(nowMs),
      conditions: withTimes(status.conditions ?? [], old.conditions ?? [], formatTime(nowMs)),
    };
    if (
      known !== undefined &&
      known.isFinished === isFinished &&
      sameJson(known.status, complete)
    ) {
      return;
    }
    this.#entries.set(uid, { pod, status: complete, isFinished, isWritten: false });
    this.#due.add(uid);
    this.#options.onChange(uid);
    this.#timer ??= this.#options.clock.after(times.statusWriteMs, () => {
      this.#timer = undefined;
      this.#writeDue();
    });
  }

  #writeDue(): void {
    const due = [...this.#due];
    this.#due.clear();
    if (!this.#options.api.isUp) return;
    for (const uid of due) this.#write(uid);
  }

  #write(uid: string): void {
    const { api } = this.#options;
    const entry = this.#entries.get(uid);
    if (entry === undefined) return;
    const { name } = entry.pod.metadata;
    const namespace = namespaceOf(entry.pod);
    let pod = api.client.get('Pod', namespace, name);
    if (pod === undefined || pod.metadata.uid !== uid) {
      this.forget(uid);
      return;
    }
    const merged = mergeStatus(pod.status, entry.status, this.#options.mayRun(uid));
    if (!sameJson(merged, pod.status)) {
      const result = api.client.updateStatus('Pod', { ...pod, status: merged });
      if (!result.ok) return;
      pod = result.object;
    }
    entry.isWritten = true;
    const isDeleted = pod.metadata.deletionTimestamp !== undefined;
    if (isDeleted && isTerminalPhase(pod.status.phase) && entry.isFinished) {
      api.client.delete('Pod', namespace, name, {
        gracePeriodSeconds: 0,
        preconditions: { uid },
      });
      this.forget(uid);
    }
  }
}

/**
 * Conditions with the time of their last change of status, kept from before where it is the same.
 */
function withTimes(
  conditions: readonly PodCondition[],
  old: readonly PodCondition[],
  now: string,
): readonly PodCondition[] {
  return conditions.map((condition) => {
    const before = findCondition(old, condition.type);
    const isSame = before?.status === condition.status;
    const since = isSame ? before.lastTransitionTime : undefined;
    return {
      lastProbeTime: condition.lastProbeTime ?? null,
      lastTransitionTime: since ?? condition.lastTransitionTime ?? now,
      ...(condition.message === undefined ? {} : { message: condition.message }),
      ...(condition.reason === undefined ? {} : { reason: condition.reason }),
      status: condition.status,
      type: condition.type,
    } as PodCondition;
  });
}

/**
 * The kubelet's status over the API's: conditions of others stay, and nothing ends while it may run
 * (mergePodStatus).
 */
function mergeStatus(api: PodStatus, own: PodStatus, mayRun: boolean): PodStatus {
  let conditions: readonly PodCondition[] = (api.conditions ?? []).filter(
    ({ type }) => !isKubeletCondition(type),
  );
  for (const condition of own.conditions ?? []) {
    if (isKubeletCondition(condition.type)) conditions = [...conditions, condition];
    else if (isSharedCondition(condition.type)) conditions = withCondition(conditions, condition);
  }
  const merged: { -readonly [Field in keyof PodStatus]: PodStatus[Field] } = { ...own, conditions };
  if (api.nominatedNodeName !== undefined) merged.nominatedNodeName = api.nominatedNodeName;
  const isEnding = !isTerminalPhase(api.phase) && isTerminalPhase(own.phase);
  if (isEnding && mayRun) {
    merged.phase = api.phase;
    merged.reason = api.reason;
    merged.message = api.message;
  }
  return merged;
}
