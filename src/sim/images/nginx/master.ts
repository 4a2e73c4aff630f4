// The master process: starts workers, watches over them, and passes signals on.
import type { Blocking, Listener, Process, SignalName, SocketAddress } from '../../kernel/types.ts';
import { isErrno } from '../../kernel/errno.ts';
import { signalNumber } from '../../kernel/signals.ts';
import type { NginxConfig } from './config.ts';
import { ConfigError } from './config-syntax.ts';
import type { NginxLogs } from './logs.ts';
import { Upstreams } from './proxy.ts';
import { runWorker } from './worker.ts';

export interface MasterOptions {
  readonly version: string;
  readonly config: NginxConfig;
  readonly listeners: readonly Listener[];
  readonly logs: NginxLogs;
  readonly upstreams: ReadonlyMap<string, readonly SocketAddress[]>;
  readonly pidFile: string;
  /** Reads the configuration anew. Throws ConfigError. */
  readonly reload: () => Blocking<{
    readonly config: NginxConfig;
    readonly upstreams: ReadonlyMap<string, readonly SocketAddress[]>;
  }>;
}

const handled: readonly SignalName[] = ['TERM', 'INT', 'QUIT', 'HUP', 'USR1', 'CHLD', 'WINCH'];

interface State {
  config: NginxConfig;
  upstreams: ReadonlyMap<string, readonly SocketAddress[]>;
  readonly workers: Set<number>;
  /** Workers of the configuration before a reload, told to leave. */
  readonly leaving: Set<number>;
  isEnding: boolean;
}

/** Runs the master until it is told to stop. The exit code is 0. */
export function* superviseWorkers(process: Process, options: MasterOptions): Blocking<number> {
  const { logs, config, upstreams } = options;
  for (const signal of handled) process.onSignal(signal, 'handle');
  const state: State = {
    config,
    upstreams,
    workers: new Set(),
    leaving: new Set(),
    isEnding: false,
  };
  process.argv = [`nginx: master process ${process.argv.join(' ')}`];
  yield* announce(process, options);
  yield* startWorkers(process, options, state);
  while (!state.isEnding || state.workers.size + state.leaving.size > 0) {
    const signal = process.takeSignal();
    if (signal === undefined) yield* process.waitFor([], undefined);
    else yield* act(process, signal, options, state);
  }
  yield* logs.write(process, 'notice', 'exit');
  if (process.files.exists(options.pidFile)) process.files.unlink(options.pidFile);
  return 0;
}

function* announce(process: Process, { logs, version }: MasterOptions): Blocking<void> {
  const release = readRelease(process);
  for (const text of [
    'using the "epoll" event method',
    `nginx/${version}`,
    `OS: Linux ${release}`,
    'getrlimit(RLIMIT_NOFILE): 1048576:1048576',
  ]) {
    yield* logs.write(process, 'notice', text);
  }
}

function readRelease(process: Process): string {
  try {
    return process.files.readText('/proc/sys/kernel/osrelease').trim();
  } catch (error) {
    if (!isErrno(error)) throw error;
    return '6.1.0';
  }
}

function* startWorkers(process: Process, options: MasterOptions, state: State): Blocking<void> {
  yield* options.logs.write(process, 'notice', 'start worker processes');
  const count = state.config.workers ?? process.host.cpuCount;
  for (let index = 0; index < count; index += 1) yield* startWorker(process, options, state);
}

function* startWorker(process: Process, options: MasterOptions, state: State): Blocking<void> {
  const { logs, version, listeners } = options;
  const { config } = state;
  const upstreams = new Upstreams(state.upstreams);
  const worker = process.spawn({
    argv: ['nginx: worker process'],
    program: (self) => runWorker(self, { version, config, listeners, logs, upstreams }),
  });
  state.workers.add(worker.pid);
  yield* logs.write(process, 'notice', `start worker process ${worker.pid}`);
}

function* act(
  process: Process,
  signal: SignalName,
  options: MasterOptions,
  state: State,
): Blocking<void> {
  const { logs } = options;
  const name = `signal ${signalNumber(signal)} (SIG${signal}) received`;
  if (signal === 'CHLD') return yield* reap(process, options, state);
  if (signal === 'WINCH' || signal === 'USR1') {
    return yield* logs.write(process, 'notice', name);
  }
  if (signal === 'HUP') {
    yield* logs.write(process, 'notice', `${name}, reconfiguring`);
    return yield* reload(process, options, state);
  }
  const what = signal === 'QUIT' ? 'shutting down' : 'exiting';
  yield* logs.write(process, 'notice', `${name}, ${what}`);
  state.isEnding = true;
  for (const listener of options.listeners) listener.close();
  tell(process, [...state.workers, ...state.leaving], signal === 'QUIT' ? 'QUIT' : 'TERM');
}

function* reap(process: Process, options: MasterOptions, state: State): Blocking<void> {
  const { logs } = options;
  for (const pid of [...state.workers, ...state.leaving]) {
    if (process.host.processes().some((each) => each.pid === pid && each.state !== 'Z')) continue;
    const ended = yield* process.wait(pid);
    const wasCurrent = state.workers.delete(pid);
    state.leaving.delete(pid);
    if (ended === undefined) continue;
    const { code, signal } = ended.status;
    const how = signal === undefined ? `code ${code}` : `signal ${signalNumber(signal)}`;
    const exited = signal === undefined ? 'exited with' : 'exited on';
    const level = signal === undefined ? 'notice' : 'alert';
    yield* logs.write(process, level, `worker process ${pid} ${exited} ${how}`);
    if (wasCurrent && !state.isEnding) yield* startWorker(process, options, state);
  }
}

function* reload(process: Process, options: MasterOptions, state: State): Blocking<void> {
  try {
    const next = yield* options.reload();
    state.config = next.config;
    state.upstreams = next.upstreams;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return yield* options.logs.write(process, 'emerg', error.message);
  }
  const old = [...state.workers];
  state.workers.clear();
  for (const pid of old) state.leaving.add(pid);
  yield* startWorkers(process, options, state);
  tell(process, old, 'QUIT');
}

function tell(process: Process, pids: readonly number[], signal: SignalName): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
}
