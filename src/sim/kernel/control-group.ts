// A container's control group: memory and CPU, counted and limited as on cgroup v2.
import { CpuBandwidth, type CpuStatistics } from './cpu.ts';
import type { MemoryAccount, Process, ProcessInfo } from './types.ts';

export interface Limits {
  readonly memoryLimitBytes?: number | undefined;
  /** Thousandths of a CPU. */
  readonly cpuLimitMilli?: number | undefined;
}

export interface ControlGroupOptions extends Limits {
  /** Called when memory goes over the limit, or over what the machine has. */
  readonly onOutOfMemory: () => void;
  /** Books memory of the whole machine; false when it has no more. */
  readonly machineMemory: (bytes: number) => boolean;
  /** When CPU time is ready given what else runs on the machine. */
  readonly machineCpu: (nowMs: number, ms: number) => number;
}

export class ControlGroup implements MemoryAccount {
  readonly #options: ControlGroupOptions;
  readonly #cpu: CpuBandwidth;
  #memoryLimitBytes: number | undefined;
  #cpuLimitMilli: number | undefined;
  #usedBytes = 0;
  #peakBytes = 0;
  #outOfMemoryKills = 0;
  readonly #ofProcesses = new Map<ProcessInfo, number>();

  constructor(options: ControlGroupOptions) {
    this.#options = options;
    this.#memoryLimitBytes = options.memoryLimitBytes;
    this.#cpuLimitMilli = options.cpuLimitMilli;
    this.#cpu = new CpuBandwidth(options.cpuLimitMilli);
  }

  /** In-place resize. A memory limit below what is used kills at once. */
  setLimits(limits: Limits): void {
    this.#memoryLimitBytes = limits.memoryLimitBytes;
    this.#cpuLimitMilli = limits.cpuLimitMilli;
    this.#cpu.setLimit(limits.cpuLimitMilli);
    this.#checkLimit();
  }

  allocate(process: Process, bytes: number): boolean {
    this.#ofProcesses.set(process, (this.#ofProcesses.get(process) ?? 0) + bytes);
    return this.adjust(bytes);
  }

  release(process: Process, bytes: number): void {
    const had = this.#ofProcesses.get(process) ?? 0;
    const back = Math.min(had, bytes);
    if (back === had) this.#ofProcesses.delete(process);
    else this.#ofProcesses.set(process, had - back);
    this.adjust(-back);
  }

  /** A process has ended. */
  releaseAll(process: Process): void {
    this.release(process, Number.POSITIVE_INFINITY);
  }

  memoryOf(process: ProcessInfo): number {
    return this.#ofProcesses.get(process) ?? 0;
  }

  adjust(bytes: number): boolean {
    this.#usedBytes += bytes;
    if (this.#usedBytes > this.#peakBytes) this.#peakBytes = this.#usedBytes;
    const room = this.#options.machineMemory(bytes);
    return bytes <= 0 || (this.#checkLimit() && room);
  }

  usedBytes(): number {
    return this.#usedBytes;
  }

  peakBytes(): number {
    return this.#peakBytes;
  }

  limitBytes(): number | undefined {
    return this.#memoryLimitBytes;
  }

  cpuLimitMilli(): number | undefined {
    return this.#cpuLimitMilli;
  }

  cpuUsedMs(): number {
    return this.#cpu.statistics().usedMs;
  }

  cpuStatistics(): CpuStatistics {
    return this.#cpu.statistics();
  }

  outOfMemoryKills(): number {
    return this.#outOfMemoryKills;
  }

  /** Books CPU time; returns the virtual time at which the process has had it. */
  serveCpu(nowMs: number, ms: number): number {
    return Math.max(this.#cpu.serve(nowMs, ms), this.#options.machineCpu(nowMs, ms));
  }

  /** The machine itself has run out and chose this group. */
  killForMemory(): void {
    this.#outOfMemoryKills += 1;
    this.#options.onOutOfMemory();
  }

  #checkLimit(): boolean {
    if (this.#memoryLimitBytes === undefined || this.#usedBytes <= this.#memoryLimitBytes) {
      return true;
    }
    this.killForMemory();
    return false;
  }
}
