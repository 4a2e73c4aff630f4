// podlab/tls-proxy: takes https (in the simulator's model of it) and passes plain HTTP on. Settings: PORT (8443),
// UPSTREAM (http://127.0.0.1:8080), TLS_CERT (a file with a model certificate), or else TLS_NAMES (the host name),
// TLS_ISSUER (podlab CA) and TLS_DAYS (90, from the start of the container on).
import { requestUrl } from '../../kernel/commands/http/client.ts';
import type { HttpReader } from '../../kernel/commands/http/reader.ts';
import { acceptTls, certificatesIn, type Certificate } from '../../kernel/commands/http/tls.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, Connection, Process, Program } from '../../kernel/types.ts';
import type { Answer } from '../servers/http-server.ts';
import { lengthHeader } from '../servers/http-server.ts';
import { serveApp, textAnswer, type AppRequest } from '../servers/http-app.ts';
import { numberSetting, textSetting } from './settings.ts';

const dayMs = 86_400_000;

export const tlsProxy: Program = function* tlsProxy(process) {
  const port = numberSetting(process, 'PORT', 8443, 65_535);
  const upstream = textSetting(process, 'UPSTREAM', 'http://127.0.0.1:8080').replace(/\/$/, '');
  const certificate = loadCertificate(process);
  if (typeof certificate === 'string') {
    yield* process.write(2, `tls-proxy: ${certificate}\n`);
    return 1;
  }
  const problem = yield* serveApp(process, {
    port,
    greet: (connection, reader) => greet(connection, reader, certificate),
    handle: (request) => pass(process, upstream, request),
    started: () =>
      process.write(
        1,
        `tls-proxy: https on port ${port} for ${certificate.names.join(', ')}, to ${upstream}\n`,
      ),
    afterwards: ({ request, clientIp }, { status }) =>
      process.write(1, `${clientIp} ${request.method} ${request.target} ${status}\n`),
    onSignal: (_, loop) => loop.stop(),
  });
  if (problem === undefined) return 0;
  yield* process.write(2, `tls-proxy: cannot listen on port ${port}: ${problem}\n`);
  return 1;
};

function loadCertificate(process: Process): Certificate | string {
  const file = textSetting(process, 'TLS_CERT', '');
  if (file !== '') {
    try {
      const found = certificatesIn(process.files.readText(file))[0];
      return found ?? `no certificate in ${file}`;
    } catch (error) {
      if (!isErrno(error)) throw error;
      return `cannot read ${file}: ${error.message}`;
    }
  }
  const names = textSetting(process, 'TLS_NAMES', process.host.hostname()).split(',');
  const fromMs = Math.floor(process.clock.nowMs() / dayMs) * dayMs;
  return {
    subject: names[0] ?? '',
    issuer: textSetting(process, 'TLS_ISSUER', 'podlab CA'),
    names,
    fromMs,
    untilMs: fromMs + numberSetting(process, 'TLS_DAYS', 90, 3650) * dayMs,
  };
}

/** Plain HTTP on the https port gets an answer that says so, as nginx and others give it. */
function* greet(
  connection: Connection,
  reader: HttpReader,
  certificate: Certificate,
): Blocking<boolean> {
  if ((yield* acceptTls(connection, reader, certificate)) !== undefined) return true;
  const body = 'Client sent an HTTP request to an HTTPS server.\n';
  const [name, value] = lengthHeader(body);
  yield* connection.write(`HTTP/1.0 400 Bad Request\r\n${name}: ${value}\r\n\r\n${body}`);
  return false;
}

function* pass(process: Process, upstream: string, asked: AppRequest): Blocking<Answer> {
  const { request, clientIp } = asked;
  const result = yield* requestUrl(process, {
    url: upstream + request.target,
    method: request.method,
    headers: [
      ['X-Forwarded-For', clientIp],
      ['X-Forwarded-Proto', 'https'],
    ],
    timeoutMs: 30_000,
    ...(request.body === '' ? {} : { body: request.body }),
  });
  if (result.kind === 'failed') {
    return textAnswer(502, `tls-proxy: ${upstream}: ${result.problem}\n`);
  }
  const type = result.headers.find(([name]) => name.toLowerCase() === 'content-type');
  return {
    status: result.status,
    headers: [...(type === undefined ? [] : [type]), lengthHeader(result.body)],
    body: result.body,
  };
}
