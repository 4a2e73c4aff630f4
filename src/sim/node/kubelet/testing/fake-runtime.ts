// A container runtime for tests of the kubelet: containers do what a script says, without
// processes.
import type { Connection, ExitStatus, SignalName } from '../../../kernel/types.ts';
import type { Clock, Timer } from '../../../runtime/clock.ts';
import type {
  Container,
  ContainerConfig,
  ContainerExit,
  ContainerRuntime,
  ExecSession,
  ExecStreams,
  LogLine,
  PullOutcome,
  Sandbox,
  SandboxConfig,
  Volume,
} from '../../cri/types.ts';

/** What a container does, by the first word of its command or else its image. */
export interface Behaviour {
  readonly exitAfterMs?: number;
  readonly exitCode?: number;
  readonly exitReason?: string;
  /** What TERM does: ends it at once, after a time, or nothing. */
  readonly onTerm?: { readonly afterMs: number; readonly code: number } | 'ignore';
  readonly startError?: string;
}

interface FakeContainer {
  readonly id: string;
  readonly config: ContainerConfig;
  readonly imageId: string;
  state: Container['state'];
  startedMs: number | undefined;
  finishedMs: number | undefined;
  exit: ContainerExit | undefined;
  readonly sandbox: Sandbox;
  readonly listeners: ((exit: ContainerExit) => void)[];
  readonly lines: LogLine[];
  timers: Timer[];
}

export type FakeExec = (
  container: Container,
  command: readonly string[],
) => { readonly code: number; readonly output: string; readonly afterMs?: number };

export class FakeRuntime implements ContainerRuntime {
  readonly name = 'containerd';
  readonly version = '1.7.0';
  readonly #clock: Clock;
  readonly behaviours = new Map<string, Behaviour>();
  readonly present = new Set<string>();
  readonly pullErrors = new Map<string, string>();
  readonly created: FakeContainer[] = [];
  readonly volumes: FakeVolume[] = [];
  whenStirred?: NonNullable<ContainerRuntime['whenStirred']>;
  stepsOf?: NonNullable<ContainerRuntime['stepsOf']>;
  nodeUsage?: NonNullable<ContainerRuntime['nodeUsage']>;
  usage: ContainerRuntime['usage'] = () => ({ cpuMilli: 0, memoryBytes: 0, diskBytes: 0 });
  exec_: FakeExec = () => ({ code: 0, output: '' });
  http: (path: string) => { readonly status: number; readonly body: string } | { error: string } =
    () => ({ status: 200, body: '' });
  tcp: () => string | undefined = () => undefined;
  pullMs = 1000;
  #nextIp = 2;
  #nextId = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  imagePresent(image: string): ReturnType<ContainerRuntime['imagePresent']> {
    if (!this.present.has(image)) return undefined;
    return { imageId: `sha256:${image}`, sizeBytes: 1000, user: undefined };
  }

  pullImage(image: string, done: (outcome: PullOutcome) => void): { cancel(): void } {
    return this.#clock.after(this.pullMs, () => {
      const error = this.pullErrors.get(image);
      if (error !== undefined) return done({ ok: false, error });
      this.present.add(image);
      done({ ok: true, imageRef: image, sizeBytes: 1000, tookMs: this.pullMs, waitedMs: 0 });
    });
  }

  images(): readonly { readonly names: readonly string[]; readonly sizeBytes: number }[] {
    return [...this.present].map((name) => ({ names: [name], sizeBytes: 1000 }));
  }

  runPodSandbox(config: SandboxConfig): Sandbox {
    return { id: this.#id('s'), ip: `10.244.1.${this.#nextIp++}`, config };
  }

  stopPodSandbox(sandbox: Sandbox): void {
    for (const one of this.created) if (one.sandbox === sandbox) this.#end(one, 137, 'Error');
  }

  newVolume(kind: 'disk' | 'memory' | 'projected'): Volume {
    const volume = new FakeVolume(kind);
    this.volumes.push(volume);
    return volume;
  }

  hostVolume(path: string, type: string): { readonly volume: Volume } | { readonly error: string } {
    if (type === 'Directory' && path.includes('missing')) {
      return { error: `hostPath type check failed: ${path} is not a directory` };
    }
    return { volume: new FakeVolume('host') };
  }

  createContainer(
    sandbox: Sandbox,
    config: ContainerConfig,
  ): { readonly container: Container } | { readonly error: string } {
    const container: FakeContainer = {
      id: this.#id('c'),
      config,
      imageId: `sha256:${config.image}`,
      state: 'created',
      startedMs: undefined,
      finishedMs: undefined,
      exit: undefined,
      sandbox,
      listeners: [],
      lines: [],
      timers: [],
    };
    this.created.push(container);
    return { container };
  }

  startContainer(
    container: Container,
  ): { readonly ok: true } | { readonly ok: false; readonly error: string } {
    const one = container as FakeContainer;
    const behaviour = this.#behaviour(one);
    if (behaviour.startError !== undefined) {
      one.state = 'exited';
      one.startedMs = 0;
      one.finishedMs = this.#clock.nowMs();
      one.exit = {
        code: 128,
        signal: undefined,
        reason: 'StartError',
        message: behaviour.startError,
      };
      return { ok: false, error: behaviour.startError };
    }
    one.state = 'running';
    one.startedMs = this.#clock.nowMs();
    if (behaviour.exitAfterMs !== undefined) {
      const code = behaviour.exitCode ?? 0;
      const reason = behaviour.exitReason ?? (code === 0 ? 'Completed' : 'Error');
      one.timers.push(this.#clock.after(behaviour.exitAfterMs, () => this.#end(one, code, reason)));
    }
    return { ok: true };
  }

  onExit(container: Container, listener: (exit: ContainerExit) => void): void {
    (container as FakeContainer).listeners.push(listener);
  }

  signalContainer(container: Container, signal: SignalName): void {
    const one = container as FakeContainer;
    if (signal === 'KILL') return this.#end(one, 137, 'Error');
    const { onTerm = { afterMs: 0, code: 0 } } = this.#behaviour(one);
    if (onTerm === 'ignore') return;
    const reason = onTerm.code === 0 ? 'Completed' : 'Error';
    one.timers.push(this.#clock.after(onTerm.afterMs, () => this.#end(one, onTerm.code, reason)));
  }

  stopSignal(): SignalName {
    return 'TERM';
  }

  removeContainer(container: Container): void {
    const index = this.created.indexOf(container as FakeContainer);
    if (index >= 0) this.created.splice(index, 1);
  }

  updateResources(): void {
    // Nothing runs here that could feel it.
  }

  logs(container: Container): readonly LogLine[] {
    return (container as FakeContainer).lines;
  }

  onLog(): () => void {
    return () => undefined;
  }

  terminationMessage(): string {
    return '';
  }

  exec(container: Container, command: readonly string[], streams: ExecStreams): ExecSession {
    const { code, output, afterMs = 0 } = this.exec_(container, command);
    const status: ExitStatus = { code, signal: undefined };
    this.#clock.after(afterMs, () => {
      if (output !== '') streams.onStdout(output);
      streams.onExit({ status });
    });
    return silent;
  }

  attach(): ExecSession {
    return silent;
  }

  portForward(): { readonly connection: Connection } | { readonly error: string } {
    return { error: 'nothing listens' };
  }

  httpGet(
    target: Parameters<ContainerRuntime['httpGet']>[0],
    _timeoutMs: number,
    done: Parameters<ContainerRuntime['httpGet']>[2],
  ): void {
    this.#clock.after(1, () => done(this.http(target.path)));
  }

  tcpConnect(
    _target: { readonly host: string; readonly port: number },
    _timeoutMs: number,
    done: (error: string | undefined) => void,
  ): void {
    this.#clock.after(1, () => done(this.tcp()));
  }

  /** Ends a running container by its name, as if its process had. */
  crash(name: string, code: number, reason = code === 0 ? 'Completed' : 'Error'): void {
    const found = [...this.created]
      .reverse()
      .find(({ config, state }) => config.name === name && state === 'running');
    if (found !== undefined) this.#end(found, code, reason);
  }

  #behaviour(one: FakeContainer): Behaviour {
    const word = one.config.command?.[0] ?? '';
    return this.behaviours.get(word) ?? this.behaviours.get(one.config.image) ?? {};
  }

  #end(one: FakeContainer, code: number, reason: string): void {
    if (one.state !== 'running') return;
    for (const timer of one.timers) timer.cancel();
    one.state = 'exited';
    one.finishedMs = this.#clock.nowMs();
    one.exit = { code, signal: code === 137 ? 'KILL' : undefined, reason, message: '' };
    for (const listener of one.listeners) listener(one.exit);
  }

  #id(prefix: string): string {
    return prefix + String(this.#nextId++).padStart(63, '0');
  }
}

export class FakeVolume implements Volume {
  readonly kind: Volume['kind'];
  files = new Map<string, { readonly text: string; readonly mode: number }>();
  used = 0;

  constructor(kind: Volume['kind']) {
    this.kind = kind;
  }

  setFiles(files: ReadonlyMap<string, { readonly text: string; readonly mode: number }>): void {
    this.files = new Map(files);
  }

  usedBytes(): number {
    return this.used;
  }

  clear(): void {
    this.files.clear();
    this.used = 0;
  }
}

const silent: ExecSession = {
  writeStdin: () => undefined,
  closeStdin: () => undefined,
  signal: () => undefined,
  resize: () => undefined,
  detach: () => undefined,
};
