// The program /usr/sbin/nginx: the master process, and what its options do.
import { resolveHost } from '../../kernel/commands/dns/resolve.ts';
import { isErrno } from '../../kernel/errno.ts';
import type {
  Blocking,
  Files,
  Listener,
  Process,
  Program,
  SignalName,
  SocketAddress,
} from '../../kernel/types.ts';
import { numbered } from '../servers/errno-numbers.ts';
import { readNginxConfig, type ConfigFiles, type NginxConfig } from './config.ts';
import { ConfigError } from './config-syntax.ts';
import { NginxLogs } from './logs.ts';
import { superviseWorkers } from './master.ts';
import { parseOptions, type NginxOptions } from './options.ts';
import { parseProxyTarget, serversOf } from './proxy.ts';

const pidFile = '/run/nginx.pid';
const bindAttempts = 5;
const bindPauseMs = 500;
const temporaryFolders = ['client', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
  (name) => `/var/cache/nginx/${name}_temp`,
);

/** What ends nginx before it serves: the words after `[emerg]`. */
class Emergency extends Error {
  readonly atMs: number | undefined;

  constructor(text: string, atMs?: number) {
    super(text);
    this.atMs = atMs;
  }
}

/** The program for one version. */
export function nginxProgram(version: string): Program {
  return function* nginx(process) {
    const options = parseOptions(process.argv.slice(1));
    if ('error' in options) {
      yield* process.write(2, `nginx: ${options.error}\n`);
      return 1;
    }
    if (options.showVersion) {
      yield* process.write(2, `nginx version: nginx/${version}\n`);
      return 0;
    }
    const logs = new NginxLogs('/var/log/nginx/error.log', 'notice');
    try {
      const config = readNginxConfig(
        options.configPath,
        configFiles(process.files),
        options.globals,
      );
      if (options.signal !== undefined) return yield* signalMaster(process, options.signal);
      const upstreams = yield* lookUpUpstreams(process, config);
      if (options.isTest) return yield* reportTest(process, options);
      return yield* start(process, { version, config, options, upstreams });
    } catch (error) {
      if (!(error instanceof ConfigError || error instanceof Emergency)) throw error;
      const atMs = error instanceof Emergency ? error.atMs : undefined;
      return yield* giveUp(process, logs, { text: error.message, atMs }, options);
    }
  };
}

/** Both the error log and stderr get the last words. */
function* giveUp(
  process: Process,
  logs: NginxLogs,
  { text, atMs }: { readonly text: string; readonly atMs: number | undefined },
  { configPath, isTest }: NginxOptions,
): Blocking<number> {
  yield* logs.write(process, 'emerg', text, atMs);
  yield* process.write(2, `nginx: [emerg] ${text}\n`);
  if (isTest) yield* process.write(2, `nginx: configuration file ${configPath} test failed\n`);
  return 1;
}

function* reportTest(process: Process, { configPath }: NginxOptions): Blocking<number> {
  yield* process.write(2, `nginx: the configuration file ${configPath} syntax is ok\n`);
  yield* process.write(2, `nginx: configuration file ${configPath} test is successful\n`);
  return 0;
}

/** `nginx -s`: the running master's pid is in its file. */
function* signalMaster(process: Process, signal: SignalName): Blocking<number> {
  const fail = function* (text: string): Blocking<number> {
    yield* process.write(2, `nginx: [error] ${text}\n`);
    return 1;
  };
  try {
    const pid = Number(process.files.readText(pidFile).trim());
    if (!(pid > 0)) return yield* fail(`invalid PID number "" in "${pidFile}"`);
    process.kill(pid, signal);
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return yield* fail(`open() "${pidFile}" failed (${numbered(error)})`);
  }
}

interface StartOptions {
  readonly version: string;
  readonly config: NginxConfig;
  readonly options: NginxOptions;
  readonly upstreams: ReadonlyMap<string, readonly SocketAddress[]>;
}

function* start(process: Process, prepared: StartOptions): Blocking<number> {
  const { config, version, options } = prepared;
  const logs = new NginxLogs(config.errorLog, config.errorLevel);
  prepareFolders(process);
  const listeners = yield* bindAll(process, config, logs);
  process.isSteady = prepared.upstreams.size === 0;
  try {
    process.files.writeText(pidFile, `${process.pid}\n`);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Emergency(`open() "${pidFile}" failed (${numbered(error)})`);
  }
  const read = () =>
    readNginxConfig(options.configPath, configFiles(process.files), options.globals);
  return yield* superviseWorkers(process, {
    version,
    config,
    listeners,
    logs,
    upstreams: prepared.upstreams,
    reload: function* () {
      const next = read();
      return { config: next, upstreams: yield* lookUpUpstreams(process, next) };
    },
    pidFile,
  });
}

function prepareFolders(process: Process): void {
  for (const folder of temporaryFolders) {
    if (process.files.exists(folder)) continue;
    try {
      process.files.mkdir(folder, { mode: 0o700 });
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new Emergency(`mkdir() "${folder}" failed (${numbered(error)})`);
    }
  }
}

/** Binds every address; five attempts half a second apart while one is in use (ngx_open_listening_sockets). */
function* bindAll(
  process: Process,
  config: NginxConfig,
  logs: NginxLogs,
): Blocking<readonly Listener[]> {
  // nginx reads the clock once per event loop, so all these lines carry the time of the start.
  const startedMs = process.clock.nowMs();
  const open = new Map<string, Listener>();
  for (let attempt = 1; attempt <= bindAttempts; attempt += 1) {
    let isBusy = false;
    for (const { ip, port } of config.servers.flatMap(({ listens }) => listens)) {
      const name = `${ip}:${port}`;
      if (open.has(name)) continue;
      try {
        open.set(name, process.sockets.listen({ ip, port }));
      } catch (error) {
        if (!isErrno(error)) throw error;
        const text = `bind() to ${name} failed (${numbered(error)})`;
        if (error.code !== 'EADDRINUSE') throw new Emergency(text);
        isBusy = true;
        yield* logs.write(process, 'emerg', text, startedMs);
        yield* process.write(2, `nginx: [emerg] ${text}\n`);
      }
    }
    if (!isBusy) return [...open.values()];
    yield* logs.write(process, 'notice', `try again to bind() after ${bindPauseMs}ms`, startedMs);
    yield* process.sleep(bindPauseMs);
  }
  throw new Emergency('still could not bind()', startedMs);
}

/** The addresses of every proxy_pass, looked up once as nginx does; a name that nobody knows ends the start. */
function* lookUpUpstreams(
  process: Process,
  config: NginxConfig,
): Blocking<ReadonlyMap<string, readonly SocketAddress[]>> {
  const found = new Map<string, readonly SocketAddress[]>();
  const settings = config.servers.flatMap((server) => [
    server.settings,
    ...server.locations.map((location) => location.settings),
  ]);
  for (const { proxyTo } of settings) {
    if (proxyTo === undefined) continue;
    const target = parseProxyTarget(proxyTo);
    const addresses: SocketAddress[] = [];
    for (const { host, port } of serversOf(config, target)) {
      const resolved = yield* resolveHost(process, host);
      if (resolved.kind !== 'found') throw new Emergency(`host not found in upstream "${host}"`);
      addresses.push(...resolved.addresses.map((ip) => ({ ip, port })));
    }
    found.set(target.authority, addresses);
  }
  return found;
}

function configFiles(files: Files): ConfigFiles {
  return {
    read(path) {
      try {
        return files.readText(path);
      } catch (error) {
        if (!isErrno(error)) throw error;
        return undefined;
      }
    },
    match(pattern) {
      const slash = pattern.lastIndexOf('/');
      const [folder, name] = [pattern.slice(0, slash), pattern.slice(slash + 1)];
      const [before = '', after = ''] = name.split('*');
      if (!files.exists(folder)) return [];
      return files
        .list(folder)
        .filter((each) => each.startsWith(before) && each.endsWith(after) && !each.startsWith('.'))
        .map((each) => `${folder}/${each}`);
    },
  };
}
