// What a process sees of its machine, as part of the kernel's contract.
import type { Process, ProcessInfo } from './types.ts';

/** What a process sees of the machine it is on: its container's namespaces. */
export interface HostView {
  hostname(): string;
  /** Processes of this process's pid namespace, by pid. */
  processes(): readonly ProcessInfo[];
  /** When the machine was switched on, for uptime. */
  readonly bootedMs: number;
  readonly cpuCount: number;
  readonly memoryTotalBytes: number;
  /** Bytes and CPU time of the container's control group. */
  readonly memory: MemoryAccount;
}

export interface MemoryAccount {
  /** Takes bytes for a process; false when that goes over the limit (the container is then OOM-killed). */
  allocate(process: Process, bytes: number): boolean;
  release(process: Process, bytes: number): void;
  usedBytes(): number;
  limitBytes(): number | undefined;
  cpuUsedMs(): number;
  /** Charges bytes to the group itself (files in memory); false when that goes over the limit. */
  adjust(bytes: number): boolean;
}
