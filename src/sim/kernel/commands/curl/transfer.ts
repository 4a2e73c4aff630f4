// One transfer of curl, redirects included: what is sent, what comes back, what goes wrong.
import type { Blocking, Connection, Process } from '../../types.ts';
import { byteLength } from '../base/bytes.ts';
import { asErrno, errnoText } from '../base/errors.ts';
import { parseStatusLine, responseFraming, type StatusLine } from '../http/client.ts';
import { headerValue, type HeaderList } from '../http/message.ts';
import { bodyState, type HttpReader } from '../http/reader.ts';
import { parseUrl, printUrl, resolveLocation, type Url } from '../http/url.ts';
import type { CurlConnector, OpenConnection } from './connect.ts';
import { CurlError, withLimit, type Progress } from './failure.ts';
import { requestOf, type CurlRequest } from './request.ts';
import type { CurlOptions } from './options.ts';
import type { Verbose } from './verbose.ts';

const defaultMaxRedirects = 50;

/** What is known of a transfer, for -w and the progress meter. */
export interface TransferInfo extends Progress {
  status: number;
  httpVersion: string;
  url: string;
  headers: HeaderList;
  headerBytes: number;
  uploadBytes: number;
  redirects: number;
  redirectUrl: string;
  method: string;
  connection: OpenConnection | undefined;
  connects: number;
  readonly startMs: number;
  lookupMs: number;
  connectMs: number;
  firstByteMs: number;
  endMs: number;
}

/** Where the head and the body of a response go. */
export interface Sink {
  head(text: string): Blocking<void>;
  body(text: string): Blocking<void>;
}

export function newTransferInfo(nowMs: number): TransferInfo {
  return {
    status: 0,
    httpVersion: '0',
    url: '',
    headers: [],
    headerBytes: 0,
    uploadBytes: 0,
    downloadBytes: 0,
    expectedBytes: undefined,
    redirects: 0,
    redirectUrl: '',
    method: 'GET',
    connection: undefined,
    connects: 0,
    startMs: nowMs,
    lookupMs: nowMs,
    connectMs: nowMs,
    firstByteMs: nowMs,
    endMs: nowMs,
  };
}

export class Transfer {
  readonly #process: Process;
  readonly #options: CurlOptions;
  readonly #connector: CurlConnector;
  readonly #verbose: Verbose;
  readonly #sink: Sink;
  readonly info: TransferInfo;
  #deadlineMs: number | undefined;

  constructor(
    process: Process,
    options: CurlOptions,
    connector: CurlConnector,
    verbose: Verbose,
    sink: Sink,
  ) {
    this.#process = process;
    this.#options = options;
    this.#connector = connector;
    this.#verbose = verbose;
    this.#sink = sink;
    this.info = newTransferInfo(process.clock.nowMs());
    const limitMs = options.milliseconds('m');
    this.#deadlineMs =
      limitMs === undefined || limitMs === 0 ? undefined : this.info.startMs + limitMs;
  }

  /** Throws CurlError. */
  *run(address: string): Blocking<void> {
    const parsed = parseUrl(address);
    if (parsed === 'scheme') {
      const scheme = address.split('://')[0] ?? '';
      throw new CurlError(1, `Protocol "${scheme}" not supported or disabled in libcurl`);
    }
    if (typeof parsed === 'string')
      throw new CurlError(3, 'URL using bad/illegal format or missing URL');
    const maxRedirects = this.#options.number('max-redirs', defaultMaxRedirects);
    let request = yield* requestOf(this.#process, this.#options, parsed);
    let url = request.url;
    for (;;) {
      this.info.url = printUrl(url);
      this.info.method = request.method;
      const next = yield* this.#exchange(url, request);
      if (next === undefined) return;
      if (this.info.redirects >= maxRedirects) {
        throw new CurlError(47, `Maximum (${maxRedirects}) redirects followed`);
      }
      this.info.redirects += 1;
      url = next;
      yield* this.#verbose.note(`Issue another request to this URL: '${printUrl(next)}'`);
      request = afterRedirect(request, next, this.info.status, this.#options.has('X'));
    }
  }

  /** Sends one request and takes the answer; where to go next when it is a redirect to follow. */
  *#exchange(url: Url, request: CurlRequest): Blocking<Url | undefined> {
    const { info } = this;
    info.connection = yield* this.#connector.open(url, info, this.#deadlineMs);
    const { connection, reader } = info.connection;
    yield* this.#send(connection, request);
    const { head, line } = yield* this.#head(reader);
    info.status = line.status;
    info.httpVersion = line.version;
    info.headers = head.headers;
    info.headerBytes += byteLength(head.text);
    yield* this.#verbose.received(head.text);
    if (this.#options.has('i') || this.#options.has('I')) yield* this.#sink.head(head.text);
    const framing = responseFraming(request.method, line.status, head.headers);
    info.expectedBytes = framing.by === 'length' ? framing.bytes : undefined;
    const location = headerValue(head.headers, 'location');
    const next =
      location !== undefined && line.status >= 300 && line.status < 400
        ? resolveLocation(url, location)
        : undefined;
    const follows = this.#options.has('L') && next !== undefined && typeof next !== 'string';
    info.redirectUrl =
      next === undefined || typeof next === 'string' || follows ? '' : printUrl(next);
    if (this.#options.has('f') && line.status >= 400) {
      yield* this.#verbose.note('The requested URL returned error: ' + line.status);
      yield* this.#connector.close(info.connection);
      throw new CurlError(22, `The requested URL returned error: ${line.status}`);
    }
    if (follows) yield* this.#skipBody(reader, framing);
    else yield* this.#takeBody(reader, framing);
    info.endMs = this.#process.clock.nowMs();
    const closes =
      framing.by === 'close' || headerValue(head.headers, 'connection')?.toLowerCase() === 'close';
    yield* this.#connector.finish(info.connection, closes);
    if (this.#options.has('fail-with-body') && line.status >= 400) {
      throw new CurlError(22, `The requested URL returned error: ${line.status}`);
    }
    return follows ? (next as Url) : undefined;
  }

  *#send(connection: Connection, request: CurlRequest): Blocking<void> {
    yield* this.#verbose.sent(request.head);
    try {
      yield* connection.write(request.head + (request.body ?? ''));
    } catch (thrown) {
      throw new CurlError(55, `Send failure: ${errnoText(thrown)}`);
    }
    if (request.body !== undefined && request.body !== '') {
      this.info.uploadBytes = byteLength(request.body);
      yield* this.#verbose.data('}', this.info.uploadBytes);
    }
  }

  *#head(reader: HttpReader) {
    for (;;) {
      const head = yield* this.#limited(reader.head());
      this.info.firstByteMs = this.#process.clock.nowMs();
      if (head === 'closed') {
        yield* this.#verbose.note('Empty reply from server');
        throw new CurlError(52, 'Empty reply from server');
      }
      const line: StatusLine | undefined =
        head === 'broken' ? undefined : parseStatusLine(head.start);
      if (head === 'broken' || line === undefined) {
        throw new CurlError(1, 'Received HTTP/0.9 when not allowed');
      }
      // 100 Continue and the like announce the real answer.
      if (line.status >= 200 || line.status === 101) return { head, line };
      yield* this.#verbose.received(head.text);
    }
  }

  *#takeBody(reader: HttpReader, framing: ReturnType<typeof responseFraming>): Blocking<void> {
    const state = bodyState(framing);
    for (;;) {
      const part = yield* this.#limited(reader.bodyPart(state));
      if (part === undefined) return;
      if (part === 'broken') {
        const missing =
          framing.by === 'length'
            ? `transfer closed with ${state.remainingBytes} bytes remaining to read`
            : 'transfer closed with outstanding read data remaining';
        throw new CurlError(18, missing);
      }
      const bytes = byteLength(part);
      this.info.downloadBytes += bytes;
      yield* this.#verbose.data('{', bytes);
      try {
        yield* this.#sink.body(part);
      } catch (thrown) {
        asErrno(thrown);
        throw new CurlError(23, 'Failure writing output to destination');
      }
    }
  }

  *#skipBody(reader: HttpReader, framing: ReturnType<typeof responseFraming>): Blocking<void> {
    const state = bodyState(framing);
    for (;;) {
      const part = yield* this.#limited(reader.bodyPart(state));
      if (part === undefined || part === 'broken') return;
    }
  }

  /** Reading within -m; a connection that is reset ends the transfer. */
  *#limited<T>(step: Blocking<T>): Blocking<T> {
    try {
      return yield* withLimit(this.#process.clock, this.#deadlineMs, step, () => {
        const { downloadBytes, expectedBytes } = this.info;
        const tookMs = Math.round(this.#process.clock.nowMs() - this.info.startMs);
        const amount =
          expectedBytes === undefined
            ? `${downloadBytes}`
            : `${downloadBytes} out of ${expectedBytes}`;
        return new CurlError(
          28,
          `Operation timed out after ${tookMs} milliseconds with ${amount} bytes received`,
        );
      });
    } catch (thrown) {
      if (thrown instanceof CurlError) throw thrown;
      throw new CurlError(56, `Recv failure: ${asErrno(thrown).message}`);
    }
  }
}

/** A POST becomes a GET, as browsers have made the custom, unless the method was demanded or the status forbids it. */
function afterRedirect(
  request: CurlRequest,
  url: Url,
  status: number,
  demanded: boolean,
): CurlRequest {
  const becomesGet = !demanded && request.method === 'POST' && status <= 303;
  return request.again(url, becomesGet);
}
