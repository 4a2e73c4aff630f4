// A simulated Linux machine: one per node, and one for the learner's workstation.
import type { Clock } from '../runtime/clock.ts';
import type { Random } from '../runtime/random.ts';
import { ControlGroup, type Limits } from './control-group.ts';
import { CpuBandwidth } from './cpu.ts';
import { Errno } from './errno.ts';
import { mountAll, MountError, type MountSpec } from './mount-setup.ts';
import { type Network, NetworkNamespace } from './net/namespace.ts';
import { ProcessSockets } from './net/sockets.ts';
import { PidNamespace } from './process/pid-namespace.ts';
import type { KernelProcess } from './process/process.ts';
import { Scheduler } from './process/scheduler.ts';
import { deliver } from './process/signal-delivery.ts';
import type { StartError } from './process/start-process.ts';
import { sysTree } from './pseudo/cgroup-files.ts';
import { deviceTree } from './pseudo/dev.ts';
import { procTree } from './pseudo/proc.ts';
import { Space, type SpaceOptions } from './space.ts';
import { TerminalDevice, type TerminalOptions } from './tty.ts';
import { FileSystem, type FileSystemOptions, type Store } from './vfs/file-system.ts';
import type { DirectoryInode } from './vfs/inode.ts';

export interface MachineOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly name: string;
  readonly cpuCount?: number;
  readonly memoryBytes?: number;
  readonly diskBytes?: number;
  /** CPU time that starting a process takes. */
  readonly spawnCostMs?: number;
  readonly maxProcesses?: number;
  readonly maxProcessesPerSpace?: number;
  /** Characters of files that the host keeps for this machine. */
  readonly maxHeldCharacters?: number;
}

/** A host name that several containers share, and its namespace's number. */
export interface Uts {
  name: string;
  readonly id: number;
}

/** /dev/shm of a sandbox. */
export interface Ipc {
  readonly shm: FileSystem;
  readonly id: number;
}

/** Somebody who is told of the processes of a machine: for what a lab has seen its learner do. */
export interface ProcessTrace {
  started(process: KernelProcess): void;
  /** Called with everything that a process writes, to whichever descriptor. */
  wrote(process: KernelProcess, text: string): void;
  ended(process: KernelProcess): void;
}

const gibibyte = 1 << 30;
/** As container runtimes mount /dev/shm. */
const shmBytes = 64 * (1 << 20);
/** When so much work is booked ahead, short work waits, too. */
const maxBacklogMs = 500;
const firstNamespaceId = 4_026_532_000;

export class Machine {
  readonly clock: Clock;
  readonly random: Random;
  readonly name: string;
  readonly cpuCount: number;
  readonly memoryTotalBytes: number;
  readonly bootedMs: number;
  readonly spawnCostMs: number;
  readonly scheduler: Scheduler;
  /** The node's own pid namespace, which sees all processes. */
  readonly hostPids: PidNamespace;
  readonly store: Store;
  trace: ProcessTrace | undefined;
  readonly #maxProcesses: number;
  readonly #maxPerSpace: number;
  readonly #cpu: CpuBandwidth;
  readonly #spaces = new Set<Space>();
  readonly #proc: FileSystem;
  readonly #sys: FileSystem;
  readonly #devices: DirectoryInode;
  #memoryUsedBytes = 0;
  #nextNamespace = 0;
  #nextDevice = 64;
  #nextTerminal = 0;

  constructor(options: MachineOptions) {
    this.clock = options.clock;
    this.random = options.random;
    this.name = options.name;
    this.cpuCount = options.cpuCount ?? 2;
    this.memoryTotalBytes = options.memoryBytes ?? 4 * gibibyte;
    this.bootedMs = options.clock.nowMs();
    this.spawnCostMs = options.spawnCostMs ?? 1;
    this.#maxProcesses = options.maxProcesses ?? 8192;
    this.#maxPerSpace = options.maxProcessesPerSpace ?? 512;
    this.#cpu = new CpuBandwidth(this.cpuCount * 1000);
    this.scheduler = new Scheduler(options.clock);
    this.hostPids = new PidNamespace(this.nextNamespaceId(), undefined);
    this.store = {
      totalBytes: options.diskBytes ?? 40 * gibibyte,
      usedBytes: 0,
      maxHeld: options.maxHeldCharacters ?? 1 << 26,
      held: 0,
    };
    this.#proc = this.#pseudo('proc', procTree());
    this.#sys = this.#pseudo('sysfs', sysTree());
    this.#devices = deviceTree(options.random);
  }

  /** A file system of its own: a volume, or a node's directory. `memory` ones count to the containers that write there. */
  createFileSystem(options: Partial<Omit<FileSystemOptions, 'store' | 'device'>> = {}): FileSystem {
    const backing = options.backing ?? 'disk';
    const memory = backing === 'memory';
    this.#nextDevice += 1;
    return new FileSystem({
      source: options.source ?? (memory ? 'tmpfs' : '/dev/sda1'),
      type: options.type ?? (memory ? 'tmpfs' : 'ext4'),
      device: this.#nextDevice,
      store: this.store,
      backing,
      limitBytes: options.limitBytes ?? (memory ? this.memoryTotalBytes : undefined),
      lower: options.lower,
    });
  }

  createUts(name: string): Uts {
    return { name, id: this.nextNamespaceId() };
  }

  createIpc(): Ipc {
    const shm = this.createFileSystem({ source: 'shm', backing: 'memory', limitBytes: shmBytes });
    shm.root.mode = 0o1777;
    return { shm, id: this.nextNamespaceId() };
  }

  createPidNamespace(): PidNamespace {
    return new PidNamespace(this.nextNamespaceId(), this.hostPids);
  }

  createNetwork(network?: Network): NetworkNamespace {
    return new NetworkNamespace(this.clock, this.nextNamespaceId(), network, (process) => {
      return new ProcessSockets(process, process.space.network);
    });
  }

  /** Makes the place for a container, or says why its mounts cannot be made. */
  createSpace(options: SpaceOptions): Space | StartError {
    const layer = this.createFileSystem({
      source: 'overlay',
      type: 'overlay',
      lower: options.image,
    });
    try {
      const readOnly = options.readOnlyRoot === true;
      const specs = [...this.#standardMounts(options.ipc), ...(options.mounts ?? [])];
      const table = mountAll(layer, readOnly, specs, () => this.clock.nowMs());
      const pids = options.pidNamespace ?? this.createPidNamespace();
      const space = new Space(this, options, layer, table, pids);
      this.#spaces.add(space);
      return space;
    } catch (thrown) {
      layer.discard();
      if (thrown instanceof MountError) return { error: thrown.message };
      if (thrown instanceof Errno) return { error: thrown.message.toLowerCase() };
      throw thrown;
    }
  }

  #standardMounts(ipc: Ipc): readonly MountSpec[] {
    const dev = this.createFileSystem({ backing: 'memory', lower: this.#devices });
    return [
      { at: '/proc', fileSystem: this.#proc },
      { at: '/dev', fileSystem: dev },
      { at: '/dev/shm', fileSystem: ipc.shm },
      { at: '/sys', fileSystem: this.#sys, readOnly: true },
    ];
  }

  #pseudo(type: string, root: DirectoryInode): FileSystem {
    return this.createFileSystem({ source: type, type, backing: 'none', lower: root });
  }

  /** A terminal for a space's process. */
  createTerminal(
    options: Omit<TerminalOptions, 'name' | 'signalGroup'>,
    space: Space,
  ): TerminalDevice {
    const name = `pts/${this.#nextTerminal}`;
    this.#nextTerminal += 1;
    return new TerminalDevice({
      ...options,
      name,
      signalGroup: (group, signal) => {
        for (const process of space.pidNamespace.processes.values()) {
          if (process.processGroup === group && process.space === space) {
            deliver(process, signal, space.pidNamespace);
          }
        }
      },
    });
  }

  /** For spaces. */
  createControlGroup(limits: Limits, onOutOfMemory: () => void): ControlGroup {
    return new ControlGroup({
      memoryLimitBytes: limits.memoryLimitBytes,
      cpuLimitMilli: limits.cpuLimitMilli,
      onOutOfMemory,
      machineMemory: (bytes) => this.#useMemory(bytes),
      machineCpu: (nowMs, ms) => this.#serveCpu(nowMs, ms),
    });
  }

  /** For kernel calls that start a process: throws EAGAIN at the limits. */
  requireProcess(space: Space): void {
    const tooMany = this.hostPids.processes.size >= this.#maxProcesses;
    if (tooMany || space.processCount >= this.#maxPerSpace) throw new Errno('EAGAIN');
  }

  nextNamespaceId(): number {
    this.#nextNamespace += 1;
    return firstNamespaceId + this.#nextNamespace;
  }

  memoryUsedBytes(): number {
    return this.#memoryUsedBytes;
  }

  cpuUsedMs(): number {
    return this.#cpu.statistics().usedMs;
  }

  /** For spaces that are discarded. */
  forget(space: Space): void {
    this.#spaces.delete(space);
  }

  spaces(): readonly Space[] {
    return [...this.#spaces];
  }

  /** Short work runs at once beside what else is busy; longer work, or very much of it, has to share the CPUs. */
  #serveCpu(nowMs: number, ms: number): number {
    const readyMs = this.#cpu.serve(nowMs, ms);
    return ms < 10 && readyMs - nowMs < maxBacklogMs ? nowMs + ms : readyMs;
  }

  /** When the machine has no memory left, the group that uses most is killed. */
  #useMemory(bytes: number): boolean {
    this.#memoryUsedBytes += bytes;
    if (bytes <= 0 || this.#memoryUsedBytes <= this.memoryTotalBytes) return true;
    let largest: Space | undefined;
    for (const space of this.#spaces) {
      const used = space.cgroup.usedBytes();
      if (largest === undefined || used > largest.cgroup.usedBytes()) largest = space;
    }
    largest?.cgroup.killForMemory();
    return false;
  }
}
