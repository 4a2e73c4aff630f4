// wget of busybox.
import { byteLength, toBytes } from '../base/bytes.ts';
import { command, type Call } from '../base/command.ts';
import { timedOut, withDeadline } from '../base/deadline.ts';
import { asErrno, errnoText } from '../base/errors.ts';
import { parseInteger } from '../base/numbers.ts';
import { resolveHost } from '../dns/resolve.ts';
import { connectTo, parseStatusLine, responseFraming } from '../http/client.ts';
import { headerValue, headText, type HeaderList } from '../http/message.ts';
import { bodyState, HttpReader, type BodyFraming } from '../http/reader.ts';
import { greetServer } from '../http/tls.ts';
import { hostHeader, parseUrl, resolveLocation, type Url } from '../http/url.ts';
import { encodeBase64 } from '../text/base64.ts';
import type { Blocking, Connection } from '../../types.ts';

const maxRedirects = 5;
const defaultTimeoutSeconds = 900;

/** Ends the download with a message. */
class WgetError extends Error {}

export const wget = command({
  options: 'cqSO:o:T:t:P:U:Y:b{spider}{header}:{post-data}:{post-file}:{no-check-certificate}',
  long: {
    continue: 'c',
    quiet: 'q',
    'server-response': 'S',
    'output-document': 'O',
    'output-file': 'o',
    timeout: 'T',
    tries: 't',
    'directory-prefix': 'P',
    'user-agent': 'U',
    spider: 'spider',
    header: 'header',
    'post-data': 'post-data',
    'post-file': 'post-file',
    'no-check-certificate': 'no-check-certificate',
  },
  usage:
    '[-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR] [--post-data STR | --post-file FILE] [--no-check-certificate] [-T SEC] [-P DIR] [-U AGENT] URL...',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse();
    const word = call.value('T');
    const seconds = word === undefined ? defaultTimeoutSeconds : parseInteger(word);
    if (seconds === undefined) return yield* call.fail(`invalid number '${word ?? ''}'`);
    try {
      for (const address of call.operands) yield* new Download(call, seconds * 1000).run(address);
      return 0;
    } catch (thrown) {
      if (!(thrown instanceof WgetError)) throw thrown;
      return yield* call.fail(thrown.message);
    }
  },
});

class Download {
  readonly #call: Call;
  readonly #timeoutMs: number;
  readonly #quiet: boolean;
  #connection: Connection | undefined;

  constructor(call: Call, timeoutMs: number) {
    this.#call = call;
    this.#timeoutMs = timeoutMs;
    this.#quiet = call.has('q');
  }

  *run(address: string): Blocking<void> {
    try {
      let url = this.#parse(parseUrl(address), address);
      for (let redirects = 0; ; redirects += 1) {
        const { reader, framing, next } = yield* this.#ask(url);
        if (next === undefined) {
          yield* this.#save(url, reader, framing);
          return;
        }
        if (redirects >= maxRedirects) throw new WgetError('too many redirections');
        url = this.#parse(resolveLocation(url, next), next);
        this.#connection?.close();
      }
    } finally {
      this.#connection?.close();
    }
  }

  #parse(url: ReturnType<typeof parseUrl>, address: string): Url {
    if (url === 'scheme') throw new WgetError(`not an http or ftp url: ${address}`);
    if (url === 'port') throw new WgetError(`bad port spec '${address.replace(/^\w+:\/\//, '')}'`);
    if (url === 'host') throw new WgetError("bad address ''");
    return url;
  }

  *#say(text: string): Blocking<void> {
    if (!this.#quiet) yield* this.#call.process.write(2, text);
  }

  /** Every phase has the whole time limit to itself. */
  *#limited<T>(step: Blocking<T>): Blocking<T> {
    const { clock } = this.#call.process;
    const deadlineMs = this.#timeoutMs === 0 ? undefined : clock.nowMs() + this.#timeoutMs;
    const outcome = yield* withDeadline(clock, deadlineMs, step);
    if (outcome === timedOut) throw new WgetError('download timed out');
    return outcome as T;
  }

  *#connect(url: Url): Blocking<Connection> {
    const { process } = this.#call;
    const resolved = yield* resolveHost(process, url.host);
    if (resolved.kind !== 'found') throw new WgetError(`bad address '${url.host}'`);
    yield* this.#say(
      `Connecting to ${hostHeader(url)} (${resolved.addresses[0] ?? ''}:${url.port})\n`,
    );
    const outcome = yield* this.#limited(
      connectTo(process, resolved.addresses.slice(0, 1), url.port),
    );
    if (outcome.kind !== 'connected') {
      const [ip, message] = outcome.kind === 'failed' ? [outcome.ip, outcome.message] : ['', ''];
      throw new WgetError(`can't connect to remote host (${ip}): ${message}`);
    }
    return outcome.connection;
  }

  *#ask(url: Url) {
    const { process } = this.#call;
    this.#connection = yield* this.#connect(url);
    const connection = this.#connection;
    const reader = new HttpReader(connection);
    try {
      if (url.scheme === 'https') yield* this.#limited(this.#secure(connection, reader, url));
      yield* connection.write(this.#request(url));
      const head = yield* this.#limited(reader.head());
      const line = typeof head === 'string' ? undefined : parseStatusLine(head.start);
      if (typeof head === 'string' || line === undefined)
        throw new WgetError('error getting response');
      if (this.#call.has('S')) yield* process.write(2, indented(head));
      const location = headerValue(head.headers, 'location');
      if (line.status >= 300 && line.status < 400 && location !== undefined) {
        return { reader, framing: undefined, next: location };
      }
      if (line.status < 200 || line.status >= 300) {
        throw new WgetError(`server returned error: ${head.start}`);
      }
      return {
        reader,
        framing: responseFraming(this.#method(), line.status, head.headers),
        next: undefined,
      };
    } catch (thrown) {
      if (thrown instanceof WgetError) throw thrown;
      throw new WgetError(`error getting response: ${asErrno(thrown).message}`);
    }
  }

  /** busybox does not check certificates, and says so. */
  *#secure(connection: Connection, reader: HttpReader, url: Url): Blocking<void> {
    if (!this.#call.has('no-check-certificate')) {
      yield* this.#call.process.write(
        2,
        'wget: note: TLS certificate validation not implemented\n',
      );
    }
    const certificate = yield* greetServer(connection, reader, url.host);
    if (typeof certificate === 'string')
      throw new WgetError('TLS error from peer (alert code 80): 80');
  }

  #method(): string {
    if (this.#call.has('post-data') || this.#call.has('post-file')) return 'POST';
    return this.#call.has('spider') ? 'HEAD' : 'GET';
  }

  #request(url: Url): string {
    const { process } = this.#call;
    const file = this.#call.value('post-file');
    let body = this.#call.value('post-data');
    try {
      if (file !== undefined) body = process.files.readText(file);
    } catch (thrown) {
      throw new WgetError(`can't open '${file ?? ''}': ${errnoText(thrown)}`);
    }
    const headers: [string, string][] = [
      ['Host', hostHeader(url)],
      ['User-Agent', this.#call.value('U') ?? 'Wget'],
      ['Connection', 'close'],
    ];
    if (url.credentials !== undefined) {
      headers.push(['Authorization', `Basic ${encodeBase64(toBytes(url.credentials))}`]);
    }
    for (const extra of this.#call.values('header')) {
      const colon = extra.indexOf(':');
      if (colon > 0) replaceHeader(headers, extra.slice(0, colon), extra.slice(colon + 1).trim());
    }
    if (body !== undefined) {
      replaceHeader(
        headers,
        'Content-Type',
        headerValue(headers, 'content-type') ?? 'application/x-www-form-urlencoded',
      );
      headers.push(['Content-Length', String(byteLength(body))]);
    }
    return headText(`${this.#method()} ${url.target} HTTP/1.1`, headers) + (body ?? '');
  }

  *#save(url: Url, reader: HttpReader, framing: BodyFraming | undefined): Blocking<void> {
    if (this.#call.has('spider') || framing === undefined) {
      yield* this.#say('remote file exists\n');
      return;
    }
    const { process } = this.#call;
    const name = url.target.replace(/\?.*$/s, '').split('/').at(-1) || 'index.html';
    const folder = this.#call.value('P');
    const chosen = this.#call.value('O');
    const target = chosen ?? (folder === undefined ? name : `${folder}/${name}`);
    const output = this.#open(target, chosen === undefined);
    yield* this.#say(target === '-' ? 'writing to stdout\n' : `saving to '${target}'\n`);
    const state = bodyState(framing);
    let bytes = 0;
    for (;;) {
      const part = yield* this.#limited(reader.bodyPart(state));
      if (part === undefined) break;
      if (part === 'broken') throw new WgetError('connection closed prematurely');
      bytes += byteLength(part);
      yield* process.write(output, part);
    }
    if (output !== 1) process.close(output);
    const shown = (target === '-' ? '-' : name).slice(0, 20).padEnd(20);
    yield* this.#say(
      `${shown} 100% |${'*'.repeat(32)}| ${String(bytes).padStart(5)}  0:00:00 ETA\n`,
    );
    yield* this.#say(target === '-' ? 'written to stdout\n' : `'${target}' saved\n`);
  }

  /** A file that is there already is only replaced when it was named. */
  #open(target: string, exclusive: boolean): number {
    if (target === '-') return 1;
    try {
      return this.#call.process.open(target, {
        write: true,
        create: true,
        truncate: true,
        exclusive,
      });
    } catch (thrown) {
      throw new WgetError(`can't open '${target}': ${errnoText(thrown)}`);
    }
  }
}

function replaceHeader(headers: [string, string][], name: string, value: string): void {
  const found = headers.find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (found === undefined) headers.push([name, value]);
  else found[1] = value;
}

/** The head as -S shows it. */
function indented({
  start,
  headers,
}: {
  readonly start: string;
  readonly headers: HeaderList;
}): string {
  return [start, ...headers.map(([name, value]) => `${name}: ${value}`)]
    .map((line) => `  ${line}\n`)
    .join('');
}
