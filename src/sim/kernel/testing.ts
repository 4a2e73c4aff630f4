// For tests of programs and of the kernel: a machine with one container, and what a command there printed.
import { Clock } from '../runtime/clock.ts';
import { Random } from '../runtime/random.ts';
import { HostInput, HostOutput } from './io/host.ts';
import { Machine, type MachineOptions } from './machine.ts';
import type { MountSpec } from './mount-setup.ts';
import type { Space, SpaceOptions } from './space.ts';
import type { ExitStatus, Process, Program } from './types.ts';
import { imageTree, type TreeEntry } from './vfs/tree.ts';

export interface TestMachineOptions {
  readonly programs?: Readonly<Record<string, Program>>;
  readonly files?: Readonly<Record<string, TreeEntry>>;
  readonly machine?: Partial<MachineOptions>;
  readonly space?: Partial<SpaceOptions>;
  readonly mounts?: (machine: Machine) => readonly MountSpec[];
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined while it still runs. */
  readonly status: ExitStatus | undefined;
  readonly tookMs: number;
}

export const testEnv: readonly (readonly [string, string])[] = [
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ['HOME', '/root'],
  ['HOSTNAME', 'box'],
];

export class TestMachine {
  readonly clock: Clock;
  readonly machine: Machine;
  readonly space: Space;

  constructor(options: TestMachineOptions = {}) {
    this.clock = new Clock({ startMs: Date.UTC(2026, 0, 5, 9, 0, 0) });
    const { clock } = this;
    const random = new Random(1, 'kernel');
    this.machine = new Machine({ clock, random, name: 'test', ...options.machine });
    const tree: Record<string, TreeEntry> = {
      'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nweb:x:1000:1000::/home/web:/bin/sh\n',
      'etc/group': 'root:x:0:\nweb:x:1000:\n',
      tmp: { directory: true, mode: 0o1777 },
      root: { directory: true, mode: 0o700 },
      ...options.files,
    };
    for (const [name, program] of Object.entries(options.programs ?? {})) {
      tree[name.includes('/') ? name : `bin/${name}`] = { program };
    }
    const space = this.machine.createSpace({
      image: imageTree(tree),
      uts: this.machine.createUts('box'),
      ipc: this.machine.createIpc(),
      network: this.machine.createNetwork(),
      mounts: options.mounts?.(this.machine) ?? [],
      ...options.space,
    });
    if ('error' in space) throw new Error(space.error);
    this.space = space;
  }

  /** Runs argv to its end, or for so long, as an exec; the first process of a container is its process 1 all the same. */
  run(
    argv: readonly string[],
    options: {
      readonly stdin?: string;
      readonly forMs?: number;
      readonly env?: Iterable<readonly [string, string]>;
      readonly cwd?: string;
      /** As the container's process 1. */
      readonly main?: boolean;
    } = {},
  ): RunResult {
    let stdout = '';
    let stderr = '';
    const startedMs = this.clock.nowMs();
    const input = new HostInput();
    const outcome = this.space[options.main === true ? 'start' : 'exec']({
      argv,
      env: options.env ?? testEnv,
      cwd: options.cwd,
      stdin: input.open(),
      stdout: new HostOutput((text) => (stdout += text)),
      stderr: new HostOutput((text) => (stderr += text)),
    });
    if ('error' in outcome) {
      return { stdout, stderr: outcome.error, status: undefined, tookMs: 0 };
    }
    input.write(options.stdin ?? '');
    input.end();
    this.finish(outcome, options.forMs ?? 60_000);
    const tookMs = this.clock.nowMs() - startedMs;
    return { stdout, stderr, status: outcome.exit, tookMs };
  }

  /** Lets time pass until the process has ended, at most so long. */
  finish(process: Process, forMs: number): void {
    const untilMs = this.clock.nowMs() + forMs;
    while (process.exit === undefined && this.clock.step(untilMs));
    if (process.exit === undefined) this.clock.advanceTo(untilMs);
  }
}
