// The meaning of nginx.conf, as far as lessons need it. What real nginx knows and this one does not is refused by
// name, so that a configuration never means something else here.
import { ConfigError, parseConfig, type Directive } from './config-syntax.ts';
import { applySettings, checkKnown, initialSettings, type Settings } from './settings.ts';

export interface Listen {
  readonly ip: string;
  readonly port: number;
  readonly isDefault: boolean;
}

export interface Location {
  readonly match: 'prefix' | 'exact' | 'preferred';
  readonly path: string;
  readonly settings: Settings;
}

export interface ServerBlock {
  readonly listens: readonly Listen[];
  readonly names: readonly string[];
  readonly settings: Settings;
  readonly locations: readonly Location[];
}

export interface NginxConfig {
  /** Undefined for `auto`. */
  readonly workers: number | undefined;
  readonly isDaemon: boolean;
  readonly errorLog: string;
  readonly errorLevel: string;
  readonly servers: readonly ServerBlock[];
  readonly upstreams: ReadonlyMap<string, readonly string[]>;
  /** By name, the text with variables that each request writes. */
  readonly logFormats: ReadonlyMap<string, string>;
}

/** How a file named by `include` is read; undefined when it cannot be. */
export interface ConfigFiles {
  read(path: string): string | undefined;
  /** The files that a pattern with `*` in its last part means, in the order of their names. */
  match(pattern: string): readonly string[];
}

/** Reads the configuration and everything that it includes. Throws ConfigError with nginx's words. */
export function readNginxConfig(path: string, files: ConfigFiles, extra = ''): NginxConfig {
  const text = files.read(path);
  if (text === undefined) {
    throw new ConfigError(`open() "${path}" failed (2: No such file or directory)`);
  }
  const main = [...expand(parseConfig(path, text), files, 0), ...parseConfig('-g', extra)];
  const named = (name: string) => main.findLast((directive) => directive.name === name)?.words[0];
  const http = main.filter(({ name }) => name === 'http').flatMap(({ block }) => block ?? []);
  const known = 'http error_log worker_processes daemon master_process';
  checkKnown(main, known.split(' '));
  const [errorLog = '/var/log/nginx/error.log', errorLevel = 'error'] =
    main.findLast(({ name }) => name === 'error_log')?.words ?? [];
  const workers = named('worker_processes') ?? '1';
  const settings = applySettings(initialSettings, http, ['server', 'upstream', 'log_format']);
  return {
    workers: workers === 'auto' ? undefined : Math.max(1, Number(workers) || 1),
    isDaemon: named('daemon') !== 'off',
    errorLog,
    errorLevel,
    servers: http.filter(({ name }) => name === 'server').map((each) => readServer(each, settings)),
    logFormats: readLogFormats(http),
    upstreams: new Map(
      http
        .filter(({ name }) => name === 'upstream')
        .map((each) => [each.words[0] ?? '', readUpstream(each)]),
    ),
  };
}

function expand(
  directives: readonly Directive[],
  files: ConfigFiles,
  depth: number,
): readonly Directive[] {
  return directives.flatMap((directive): readonly Directive[] => {
    const { name, words, file, line, block } = directive;
    if (name !== 'include') {
      return [
        block === undefined ? directive : { ...directive, block: expand(block, files, depth) },
      ];
    }
    if (depth > 8) throw new ConfigError(`too many levels of include in ${file}:${line}`);
    const pattern = absolute(words[0] ?? '');
    const paths = pattern.includes('*') ? files.match(pattern) : [pattern];
    return paths.flatMap((path) => {
      const text = files.read(path);
      if (text !== undefined) return expand(parseConfig(path, text), files, depth + 1);
      throw new ConfigError(
        `open() "${path}" failed (2: No such file or directory) in ${file}:${line}`,
      );
    });
  });
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `/etc/nginx/${path}`;
}

function readServer(directive: Directive, outer: Settings): ServerBlock {
  const block = directive.block ?? [];
  const own = ['listen', 'server_name', 'location'];
  const settings = applySettings(outer, block, own);
  const listens = block.filter(({ name }) => name === 'listen').map(readListen);
  return {
    listens:
      listens.length > 0
        ? listens.filter((listen) => listen !== undefined)
        : [{ ip: '0.0.0.0', port: 80, isDefault: false }],
    names: block.filter(({ name }) => name === 'server_name').flatMap(({ words }) => words),
    settings,
    locations: block
      .filter(({ name }) => name === 'location')
      .map((each) => readLocation(each, settings)),
  };
}

/** Undefined for an IPv6 address: Pods here have none, and nginx' own default file names `[::]:80`. */
function readListen({ words, file, line }: Directive): Listen | undefined {
  const [address = '', ...flags] = words;
  const isDefault = flags.includes('default_server');
  if (flags.includes('ssl')) {
    throw new ConfigError(
      `listening with "ssl" is not modelled by this simulator in ${file}:${line}`,
    );
  }
  if (address.startsWith('[')) return undefined;
  const colon = address.lastIndexOf(':');
  const ip = colon < 0 ? '0.0.0.0' : address.slice(0, colon);
  const port = Number(colon < 0 ? address : address.slice(colon + 1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) return { ip: address, port: 80, isDefault };
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    const why = colon < 0 ? 'host not found' : 'invalid port';
    throw new ConfigError(`${why} in "${address}" of the "listen" directive in ${file}:${line}`);
  }
  const named: Readonly<Record<string, string>> = { '*': '0.0.0.0', localhost: '127.0.0.1' };
  return { ip: named[ip] ?? ip, port, isDefault };
}

function readLocation(directive: Directive, outer: Settings): Location {
  const { words, block, file, line } = directive;
  const [first = '', second] = words;
  if (first.startsWith('~') || first.startsWith('@')) {
    throw new ConfigError(
      `location "${first}" is not modelled by this simulator in ${file}:${line}`,
    );
  }
  const settings = applySettings({ ...outer, answer: undefined }, block ?? [], []);
  if (second === undefined) return { match: 'prefix', path: first, settings };
  if (first === '=') return { match: 'exact', path: second, settings };
  if (first === '^~') return { match: 'preferred', path: second, settings };
  throw new ConfigError(`invalid location modifier "${first}" in ${file}:${line}`);
}

const combined =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent ' +
  '"$http_referer" "$http_user_agent"';

function readLogFormats(http: readonly Directive[]): ReadonlyMap<string, string> {
  const own = http
    .filter(({ name }) => name === 'log_format')
    .map(({ words }) => [words[0] ?? '', words.slice(1).join('')] as const);
  return new Map([['combined', combined], ...own]);
}

function readUpstream({ block, file, line }: Directive): readonly string[] {
  checkKnown(block ?? [], ['server']);
  const servers = (block ?? []).filter(({ name }) => name === 'server');
  if (servers.length === 0)
    throw new ConfigError(`no servers are inside upstream in ${file}:${line}`);
  return servers.map(({ words }) => words[0] ?? '');
}
