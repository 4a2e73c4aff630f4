// For tests of images: one container of an image, started as a container runtime would, and a client beside it.
import { requestUrl, type RequestResult } from '../kernel/commands/http/client.ts';
import { HostOutput } from '../kernel/io/host.ts';
import { TestMachine, type RunResult } from '../kernel/testing.ts';
import type { Process, Program, SignalName } from '../kernel/types.ts';
import type { TreeEntry } from '../kernel/vfs/tree.ts';
import { imageTree } from '../kernel/vfs/tree.ts';
import type { Image } from './image.ts';
import { imageRoot } from './root.ts';

export interface BoxOptions {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Files over those of the image. */
  readonly files?: Readonly<Record<string, TreeEntry>>;
  readonly memoryLimitBytes?: number;
  readonly uid?: number;
  readonly readOnlyRoot?: boolean;
}

export class ImageBox {
  readonly box: TestMachine;
  readonly #env: readonly (readonly [string, string])[];
  #log = '';

  /** Starts process 1 and lets it run for a moment. */
  constructor(image: Image, options: BoxOptions = {}) {
    const { entrypoint, cmd, env, workingDir } = image.config;
    const hosts = { '/etc/hosts': '127.0.0.1\tlocalhost\n' };
    const tree = imageTree({ ...hosts, ...options.files }, { base: imageRoot(image) });
    this.box = new TestMachine({
      space: {
        image: tree,
        memoryLimitBytes: options.memoryLimitBytes,
        ...(options.uid === undefined ? {} : { uid: options.uid }),
        ...(options.readOnlyRoot === undefined ? {} : { readOnlyRoot: options.readOnlyRoot }),
      },
    });
    this.#env = [...env, ...Object.entries(options.env ?? {})];
    const started = this.box.space.start({
      argv: options.argv ?? [...entrypoint, ...cmd],
      env: this.#env,
      cwd: workingDir,
      stdout: new HostOutput((text) => (this.#log += text)),
      stderr: new HostOutput((text) => (this.#log += text)),
    });
    if ('error' in started) throw new Error(started.error);
    this.pass(50);
  }

  get log(): string {
    return this.#log;
  }

  /** What was logged since the last time, without the time that stands before each line. */
  takeLog(): string {
    const log = this.#log;
    this.#log = '';
    return log;
  }

  get main(): Process {
    const { main } = this.box.space;
    if (main === undefined) throw new Error('no process 1');
    return main;
  }

  pass(ms: number): void {
    this.box.clock.advanceTo(this.box.clock.nowMs() + ms);
  }

  signal(signal: SignalName): void {
    this.box.space.kill(signal);
    this.pass(50);
  }

  exec(argv: readonly string[], stdin = ''): RunResult {
    return this.box.run(argv, { env: this.#env, stdin });
  }

  write(path: string, text: string): void {
    this.box.space.files().writeText(path, text);
  }

  read(path: string): string {
    return this.box.space.files().readText(path);
  }

  /** Asks over the loopback; status and body, or what went wrong. */
  get(url: string): string {
    const outcome: { result?: RequestResult } = {};
    const client: Program = function* client(process) {
      outcome.result = yield* requestUrl(process, { url, insecure: true, timeoutMs: 120_000 });
      return 0;
    };
    // A container that is down has nobody to ask.
    if (this.main.exit !== undefined) return 'down';
    this.box.finish(this.main.spawn({ argv: ['client'], program: client }), 130_000);
    const { result } = outcome;
    if (result === undefined) return 'no answer';
    return result.kind === 'failed' ? result.problem : `${result.status} ${result.body}`;
  }
}
