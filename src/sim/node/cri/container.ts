// One container: from its configuration to a running process 1 and to its end.
import { HostInput, HostOutput } from '../../kernel/io/host.ts';
import type { Space, StartOptions } from '../../kernel/space.ts';
import type { TerminalDevice } from '../../kernel/tty.ts';
import type { ExitStatus, SignalName } from '../../kernel/types.ts';
import { findInode, writeFile } from '../../kernel/vfs/edit.ts';
import { FileInode } from '../../kernel/vfs/inode.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image } from '../../images/image.ts';
import { repositoryDigest } from '../../images/catalogue.ts';
import { spaceOptions } from './container-space.ts';
import { environmentOf } from './environment.ts';
import { LogBuffer } from './log-buffer.ts';
import type { PodSandbox } from './sandbox.ts';
import type { Container, ContainerConfig, ContainerExit, ExecStreams } from './types.ts';

/** runc's sentence around what kept process 1 from starting. */
const startFailure =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: ' +
  'runc create failed: unable to start container process: ';
const startErrorCode = 128;
const maxMessageBytes = 4096;

export interface ContainerOptions {
  readonly id: string;
  readonly machine: Machine;
  readonly sandbox: PodSandbox;
  readonly config: ContainerConfig;
  readonly image: Image;
  /** The container whose processes an ephemeral one is to see. */
  readonly target: PodContainer | undefined;
}

export class PodContainer implements Container {
  readonly id: string;
  readonly config: ContainerConfig;
  readonly imageId: string;
  readonly sandbox: PodSandbox;
  readonly log: LogBuffer;
  readonly #options: ContainerOptions;
  readonly #exitListeners = new Set<(exit: ContainerExit) => void>();
  /** Who is attached to process 1. */
  readonly #attached = new Set<ExecStreams>();
  state: Container['state'] = 'created';
  startedMs: number | undefined;
  finishedMs: number | undefined;
  exit: ContainerExit | undefined;
  #space: Space | undefined;
  #input: HostInput | undefined;
  #terminal: TerminalDevice | undefined;
  /** The termination message, once it can no longer change: the sandbox with its file may go. */
  #lastWords: string | undefined;

  constructor(options: ContainerOptions) {
    this.#options = options;
    this.id = options.id;
    this.config = options.config;
    this.sandbox = options.sandbox;
    this.imageId = repositoryDigest(options.image);
    this.log = new LogBuffer(options.machine.clock);
    writeFile(this.sandbox.files, this.#messageFile, '', options.machine.clock.nowMs(), {
      mode: 0o666,
    });
  }

  /** The place it runs in, while it exists. */
  get space(): Space | undefined {
    return this.#space;
  }

  get stopSignal(): SignalName {
    return this.#options.image.config.stopSignal;
  }

  get #messageFile(): string {
    return `messages/${this.id}`;
  }

  /** Starts process 1; the text is why not. */
  start(): { readonly ok: true } | { readonly ok: false; readonly error: string } {
    const { machine, config: own, image, sandbox } = { ...this.#options };
    const options = spaceOptions({
      machine,
      sandbox,
      config: own,
      image,
      messageFile: this.#messageFile,
      target: this.#options.target?.space,
    });
    const space = 'error' in options ? options : machine.createSpace(options);
    if ('error' in space) return this.#fail(`error during container init: ${space.error}`);
    this.#space = space;
    space.onExit((status) => this.#ended(status));
    const started = space.start(this.#startOptions(space));
    if ('error' in started) {
      space.discard();
      this.#space = undefined;
      return this.#fail(started.error);
    }
    this.state = 'running';
    this.startedMs = machine.clock.nowMs();
    return { ok: true };
  }

  /** Entrypoint and arguments: those of the Pod, else the image's (a command of the Pod drops the image's arguments). */
  argv(): readonly string[] {
    const { command, args } = this.config;
    const { entrypoint, cmd } = this.#options.image.config;
    if (command !== undefined) return [...command, ...(args ?? [])];
    return [...entrypoint, ...(args ?? cmd)];
  }

  environment(): readonly (readonly [string, string])[] {
    return environmentOf(this.#options.image.config, this.config, this.sandbox.uts.name);
  }

  get workingDir(): string {
    return this.config.workingDir ?? this.#options.image.config.workingDir;
  }

  /** Calls back once when process 1 has ended, or at once when it has. */
  onExit(listener: (exit: ContainerExit) => void): void {
    if (this.exit === undefined) this.#exitListeners.add(listener);
    else this.#tell(listener, this.exit);
  }

  signal(signal: SignalName): void {
    if (this.state === 'running') this.#space?.kill(signal);
  }

  /** What process 1 left behind for its termination message. */
  terminationMessage(): string {
    if (this.#lastWords !== undefined) return this.#lastWords;
    const inode = findInode(this.sandbox.files, this.#messageFile);
    return inode instanceof FileInode ? inode.content.slice(0, maxMessageBytes) : '';
  }

  /** Hears process 1 and speaks to it; undefined when it does not run. */
  attach(
    streams: ExecStreams,
  ): { readonly input: HostInput | TerminalDevice | undefined } | undefined {
    if (this.state !== 'running') return undefined;
    this.#attached.add(streams);
    return { input: this.#terminal ?? this.#input };
  }

  detach(streams: ExecStreams): void {
    this.#attached.delete(streams);
  }

  /** The machine has lost its power: everything stops and nobody is told. */
  powerOff(): void {
    this.#exitListeners.clear();
    this.#attached.clear();
    if (this.state === 'running') this.#space?.discard();
    this.remove();
  }

  /** Frees what it held on the node. */
  remove(): void {
    if (this.state === 'running') this.#space?.killAll();
    this.#space?.discard();
    this.#space = undefined;
  }

  #startOptions(space: Space): StartOptions {
    const { config } = this;
    const common = { argv: this.argv(), env: this.environment(), cwd: this.workingDir };
    if (config.tty) {
      this.#terminal = space.machine.createTerminal(
        { onOutput: (text) => this.#output('stdout', text) },
        space,
      );
      return { ...common, terminal: this.#terminal };
    }
    if (config.stdin) this.#input = new HostInput();
    return {
      ...common,
      ...(this.#input === undefined ? {} : { stdin: this.#input.open() }),
      stdout: new HostOutput((text) => this.#output('stdout', text)),
      stderr: new HostOutput((text) => this.#output('stderr', text)),
    };
  }

  #output(stream: 'stdout' | 'stderr', text: string): void {
    this.log.write(stream, text);
    for (const each of [...this.#attached]) {
      if (stream === 'stdout') each.onStdout(text);
      else each.onStderr(text);
    }
  }

  #fail(problem: string): { readonly ok: false; readonly error: string } {
    const message = `${startFailure}${problem}: unknown`;
    this.state = 'exited';
    this.startedMs = 0;
    this.finishedMs = this.#options.machine.clock.nowMs();
    this.exit = { code: startErrorCode, signal: undefined, reason: 'StartError', message };
    return { ok: false, error: message };
  }

  #ended(status: ExitStatus): void {
    if (this.state !== 'running') return;
    const isOutOfMemory = this.#space?.outOfMemory === true;
    const reason = isOutOfMemory ? 'OOMKilled' : status.code === 0 ? 'Completed' : 'Error';
    const exit: ContainerExit = { ...status, reason, message: '' };
    this.state = 'exited';
    this.finishedMs = this.#options.machine.clock.nowMs();
    this.exit = exit;
    this.log.end();
    this.#lastWords = this.terminationMessage();
    for (const streams of [...this.#attached]) {
      this.#options.machine.clock.after(0, () => streams.onExit({ status }));
    }
    this.#attached.clear();
    for (const listener of this.#exitListeners) this.#tell(listener, exit);
    this.#exitListeners.clear();
  }

  /** Listeners hear of it outside the kernel's own work. */
  #tell(listener: (exit: ContainerExit) => void, exit: ContainerExit): void {
    this.#options.machine.clock.after(0, () => listener(exit));
  }
}
