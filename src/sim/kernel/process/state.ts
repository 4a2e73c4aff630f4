// What a process is: its numbers, its family, its place.
import type { Clock } from '../../runtime/clock.ts';
import type { Random } from '../../runtime/random.ts';
import type { Space } from '../space.ts';
import type {
  ExitStatus,
  HostView,
  MemoryAccount,
  ProcessInfo,
  Program,
  SignalName,
  Terminal,
} from '../types.ts';
import type { Actor, Capability } from '../vfs/actor.ts';
import type { MountTable } from '../vfs/mounts.ts';
import { Queue } from '../wait-queue.ts';
import { Descriptors } from './descriptors.ts';
import type { PidNamespace } from './pid-namespace.ts';
import type { KernelProcess } from './process.ts';
import { ProcessRun } from './run.ts';
import type { Disposition } from './signal-delivery.ts';

export interface ProcessOptions {
  readonly space: Space;
  readonly parent: KernelProcess | undefined;
  readonly argv: readonly string[];
  readonly program: Program;
  /** Copied when the process looks at it, so that sleepers share their parent's. */
  readonly env: ReadonlyMap<string, string>;
  /** Nobody else holds the map, so that it need not be copied. */
  readonly ownsEnv: boolean;
  readonly cwd: string;
  readonly umask: number;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly processGroup: number | undefined;
  readonly terminal: Terminal | undefined;
}

const noChildren: ReadonlySet<KernelProcess> = new Set();

/** What a process is; KernelProcess, the only class on top of it, is what it can do. */
export abstract class ProcessState implements ProcessInfo, Actor {
  readonly pid: number;
  readonly hostPid: number;
  readonly space: Space;
  readonly pidNamespace: PidNamespace;
  readonly startedMs: number;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly exited = new Queue();
  readonly descriptors = new Descriptors();
  /** Woken when a child has ended. */
  readonly childEnded = new Queue();
  readonly controlling: Terminal | undefined;
  parent: KernelProcess | undefined;
  argv: readonly string[];
  isSteady = false;
  cwd: string;
  umask: number;
  processGroup: number;
  cpuMs = 0;
  /** Small steps not yet paid with CPU time. */
  steps = 0;
  resumedAtMs = -1;
  resumes = 0;
  dispositions: Map<SignalName, Disposition> | undefined;
  pending: SignalName[] | undefined;
  readonly run: ProcessRun;
  #givenEnv: ReadonlyMap<string, string>;
  #env: Map<string, string> | undefined;
  #children: Set<KernelProcess> | undefined;

  constructor(options: ProcessOptions) {
    const { space, parent } = options;
    this.space = space;
    this.parent = parent;
    this.argv = options.argv;
    this.#givenEnv = options.env;
    if (options.ownsEnv) this.#env = options.env as Map<string, string>;
    this.cwd = options.cwd;
    this.umask = options.umask;
    this.uid = options.uid;
    this.gid = options.gid;
    this.groups = options.groups;
    this.controlling = options.terminal;
    this.pidNamespace = space.pidNamespace;
    this.startedMs = space.machine.clock.nowMs();
    // KernelProcess is the only subclass.
    const self = this as unknown as KernelProcess;
    this.pid = this.pidNamespace.take(self);
    const host = this.pidNamespace.host;
    this.hostPid = host === undefined ? this.pid : host.take(self);
    const group = options.processGroup ?? parent?.processGroup ?? 0;
    this.processGroup = group === 0 ? this.pid : group;
    this.run = new ProcessRun(self, options.program);
    parent?.addChild(self);
    space.add(self);
    space.machine.trace?.started(self);
  }

  get env(): Map<string, string> {
    this.#env ??= new Map(this.#givenEnv);
    return this.#env;
  }

  get children(): ReadonlySet<KernelProcess> {
    return this.#children ?? noChildren;
  }

  addChild(child: KernelProcess): void {
    this.#children ??= new Set();
    this.#children.add(child);
  }

  removeChild(child: KernelProcess): void {
    this.#children?.delete(child);
    if (this.#children?.size === 0) this.#children = undefined;
  }

  /** For execve. */
  protected setEnvironment(env: ReadonlyMap<string, string>): void {
    this.#givenEnv = new Map(env);
    this.#env = undefined;
  }

  get parentPid(): number {
    const parent = this.parent;
    return parent?.pidNamespace === this.pidNamespace ? parent.pid : 0;
  }

  get state(): 'R' | 'S' | 'T' | 'Z' {
    return this.run.state;
  }

  get exit(): ExitStatus | undefined {
    return this.run.exit;
  }

  get memoryBytes(): number {
    return this.space.cgroup.memoryOf(this);
  }

  get terminalName(): string | undefined {
    return this.controlling?.name;
  }

  get clock(): Clock {
    return this.space.machine.clock;
  }

  get random(): Random {
    return this.space.machine.random;
  }

  get host(): HostView {
    return this.space.view;
  }

  get mountTable(): MountTable {
    return this.space.mountTable;
  }

  get account(): MemoryAccount {
    return this.space.cgroup;
  }

  has(capability: Capability): boolean {
    return this.uid === 0 && this.space.capabilities.has(capability);
  }

  nowMs(): number {
    return this.clock.nowMs();
  }
}
