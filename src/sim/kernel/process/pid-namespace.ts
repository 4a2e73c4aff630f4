// Process numbers as a group of containers sees them.
import type { ProcessInfo } from '../types.ts';
import type { KernelProcess } from './process.ts';

export class PidNamespace {
  /** By pid, in the order of starting, which is that of the pids. */
  readonly processes = new Map<number, KernelProcess>();
  /** The node's own namespace sees the processes of all others too, by their number there. */
  readonly host: PidNamespace | undefined;
  /** The number in `pid:[4026531836]`. */
  readonly id: number;
  #nextPid = 1;

  constructor(id: number, host: PidNamespace | undefined) {
    this.id = id;
    this.host = host;
  }

  /** Process 1: signals it does nothing about cannot hurt it, and it inherits orphans. */
  get init(): KernelProcess | undefined {
    const first = this.processes.get(1);
    return first?.pidNamespace === this ? first : undefined;
  }

  /** Numbers a new process. */
  take(process: KernelProcess): number {
    const pid = this.#nextPid;
    this.#nextPid += 1;
    this.processes.set(pid, process);
    return pid;
  }

  remove(pid: number): void {
    this.processes.delete(pid);
  }

  /** As ps in this namespace would list them. */
  list(): readonly ProcessInfo[] {
    const all: ProcessInfo[] = [];
    for (const [pid, process] of this.processes) {
      all.push(process.pidNamespace === this ? process : new ForeignProcess(process, pid));
    }
    return all;
  }
}

/** A container's process with its number on the node. */
class ForeignProcess implements ProcessInfo {
  readonly pid: number;
  readonly #process: KernelProcess;

  constructor(process: KernelProcess, pid: number) {
    this.#process = process;
    this.pid = pid;
  }

  get parentPid(): number {
    return this.#process.parent?.hostPid ?? 1;
  }
  get processGroup(): number {
    return this.pid;
  }
  get argv(): readonly string[] {
    return this.#process.argv;
  }
  get env(): ReadonlyMap<string, string> {
    return this.#process.env;
  }
  get cwd(): string {
    return this.#process.cwd;
  }
  get uid(): number {
    return this.#process.uid;
  }
  get gid(): number {
    return this.#process.gid;
  }
  get startedMs(): number {
    return this.#process.startedMs;
  }
  get state(): ProcessInfo['state'] {
    return this.#process.state;
  }
  get cpuMs(): number {
    return this.#process.cpuMs;
  }
  get memoryBytes(): number {
    return this.#process.memoryBytes;
  }
  get terminalName(): string | undefined {
    return this.#process.terminalName;
  }
}
