// One process of the simulated machine: the calls its program makes.
import { Errno } from '../errno.ts';
import { TextFile } from '../io/devices.ts';
import { Pipe, PipeEnd } from '../io/pipe.ts';
import type {
  Blocking,
  ExitStatus,
  Files,
  FileStat,
  OpenFlags,
  Process,
  SignalName,
  Sockets,
  SpawnOptions,
  Terminal,
  WaitQueue,
} from '../types.ts';
import { ProcessFiles } from '../vfs/files.ts';
import { openInode } from '../vfs/open.ts';
import * as blocking from './blocking.ts';
import { findProgram } from './find-program.ts';
import { deliver, mayKill, targetsOf } from './signal-delivery.ts';
import { ProcessState } from './state.ts';

export class KernelProcess extends ProcessState implements Process {
  #files: ProcessFiles | undefined;
  #sockets: (Sockets & { closeAll(): void }) | undefined;

  get files(): Files {
    this.#files ??= new ProcessFiles(this);
    return this.#files;
  }

  get sockets(): Sockets {
    this.#sockets ??= this.space.network.socketsFor(this);
    return this.#sockets;
  }

  read(descriptor: number, maxLength = 65_536): Blocking<string | undefined> {
    return blocking.read(this, descriptor, maxLength);
  }

  readLine(descriptor: number): Blocking<string | undefined> {
    return blocking.readLine(this, descriptor);
  }

  readToNewline(descriptor: number): Blocking<string | undefined> {
    return blocking.read(this, descriptor, 65_536, true);
  }

  canRead(descriptor: number): boolean {
    return this.descriptors.get(descriptor).canRead;
  }

  write(descriptor: number, text: string): Blocking<void> {
    this.space.machine.trace?.wrote(this, text);
    return blocking.write(this, descriptor, text);
  }

  open(path: string, flags: OpenFlags, mode = 0o666): number {
    return this.descriptors.add(openInode(this, path, flags, mode));
  }

  close(descriptor: number): void {
    this.descriptors.close(descriptor);
  }

  duplicate(from: number, to: number): void {
    this.descriptors.set(to, this.descriptors.get(from));
  }

  pipe(): readonly [number, number] {
    const pipe = new Pipe();
    const read = this.descriptors.add(new PipeEnd(pipe, { read: true }));
    const write = this.descriptors.add(new PipeEnd(pipe, { write: true }));
    return [read, write];
  }

  openText(text: string): number {
    return this.descriptors.add(new TextFile(text));
  }

  openDescriptors(): readonly number[] {
    return this.descriptors.open();
  }

  isTerminal(descriptor: number): boolean {
    return this.terminal(descriptor) !== undefined;
  }

  terminal(descriptor: number): Terminal | undefined {
    return this.descriptors.has(descriptor) ? this.descriptors.get(descriptor).terminal : undefined;
  }

  position(descriptor: number): number | undefined {
    return this.descriptors.get(descriptor).position;
  }

  seek(descriptor: number, position: number): void {
    if (!this.descriptors.get(descriptor).seek(position)) throw new Errno('ESPIPE');
  }

  readable(descriptor: number): WaitQueue {
    return this.descriptors.get(descriptor).readable;
  }

  describe(descriptor: number): FileStat {
    return this.descriptors.get(descriptor).stat();
  }

  spawn(options: SpawnOptions): KernelProcess {
    const machine = this.space.machine;
    const env = options.env ?? this.env;
    const cwd = options.cwd ?? this.cwd;
    const found =
      options.program === undefined
        ? findProgram(this, options.argv, env, cwd)
        : { program: options.program, argv: options.argv };
    machine.requireProcess(this.space);
    const { umask, controlling } = this;
    const user = options.user ?? this;
    if (options.user !== undefined && !(this.has('SETUID') && this.has('SETGID'))) {
      throw new Errno('EPERM');
    }
    const child = new KernelProcess({
      space: this.space,
      parent: this,
      argv: found.argv,
      program: found.program,
      env,
      ownsEnv: false,
      cwd,
      umask,
      uid: user.uid,
      gid: user.gid,
      groups: user.groups ?? [],
      processGroup: options.processGroup,
      terminal: controlling,
    });
    this.#inherit(child, options.descriptors);
    child.run.start(machine.spawnCostMs);
    return child;
  }

  #inherit(child: KernelProcess, descriptors: ReadonlyMap<number, number> | undefined): void {
    for (const [signal, disposition] of this.dispositions ?? []) {
      if (disposition !== 'ignore') continue;
      child.dispositions ??= new Map();
      child.dispositions.set(signal, 'ignore');
    }
    if (descriptors === undefined) {
      for (const number of [0, 1, 2]) {
        if (this.descriptors.has(number))
          child.descriptors.set(number, this.descriptors.get(number));
      }
      return;
    }
    for (const [to, from] of descriptors) child.descriptors.set(to, this.descriptors.get(from));
  }

  *execute(argv: readonly string[], env?: ReadonlyMap<string, string>): Blocking<never> {
    const next = findProgram(this, argv, env ?? this.env, this.cwd);
    if (env !== undefined) this.setEnvironment(env);
    this.argv = next.argv;
    this.run.replaceWith(next.program);
    for (;;) yield { on: 'sleep', ms: 0 };
  }

  setProcessGroup(group: number): void {
    this.processGroup = group === 0 ? this.pid : group;
  }

  wait(pid?: number): Blocking<{ readonly pid: number; readonly status: ExitStatus } | undefined> {
    return blocking.wait(this, pid);
  }

  reap(pid?: number): { readonly pid: number; readonly status: ExitStatus } | undefined {
    return blocking.reapEnded(this, pid)?.ended;
  }

  kill(pid: number, signal: SignalName | undefined): void {
    const targets = targetsOf(this, pid);
    if (targets.length === 0) throw new Errno('ESRCH');
    const allowed = targets.filter((target) => mayKill(this, target));
    if (allowed.length === 0) throw new Errno('EPERM');
    if (signal === undefined) return;
    for (const target of allowed) deliver(target, signal, this.pidNamespace);
  }

  /** A signal the process causes itself (SIGPIPE). */
  signal(signal: SignalName): void {
    deliver(this, signal, this.pidNamespace);
  }

  onSignal(signal: SignalName, action: 'default' | 'ignore' | 'handle'): void {
    if (signal === 'KILL' || signal === 'STOP') throw new Errno('EINVAL');
    if (action === 'default') this.dispositions?.delete(signal);
    else {
      this.dispositions ??= new Map();
      this.dispositions.set(signal, action);
    }
  }

  takeSignal(): SignalName | undefined {
    return this.pending?.shift();
  }

  sleep(ms: number): Blocking<void> {
    return blocking.sleep(this, ms);
  }

  waitFor(queues: readonly WaitQueue[], timeoutMs?: number): Blocking<void> {
    return blocking.waitFor(this, queues, timeoutMs);
  }

  *compute(ms: number): Blocking<void> {
    yield { on: 'cpu', ms };
  }

  work(steps: number): Blocking<void> {
    return blocking.work(this, steps);
  }

  /** Goes on running: for the scheduler alone. */
  step(): void {
    this.run.step();
  }

  /** Everything the process held is given back; called once, when it ends. */
  releaseResources(): void {
    this.descriptors.closeAll();
    this.#sockets?.closeAll();
    this.#files = undefined;
    this.space.cgroup.releaseAll(this);
  }
}
