// What a container runs in: its namespaces, files and limits, and the processes in it.
import type { ControlGroup } from './control-group.ts';
import { type Limits } from './control-group.ts';
import type { OpenFile } from './io/open-file.ts';
import type { Ipc, Machine, Uts } from './machine.ts';
import type { MountSpec } from './mount-setup.ts';
import type { NetworkNamespace } from './net/namespace.ts';
import type { PidNamespace } from './process/pid-namespace.ts';
import type { KernelProcess } from './process/process.ts';
import { deliver } from './process/signal-delivery.ts';
import { type StartError, startProcess } from './process/start-process.ts';
import type { TerminalDevice } from './tty.ts';
import type { ExitStatus, HostView, Process, SignalName } from './types.ts';
import type { Capability } from './vfs/actor.ts';
import { rootFiles } from './vfs/edit.ts';
import type { FileSystem } from './vfs/file-system.ts';
import type { ProcessFiles } from './vfs/files.ts';
import type { DirectoryInode } from './vfs/inode.ts';
import type { MountTable } from './vfs/mounts.ts';

export interface SpaceOptions extends Limits {
  /** The image's files; the container's own changes lie above them. */
  readonly image: DirectoryInode;
  readonly readOnlyRoot?: boolean;
  readonly mounts?: readonly MountSpec[];
  /** Host name, shared by the containers of a sandbox. */
  readonly uts: Uts;
  /** /dev/shm, shared likewise. */
  readonly ipc: Ipc;
  /** Undefined: one of its own. */
  readonly pidNamespace?: PidNamespace | undefined;
  readonly network: NetworkNamespace;
  readonly uid?: number;
  readonly gid?: number;
  /** Supplementary groups. */
  readonly groups?: readonly number[];
  /** Undefined: those containerd gives. */
  readonly capabilities?: ReadonlySet<Capability> | undefined;
  /** Ports below it need NET_BIND_SERVICE; 0 in containers, 1024 on a node. */
  readonly lowestFreePort?: number;
  /** Thousandths of a CPU that were requested, for cpu.weight. */
  readonly cpuRequestMilli?: number | undefined;
}

export interface StartOptions {
  readonly argv: readonly string[];
  readonly env: Iterable<readonly [name: string, value: string]>;
  readonly cwd?: string | undefined;
  /** Undefined: nothing to read. */
  readonly stdin?: OpenFile | undefined;
  readonly stdout?: OpenFile | undefined;
  readonly stderr?: OpenFile | undefined;
  /** Takes the place of all three. */
  readonly terminal?: TerminalDevice | undefined;
}

/** containerd's default set. */
export const defaultCapabilities: ReadonlySet<Capability> = new Set<Capability>([
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SYS_CHROOT',
  'MKNOD',
  'AUDIT_WRITE',
  'SETFCAP',
]);

export class Space {
  readonly machine: Machine;
  readonly cgroup: ControlGroup;
  readonly pidNamespace: PidNamespace;
  readonly network: NetworkNamespace;
  readonly uts: Uts;
  readonly ipc: Ipc;
  readonly mountTable: MountTable;
  /** The container's writable layer. */
  readonly layer: FileSystem;
  readonly capabilities: ReadonlySet<Capability>;
  readonly ids: { readonly mnt: number; readonly cgroup: number };
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly lowestFreePort: number;
  readonly cpuWeight: number;
  readonly view: HostView;
  readonly #processes = new Set<KernelProcess>();
  #main: KernelProcess | undefined;
  #outOfMemory = false;
  #onExit: ((status: ExitStatus) => void) | undefined;

  /** Use `machine.createSpace`. */
  constructor(
    machine: Machine,
    options: SpaceOptions,
    layer: FileSystem,
    mountTable: MountTable,
    pidNamespace: PidNamespace,
  ) {
    this.machine = machine;
    this.layer = layer;
    this.mountTable = mountTable;
    this.pidNamespace = pidNamespace;
    this.network = options.network;
    this.uts = options.uts;
    this.ipc = options.ipc;
    this.uid = options.uid ?? 0;
    this.gid = options.gid ?? 0;
    this.groups = options.groups ?? [];
    this.capabilities = options.capabilities ?? defaultCapabilities;
    this.lowestFreePort = options.lowestFreePort ?? 0;
    this.cpuWeight = weightOf(options.cpuRequestMilli);
    this.ids = { mnt: machine.nextNamespaceId(), cgroup: machine.nextNamespaceId() };
    this.cgroup = machine.createControlGroup(options, () => this.#killForMemory());
    this.view = {
      hostname: () => this.uts.name,
      processes: () => this.pidNamespace.list(),
      bootedMs: machine.bootedMs,
      cpuCount: machine.cpuCount,
      memoryTotalBytes: machine.memoryTotalBytes,
      memory: this.cgroup,
    };
  }

  /** Starts the container's main process, or says why not in runc's words (without `: unknown`). */
  start(options: StartOptions): Process | StartError {
    const started = startProcess(this, options);
    if ('error' in started) return started;
    this.#main = started.process;
    return started.process;
  }

  /** Starts a further process, as kubectl exec does. */
  exec(options: StartOptions): Process | StartError {
    const started = startProcess(this, options);
    return 'error' in started ? started : started.process;
  }

  /** Called once when the main process has ended and all others were killed. */
  onExit(listener: (status: ExitStatus) => void): void {
    this.#onExit = listener;
  }

  get main(): Process | undefined {
    return this.#main;
  }

  get running(): boolean {
    return this.#main !== undefined && this.#main.exit === undefined;
  }

  /** Whether processes were killed because memory went over the limit. */
  get outOfMemory(): boolean {
    return this.#outOfMemory;
  }

  get processCount(): number {
    return this.#processes.size;
  }

  get processes(): readonly KernelProcess[] {
    return [...this.#processes];
  }

  /** A signal to the main process from outside, as the kubelet sends it. */
  kill(signal: SignalName): void {
    if (this.#main !== undefined) deliver(this.#main, signal, undefined);
  }

  /** Ends everything in it (SIGKILL). */
  killAll(): void {
    for (const process of this.processes) process.run.kill('KILL');
  }

  /** In-place resize. */
  setLimits(limits: Limits): void {
    this.cgroup.setLimits(limits);
  }

  /** The files as root in the container sees them, for the node. */
  files(): ProcessFiles {
    return rootFiles(this.mountTable, () => this.machine.clock.nowMs());
  }

  /** The container is removed: its writable layer is forgotten. */
  discard(): void {
    this.killAll();
    this.layer.discard();
    this.machine.forget(this);
  }

  /** For the process. */
  add(process: KernelProcess): void {
    this.#processes.add(process);
  }

  /** For the process. */
  remove(process: KernelProcess): void {
    this.#processes.delete(process);
  }

  /** For the process: with the main process the container ends. */
  ended(process: KernelProcess): void {
    if (process !== this.#main || process.exit === undefined) return;
    for (const other of this.processes) {
      if (other !== process) other.run.kill('KILL');
    }
    this.#onExit?.(process.exit);
  }

  /** The whole group dies, as with memory.oom.group (what containerd and the kubelet set on cgroup v2). */
  #killForMemory(): void {
    this.#outOfMemory = true;
    this.killAll();
  }
}

/** cpu.weight from a request, as runc converts shares (shares = milli * 1024 / 1000). */
function weightOf(requestMilli: number | undefined): number {
  const shares = Math.max(2, Math.floor(((requestMilli ?? 0) * 1024) / 1000));
  return Math.floor(1 + ((shares - 2) * 9999) / 262_142);
}
