// What http, server and location blocks set for the requests that they answer. What real nginx knows and this one
// does not is refused by name, so that a configuration never means something else here.
import { ConfigError, type Directive } from './config-syntax.ts';

/** What http, server and location blocks inherit from one another. */
export interface Settings {
  root: string;
  alias: string | undefined;
  index: readonly string[];
  accessLog: { readonly path: string; readonly format: string } | undefined;
  answer: { readonly status: number; readonly text: string } | undefined;
  proxyTo: string | undefined;
  proxyHeaders: readonly (readonly [string, string])[];
  proxyTimeoutMs: number;
  headers: readonly (readonly [string, string])[];
  errorPages: ReadonlyMap<number, string>;
  tryFiles: readonly string[];
  isStatus: boolean;
  defaultType: string;
}

/** Without any effect that a lesson could see. */
const withoutEffect = new Set(
  (
    'user pid events worker_rlimit_nofile include types sendfile tcp_nopush tcp_nodelay gzip gzip_types ' +
    'keepalive_timeout keepalive_requests server_tokens types_hash_max_size charset ' +
    'client_max_body_size client_body_timeout client_header_timeout proxy_http_version proxy_buffering ' +
    'proxy_redirect send_timeout expires etag worker_connections multi_accept use ' +
    'server_names_hash_bucket_size keepalive'
  ).split(' '),
);

/** Real directives that are refused in words. */
const notModelled = new Set(
  (
    'rewrite if set map geo split_clients limit_req limit_req_zone limit_conn limit_conn_zone auth_basic ' +
    'auth_request fastcgi_pass uwsgi_pass grpc_pass proxy_cache proxy_cache_path stream mail sub_filter ' +
    'mirror internal allow deny satisfy autoindex resolver least_conn ip_hash hash js_import load_module ' +
    'ssl_certificate ssl_certificate_key ssl_protocols ssl_ciphers'
  ).split(' '),
);

export const initialSettings: Settings = {
  root: '/etc/nginx/html',
  alias: undefined,
  index: ['index.html'],
  accessLog: { path: '/var/log/nginx/access.log', format: 'combined' },
  answer: undefined,
  proxyTo: undefined,
  proxyHeaders: [],
  proxyTimeoutMs: 60_000,
  headers: [],
  errorPages: new Map(),
  tryFiles: [],
  isStatus: false,
  defaultType: 'text/plain',
};

/** Refuses directives that are neither in the list nor without effect. */
export function checkKnown(directives: readonly Directive[], known: readonly string[]): void {
  for (const { name, file, line } of directives) {
    if (known.includes(name) || withoutEffect.has(name)) continue;
    throw new ConfigError(
      notModelled.has(name)
        ? `directive "${name}" is not modelled by this simulator in ${file}:${line}`
        : `unknown directive "${name}" in ${file}:${line}`,
    );
  }
}

const settingNames = (
  'root alias index access_log error_log return proxy_pass proxy_set_header proxy_connect_timeout ' +
  'proxy_read_timeout proxy_send_timeout add_header error_page try_files stub_status default_type'
).split(' ');

/** The settings of a block on top of those around it. `blocks` are further names that the caller reads. */
export function applySettings(
  outer: Settings,
  directives: readonly Directive[],
  blocks: readonly string[],
): Settings {
  checkKnown(directives, [...settingNames, ...blocks]);
  const settings: Settings = { ...outer };
  const own = { headers: [] as (readonly [string, string])[], proxy: [...settings.proxyHeaders] };
  for (const directive of directives) {
    const { name, words } = directive;
    const [first = '', second = ''] = words;
    if (name === 'root') [settings.root, settings.alias] = [first, undefined];
    else if (name === 'alias') settings.alias = first;
    else if (name === 'index') settings.index = words;
    else if (name === 'access_log') settings.accessLog = readAccessLog(first, second);
    else if (name === 'return') settings.answer = readReturn(directive);
    else if (name === 'proxy_pass') settings.proxyTo = checkProxy(directive);
    else if (name === 'proxy_set_header') own.proxy.push([first, second]);
    else if (name === 'proxy_connect_timeout') settings.proxyTimeoutMs = readDuration(first);
    else if (name === 'add_header') own.headers.push([first, second]);
    else if (name === 'try_files') settings.tryFiles = words;
    else if (name === 'stub_status') settings.isStatus = true;
    else if (name === 'default_type') settings.defaultType = first;
    else if (name === 'error_page') settings.errorPages = addErrorPages(settings.errorPages, words);
  }
  if (own.headers.length > 0) settings.headers = own.headers;
  settings.proxyHeaders = own.proxy;
  return settings;
}

function readAccessLog(path: string, format: string): Settings['accessLog'] {
  if (path === 'off') return undefined;
  return { path, format: format === '' || format.includes('=') ? 'combined' : format };
}

function readReturn({ words, file, line }: Directive): Settings['answer'] {
  const [first = '', second = ''] = words;
  if (/^https?:\/\//.test(first)) return { status: 302, text: first };
  if (!/^\d{1,3}$/.test(first)) {
    throw new ConfigError(`invalid return code "${first}" in ${file}:${line}`);
  }
  return { status: Number(first), text: second };
}

function checkProxy({ words, file, line }: Directive): string {
  const url = words[0] ?? '';
  if (url.startsWith('http://')) return url;
  if (url.startsWith('https://')) {
    throw new ConfigError(
      `proxy_pass to https is not modelled by this simulator in ${file}:${line}`,
    );
  }
  throw new ConfigError(`invalid URL prefix in ${file}:${line}`);
}

function addErrorPages(
  pages: ReadonlyMap<number, string>,
  words: readonly string[],
): ReadonlyMap<number, string> {
  const target = words[words.length - 1] ?? '';
  return new Map([...pages, ...words.slice(0, -1).map((code) => [Number(code), target] as const)]);
}

function readDuration(text: string): number {
  const found = /^(\d{1,6})(ms|s|m)?$/.exec(text);
  const unitMs = { ms: 1, s: 1000, m: 60_000 }[found?.[2] ?? 's'] ?? 1000;
  return Number(found?.[1] ?? '60') * unitMs;
}
