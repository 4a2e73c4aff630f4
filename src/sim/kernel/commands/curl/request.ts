// The request that curl's options make.
import { isErrno } from '../../errno.ts';
import type { Blocking, Process } from '../../types.ts';
import { byteLength, toBytes } from '../base/bytes.ts';
import { headText, headerValue, type HeaderList } from '../http/message.ts';
import { hostHeader, type Url } from '../http/url.ts';
import { encodeBase64 } from '../text/base64.ts';
import { CurlError } from './failure.ts';
import type { CurlOptions } from './options.ts';

export const curlVersion = '7.88.1';

export interface CurlRequest {
  readonly method: string;
  readonly url: Url;
  readonly head: string;
  readonly body: string | undefined;
  /** The same request to another address, as a GET without a body where that is the rule. */
  again(url: Url, asGet: boolean): CurlRequest;
}

/** Puts a request together. Waits where data comes from standard input. Throws CurlError. */
export function* requestOf(
  process: Process,
  options: CurlOptions,
  url: Url,
): Blocking<CurlRequest> {
  const data = yield* dataOf(process, options);
  const upload = options.value('T');
  const inQuery = options.has('G') && data !== undefined;
  const target = inQuery
    ? `${url.target}${url.target.includes('?') ? '&' : '?'}${data}`
    : url.target;
  const body =
    upload === undefined ? (inQuery ? undefined : data) : yield* fileText(process, upload);
  const usual = options.has('I')
    ? 'HEAD'
    : upload !== undefined
      ? 'PUT'
      : body !== undefined
        ? 'POST'
        : 'GET';
  return build(options, { ...url, target }, options.value('X') ?? usual, body);
}

function build(
  options: CurlOptions,
  url: Url,
  method: string,
  body: string | undefined,
): CurlRequest {
  const version = options.has('0') ? '1.0' : '1.1';
  return {
    method,
    url,
    head: headText(`${method} ${url.target} HTTP/${version}`, headersOf(options, url, body)),
    body,
    again: (next, asGet) => build(options, next, asGet ? 'GET' : method, asGet ? undefined : body),
  };
}

/** In curl's order; what -H names takes the place of curl's own, or removes it when it has no value. */
function headersOf(options: CurlOptions, url: Url, body: string | undefined): HeaderList {
  const own: [string, string][] = [['Host', hostHeader(url)]];
  const credentials =
    options.value('u') ?? (url.credentials === undefined ? undefined : decoded(url.credentials));
  if (credentials !== undefined)
    own.push(['Authorization', `Basic ${encodeBase64(toBytes(credentials))}`]);
  own.push(['User-Agent', options.value('A') ?? `curl/${curlVersion}`]);
  const json = options.has('json');
  if (!json) own.push(['Accept', '*/*']);
  if (options.has('compressed')) own.push(['Accept-Encoding', 'deflate, gzip, br, zstd']);
  const referer = options.value('e');
  if (referer !== undefined) own.push(['Referer', referer]);
  const cookie = options.value('b');
  if (cookie !== undefined) own.push(['Cookie', cookie]);
  const given = options.headers();
  if (json) own.push(['Content-Type', 'application/json'], ['Accept', 'application/json']);
  const rest: [string, string][] = [];
  if (body !== undefined) {
    rest.push(['Content-Length', String(byteLength(body))]);
    if (!json && !options.has('T'))
      rest.push(['Content-Type', 'application/x-www-form-urlencoded']);
  }
  const kept = (list: readonly [string, string][]): readonly [string, string][] =>
    list.filter(([name]) => headerValue(given, name) === undefined);
  const host = headerValue(given, 'host');
  const first: HeaderList = host ? [['Host', host]] : own.slice(0, 1);
  const custom = given.filter(([name, value]) => value !== '' && name.toLowerCase() !== 'host');
  return [...first, ...kept(own.slice(1)), ...custom, ...kept(rest)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** All data options joined by `&` (--json without). */
function* dataOf(process: Process, options: CurlOptions): Blocking<string | undefined> {
  const parts: string[] = [];
  const given = options.data();
  for (const [option, value] of given) {
    if (option === 'data-urlencode') parts.push(yield* urlEncoded(process, value));
    else if (option === 'data-raw' || !value.startsWith('@')) parts.push(value);
    else {
      const text = yield* dataFile(process, options, value.slice(1));
      parts.push(option === 'd' ? text.replace(/[\r\n]/g, '') : text);
    }
  }
  if (given.length === 0) return undefined;
  return parts.join(options.has('json') ? '' : '&');
}

function* dataFile(process: Process, options: CurlOptions, path: string): Blocking<string> {
  try {
    return yield* fileText(process, path);
  } catch (thrown) {
    if (!(thrown instanceof CurlError)) throw thrown;
    if (!options.has('s')) {
      yield* process.write(
        2,
        `Warning: Couldn't read data from file "${path}", this makes an empty POST.\n`,
      );
    }
    return '';
  }
}

function* fileText(process: Process, path: string): Blocking<string> {
  if (path !== '-') {
    try {
      return process.files.readText(path);
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      throw new CurlError(26, 'Failed to open/read local data from file/application');
    }
  }
  let text = '';
  for (let part = yield* process.read(0); part !== undefined; part = yield* process.read(0)) {
    text += part;
    if (text.length > 8_388_608) throw new CurlError(27, 'Out of memory');
  }
  return text;
}

/** `value`, `=value`, `name=value`, `@file`, `name@file`. */
function* urlEncoded(process: Process, value: string): Blocking<string> {
  const at = value.search(/[=@]/);
  if (at < 0) return encodeURIComponent(value);
  const name = value.slice(0, at);
  const rest = value.slice(at + 1);
  const text = value[at] === '@' ? yield* fileText(process, rest) : rest;
  return (name === '' ? '' : `${name}=`) + percentEncoded(text);
}

/** Everything but letters, digits, `-._~`. */
function percentEncoded(text: string): string {
  return toBytes(text)
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9._~-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
