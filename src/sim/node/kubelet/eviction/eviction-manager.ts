// Evicts Pods that exceed their limits on local storage, and Pods from a node that runs out of
// memory or disk (pkg/kubelet/eviction/eviction_manager.go). Looks every ten seconds, with the
// node's heartbeat.
import type { PodStatus } from '../../../api/generated/types.ts';
import { value } from '../../../api/quantity.ts';
import type { KubeletContext } from '../context.ts';
import { evictionMemoryBytes } from '../node/capacity.ts';
import type { Pressure } from '../node/status.ts';
import { regularContainers, isTerminalPhase, type PodObject } from '../pod.ts';
import { withCondition } from '../status/conditions.ts';
import { Ticker } from '../ticker.ts';
import { times } from '../times.ts';
import {
  exceededLimit,
  hasStorageLimits,
  inUnits,
  measureVolumes,
  type VolumeSizes,
} from './limits.ts';
import { rank, type Usage } from './ranking.ts';

export interface EvictionOptions {
  readonly context: KubeletContext;
  readonly pods: () => readonly PodObject[];
  readonly evict: (
    pod: PodObject,
    graceSeconds: number,
    changeStatus: (status: PodStatus) => PodStatus,
  ) => void;
  readonly onPressure: (pressure: Pressure) => void;
  readonly nodeEvent: (type: 'Normal' | 'Warning', reason: string, message: string) => void;
}

interface Measured {
  sizes: VolumeSizes;
  nextMs: number;
}

type Signal = 'memory' | 'ephemeral-storage';

interface Shortage {
  readonly signal: Signal;
  readonly threshold: string;
  readonly availableBytes: number;
}

/** A Pod that is evicted at once has this long to end. */
const graceSeconds = 1;
/** A pressure that is over is told for so much longer (evictionPressureTransitionPeriod). */
const pressureMs = 300_000;
const diskThreshold = 0.1;

export class EvictionManager {
  readonly #options: EvictionOptions;
  readonly #statsTicker: Ticker;
  readonly #measured = new Map<string, Measured>();
  readonly #lastShortMs = new Map<Signal, number>();

  constructor(options: EvictionOptions) {
    this.#options = options;
    const { clock, random } = options.context;
    const firstMs = clock.nowMs() + random.below(times.volumeStatsMs);
    this.#statsTicker = new Ticker(times.volumeStatsMs, firstMs);
  }

  forget(uid: string): void {
    this.#measured.delete(uid);
  }

  /** One look at everything. */
  look(): void {
    const pods = this.#options.pods().filter(({ status }) => !isTerminalPhase(status.phase));
    const shortage = this.#shortage();
    this.#tellPressure(shortage);
    if (shortage !== undefined && this.#evictForNode(pods, shortage)) return;
    for (const pod of pods) if (hasStorageLimits(pod)) this.#checkLimits(pod);
  }

  #checkLimits(pod: PodObject): void {
    const { runtime, records, api } = this.#options.context;
    const { uid } = pod.metadata;
    const message = exceededLimit(pod, records.get(uid), runtime, this.#sizes(uid));
    if (message === undefined) return;
    api.podEvent(pod, 'Warning', 'Evicted', message);
    this.#options.evict(pod, graceSeconds, (status) => ({
      ...status,
      phase: 'Failed',
      reason: 'Evicted',
      message,
    }));
  }

  /** Volumes are measured about once a minute; in between the last measure counts. */
  #sizes(uid: string): VolumeSizes {
    const { clock, random, volumes } = this.#options.context;
    const nowMs = clock.nowMs();
    const known = this.#measured.get(uid);
    if (known === undefined) {
      const fresh: Measured = { sizes: new Map(), nextMs: this.#statsTicker.after(nowMs) };
      this.#measured.set(uid, fresh);
      return fresh.sizes;
    }
    if (nowMs < known.nextMs) return known.sizes;
    known.sizes = measureVolumes(volumes.volumesOf(uid));
    while (known.nextMs <= nowMs) known.nextMs += times.volumeStatsMs * (1 + random.next());
    return known.sizes;
  }

  #shortage(): Shortage | undefined {
    const { runtime, node } = this.#options.context;
    const used = runtime.nodeUsage?.();
    if (used === undefined) return undefined;
    const memory = node.memoryBytes - used.memoryBytes;
    if (memory < evictionMemoryBytes) {
      const threshold = inUnits(evictionMemoryBytes);
      return { signal: 'memory', threshold, availableBytes: Math.max(0, memory) };
    }
    const disk = node.diskBytes - used.diskBytes;
    if (disk < node.diskBytes * diskThreshold) {
      const threshold = String(Math.ceil(node.diskBytes * diskThreshold));
      return { signal: 'ephemeral-storage', threshold, availableBytes: Math.max(0, disk) };
    }
    return undefined;
  }

  #tellPressure(shortage: Shortage | undefined): void {
    const nowMs = this.#options.context.clock.nowMs();
    if (shortage !== undefined) this.#lastShortMs.set(shortage.signal, nowMs);
    this.#options.onPressure({
      memory: this.#isShort('memory'),
      disk: this.#isShort('ephemeral-storage'),
      pid: false,
    });
  }

  /** Node conditions that are true because something is, or lately was, short. */
  conditions(): readonly string[] {
    return [
      ...(this.#isShort('memory') ? ['MemoryPressure'] : []),
      ...(this.#isShort('ephemeral-storage') ? ['DiskPressure'] : []),
    ];
  }

  #isShort(signal: Signal): boolean {
    const lastMs = this.#lastShortMs.get(signal) ?? Number.NEGATIVE_INFINITY;
    return this.#options.context.clock.nowMs() - lastMs < pressureMs;
  }

  /** Evicts the first Pod in rank; false when there is none. */
  #evictForNode(pods: readonly PodObject[], shortage: Shortage): boolean {
    const { signal } = shortage;
    const { context, nodeEvent } = this.#options;
    nodeEvent('Warning', 'EvictionThresholdMet', `Attempting to reclaim ${signal}`);
    const usages = pods.map((pod) => ({ pod, bytes: this.#usedBytes(pod, signal) }));
    const [first] = rank(usages, signal);
    if (first === undefined) return false;
    const message = this.#nodeMessage(first, shortage);
    context.api.podEvent(first.pod, 'Warning', 'Evicted', message);
    this.#options.evict(first.pod, graceSeconds, (status) => ({
      ...status,
      phase: 'Failed',
      reason: 'Evicted',
      message,
      conditions: withCondition(status.conditions ?? [], {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'TerminationByKubelet',
        message,
      }),
    }));
    return true;
  }

  #usedBytes(pod: PodObject, signal: Signal): number {
    const { records, runtime, volumes } = this.#options.context;
    const { uid } = pod.metadata;
    let bytes = 0;
    for (const { container } of records.get(uid)?.containers ?? []) {
      if (container.state !== 'running') continue;
      const usage = runtime.usage(container);
      bytes += signal === 'memory' ? usage.memoryBytes : usage.diskBytes;
    }
    if (signal === 'memory') return bytes;
    for (const { spec, node } of volumes.volumesOf(uid)) {
      if (spec.emptyDir !== undefined) bytes += node?.usedBytes() ?? 0;
    }
    return bytes;
  }

  #nodeMessage({ pod }: Usage, { signal, threshold, availableBytes }: Shortage): string {
    const { records, runtime } = this.#options.context;
    const available = inUnits(Math.floor(availableBytes / 1024) * 1024);
    let message = `The node was low on resource: ${signal}. Threshold quantity: ${threshold}, available: ${available}. `;
    for (const { container } of records.get(pod.metadata.uid)?.containers ?? []) {
      if (container.state !== 'running') continue;
      const { name } = container.config;
      const spec = regularContainers(pod).find((one) => one.name === name);
      const request = spec?.resources?.requests?.[signal] ?? '0';
      const usage = runtime.usage(container);
      const bytes = signal === 'memory' ? usage.memoryBytes : usage.diskBytes;
      if (bytes <= value(request)) continue;
      const used = inUnits(Math.floor(bytes / 1024) * 1024);
      message += `Container ${name} was using ${used}, request is ${request}, has larger consumption of ${signal}. `;
    }
    return message;
  }
}
