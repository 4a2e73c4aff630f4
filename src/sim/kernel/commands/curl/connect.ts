// Connections of curl: names, addresses, TLS, and keeping them for the next request.
import { isErrno } from '../../errno.ts';
import type { Blocking, Connection, Process } from '../../types.ts';
import { asErrno } from '../base/errors.ts';
import { strftime } from '../base/strftime.ts';
import { resolveHost } from '../dns/resolve.ts';
import { HttpReader } from '../http/reader.ts';
import { certificateProblem, certificatesIn, greetServer, type Certificate } from '../http/tls.ts';
import type { Url } from '../http/url.ts';
import { CurlError, withLimit } from './failure.ts';
import type { CurlOptions } from './options.ts';
import type { Verbose } from './verbose.ts';

export interface OpenConnection {
  readonly connection: Connection;
  readonly reader: HttpReader;
  readonly key: string;
  readonly host: string;
  readonly ip: string;
  readonly port: number;
  readonly number: number;
}

/** When the steps of a connection were over. */
interface Times {
  lookupMs: number;
  connectMs: number;
  connects: number;
  readonly startMs: number;
}

const caBundle = '/etc/ssl/certs/ca-certificates.crt';
const defaultConnectTimeoutMs = 300_000;

export class CurlConnector {
  readonly #process: Process;
  readonly #options: CurlOptions;
  readonly #verbose: Verbose;
  #kept: OpenConnection | undefined;
  #count = 0;

  constructor(process: Process, options: CurlOptions, verbose: Verbose) {
    this.#process = process;
    this.#options = options;
    this.#verbose = verbose;
  }

  /** The connection that was kept, or a new one. Throws CurlError. */
  *open(url: Url, times: Times, deadlineMs: number | undefined): Blocking<OpenConnection> {
    const key = `${url.scheme}://${url.host}:${url.port}`;
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept !== undefined) {
      if (kept.key === key && kept.reader.closed) {
        yield* this.#verbose.note(`Connection ${kept.number} seems to be dead`);
        yield* this.#verbose.note(`Closing connection ${kept.number}`);
      } else if (kept.key === key) {
        yield* this.#verbose.note(
          `Re-using existing connection #${kept.number} with host ${url.host}`,
        );
        return kept;
      }
      kept.connection.close();
    }
    const opened = yield* this.#connect(url, key, times, deadlineMs);
    times.connects += 1;
    if (url.scheme === 'https') yield* this.#secure(opened, deadlineMs, times.startMs);
    return opened;
  }

  /** After a whole answer: keeps the connection unless the server closes it. */
  *finish(opened: OpenConnection, closes: boolean): Blocking<void> {
    if (closes) {
      yield* this.close(opened);
      return;
    }
    yield* this.#verbose.note(`Connection #${opened.number} to host ${opened.host} left intact`);
    this.#kept = opened;
  }

  *close(opened: OpenConnection | undefined): Blocking<void> {
    if (opened === undefined) return;
    yield* this.#verbose.note(`Closing connection ${opened.number}`);
    opened.connection.close();
  }

  closeAll(): void {
    this.#kept?.connection.close();
    this.#kept = undefined;
  }

  *#connect(
    url: Url,
    key: string,
    times: Times,
    deadlineMs: number | undefined,
  ): Blocking<OpenConnection> {
    const { clock } = this.#process;
    const number = this.#count;
    this.#count += 1;
    const limitMs = this.#options.milliseconds('connect-timeout') || defaultConnectTimeoutMs;
    const connectDeadlineMs = times.startMs + limitMs;
    const sooner = Math.min(deadlineMs ?? Infinity, connectDeadlineMs);
    const after = (): number => Math.round(clock.nowMs() - times.startMs);
    const addresses = yield* withLimit(clock, sooner, this.#addresses(url), () => {
      return new CurlError(28, `Resolving timed out after ${after()} milliseconds`);
    });
    times.lookupMs = clock.nowMs();
    if (addresses.length === 0) {
      yield* this.#verbose.note(`Could not resolve host: ${url.host}`);
      yield* this.#verbose.note(`Closing connection ${number}`);
      throw new CurlError(6, `Could not resolve host: ${url.host}`);
    }
    const failed = `Failed to connect to ${url.host} port ${url.port} after`;
    let late = false;
    for (const ip of addresses) {
      yield* this.#verbose.note(`  Trying ${ip}:${url.port}...`);
      try {
        const step = this.#process.sockets.connect({ ip, port: url.port });
        const connection = yield* withLimit(clock, sooner, step, () => {
          // -m ends the whole transfer, --connect-timeout only this attempt.
          const text =
            sooner === deadlineMs
              ? `Connection timed out after ${after()} milliseconds`
              : `${failed} ${after()} ms: Timeout was reached`;
          return new CurlError(28, text);
        });
        times.connectMs = clock.nowMs();
        yield* this.#verbose.note(`Connected to ${url.host} (${ip}) port ${url.port} (#${number})`);
        const reader = new HttpReader(connection);
        return { connection, reader, key, host: url.host, ip, port: url.port, number };
      } catch (thrown) {
        if (!isErrno(thrown)) throw thrown;
        late = thrown.code === 'ETIMEDOUT';
        yield* this.#verbose.note(`connect to ${ip} port ${url.port} failed: ${thrown.message}`);
      }
    }
    const text = `${failed} ${after()} ms: ${late ? 'Timeout was reached' : "Couldn't connect to server"}`;
    yield* this.#verbose.note(text);
    yield* this.#verbose.note(`Closing connection ${number}`);
    throw new CurlError(late ? 28 : 7, text);
  }

  *#addresses(url: Url): Blocking<readonly string[]> {
    for (const entry of this.#options.values('resolve')) {
      const found = /^\+?([^:]+):(\d+):(.+)$/.exec(entry);
      if (found === null) continue;
      const [, host, port, list = ''] = found;
      if ((host === url.host || host === '*') && Number(port) === url.port) return list.split(',');
    }
    const resolved = yield* resolveHost(this.#process, url.host);
    return resolved.kind === 'found' ? resolved.addresses : [];
  }

  *#secure(
    opened: OpenConnection,
    deadlineMs: number | undefined,
    startMs: number,
  ): Blocking<void> {
    const { connection, reader, host, port } = opened;
    const { clock } = this.#process;
    let certificate: Certificate | 'closed' | 'not-tls';
    try {
      certificate = yield* withLimit(
        clock,
        deadlineMs,
        greetServer(connection, reader, host),
        () => {
          return new CurlError(
            28,
            `SSL connection timeout after ${Math.round(clock.nowMs() - startMs)} ms`,
          );
        },
      );
    } catch (thrown) {
      if (thrown instanceof CurlError) throw thrown;
      const { message } = asErrno(thrown);
      throw new CurlError(35, `OpenSSL SSL_connect: ${message} in connection to ${host}:${port} `);
    }
    if (certificate === 'closed') {
      throw new CurlError(
        35,
        `OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to ${host}:${port} `,
      );
    }
    if (certificate === 'not-tls') {
      throw new CurlError(35, 'error:0A00010B:SSL routines::wrong version number');
    }
    const problem = certificateProblem(certificate, host, this.#trusted(), clock.nowMs());
    yield* this.#describe(certificate, problem === undefined);
    if (problem === undefined || this.#options.has('k')) return;
    throw new CurlError(60, problemText(problem, host));
  }

  /** Who is trusted: the subjects of --cacert, or of the system's bundle. */
  #trusted(): readonly string[] {
    const path = this.#options.value('cacert') ?? caBundle;
    try {
      return certificatesIn(this.#process.files.readText(path)).map(({ subject }) => subject);
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      if (!this.#options.has('cacert')) return [];
      throw new CurlError(77, `error setting certificate file: ${path}`);
    }
  }

  *#describe(certificate: Certificate, accepted: boolean): Blocking<void> {
    const date = (ms: number): string => strftime('%b %e %H:%M:%S %Y GMT', ms);
    const verdict = accepted
      ? 'SSL certificate verify ok.'
      : 'SSL certificate verify result: not accepted';
    for (const line of [
      'SSL connection using a model of TLS (names, dates and issuer only)',
      'Server certificate:',
      ` subject: CN=${certificate.subject}`,
      ` start date: ${date(certificate.fromMs)}`,
      ` expire date: ${date(certificate.untilMs)}`,
      ` subjectAltName: ${certificate.names.join(', ')}`,
      ` issuer: CN=${certificate.issuer}`,
      ` ${verdict}`,
    ]) {
      yield* this.#verbose.note(line);
    }
  }
}

function problemText(
  problem: NonNullable<ReturnType<typeof certificateProblem>>,
  host: string,
): string {
  switch (problem) {
    case 'self-signed':
      return 'SSL certificate problem: self-signed certificate';
    case 'unknown-issuer':
      return 'SSL certificate problem: unable to get local issuer certificate';
    case 'expired':
      return 'SSL certificate problem: certificate has expired';
    case 'not-yet-valid':
      return 'SSL certificate problem: certificate is not yet valid';
    case 'name':
      return `SSL: no alternative certificate subject name matches target host name '${host}'`;
  }
}
