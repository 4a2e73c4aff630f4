// -w: a line about the transfer.
import { headerValue } from '../http/message.ts';
import type { TransferInfo } from './transfer.ts';

export interface WriteOut {
  readonly stdout: string;
  readonly stderr: string;
}

/** Fills in `%{name}` and backslashes. */
export function writeOut(
  format: string,
  info: TransferInfo,
  outcome: { readonly code: number; readonly message: string; readonly file: string },
): WriteOut {
  const texts = { stdout: '', stderr: '' };
  let to: keyof typeof texts = 'stdout';
  const pieces = format.matchAll(/%\{([^}]*)\}|%%|\\([nrt])|[^%\\]+|[%\\]/g);
  for (const [piece, name, letter] of pieces) {
    if (name === 'stderr' || name === 'stdout') to = name;
    else if (name === 'onerror') {
      if (outcome.code === 0) break;
    } else if (name !== undefined) {
      const value = variable(name, info, outcome);
      if (value === undefined) texts.stderr += `curl: unknown --write-out variable: '${name}'\n`;
      else texts[to] += value;
    } else if (letter !== undefined) texts[to] += { n: '\n', r: '\r', t: '\t' }[letter] ?? '';
    else texts[to] += piece === '%%' ? '%' : piece;
  }
  return texts;
}

function variable(
  name: string,
  info: TransferInfo,
  outcome: { readonly code: number; readonly message: string; readonly file: string },
): string | undefined {
  const since = (ms: number): string => (Math.max(0, ms - info.startMs) / 1000).toFixed(6);
  const { connection } = info;
  const seconds = Math.max(info.endMs - info.startMs, 1) / 1000;
  const status = String(info.status).padStart(3, '0');
  const values: Readonly<Record<string, string>> = {
    content_type: headerValue(info.headers, 'content-type') ?? '',
    errormsg: outcome.message,
    exitcode: String(outcome.code),
    filename_effective: outcome.file,
    http_code: status,
    http_version: info.httpVersion,
    local_ip: connection?.connection.local.ip ?? '',
    local_port: String(connection?.connection.local.port ?? 0),
    method: info.method,
    num_connects: String(info.connects),
    num_headers: String(info.headers.length),
    num_redirects: String(info.redirects),
    redirect_url: info.redirectUrl,
    remote_ip: connection?.ip ?? '',
    remote_port: String(connection?.port ?? 0),
    response_code: status,
    scheme: info.url.startsWith('https:') ? 'HTTPS' : 'HTTP',
    size_download: String(info.downloadBytes),
    size_header: String(info.headerBytes),
    size_upload: String(info.uploadBytes),
    speed_download: String(Math.round(info.downloadBytes / seconds)),
    speed_upload: String(Math.round(info.uploadBytes / seconds)),
    ssl_verify_result: outcome.code === 60 ? '20' : '0',
    time_appconnect: info.url.startsWith('https:') ? since(info.connectMs) : '0.000000',
    time_connect: since(info.connectMs),
    time_namelookup: since(info.lookupMs),
    time_pretransfer: since(info.connectMs),
    time_redirect: '0.000000',
    time_starttransfer: since(info.firstByteMs),
    time_total: since(info.endMs),
    url: info.url,
    url_effective: info.url,
    urlnum: '0',
  };
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
