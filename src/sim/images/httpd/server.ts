// The program httpd: Apache with one process, static files, and the two directives that lessons change.
import { isErrno } from '../../kernel/errno.ts';
import { headerValue } from '../../kernel/commands/http/message.ts';
import type { Blocking, Process, Program } from '../../kernel/types.ts';
import { civilTime } from '../../runtime/time.ts';
import { accessLogTime, apacheLogTime, httpDate } from '../servers/http-dates.ts';
import { numbered } from '../servers/errno-numbers.ts';
import { atOnce, serveApp, type AppRequest } from '../servers/http-app.ts';
import { lengthHeader, type Answer } from '../servers/http-server.ts';
import { initialSettings } from '../nginx/settings.ts';
import { serveFile } from '../nginx/static-files.ts';

export const httpdVersion = '2.4.65';
const configPath = '/usr/local/apache2/conf/httpd.conf';

interface HttpdConfig {
  readonly ip: string;
  readonly port: number;
  readonly root: string;
}

/** Directives without an effect here. */
const withoutEffect = new Set(
  (
    'serverroot loadmodule user group serveradmin servername errorlog loglevel customlog logformat ' +
    'directoryindex typesconfig addtype options allowoverride require pidfile timeout keepalive'
  ).split(' '),
);

/** httpd in the foreground. TERM ends it at once, WINCH when its connections are done. */
export const httpd: Program = function* httpd(process) {
  const fail = function* (text: string): Blocking<number> {
    yield* process.write(2, `${text}\n`);
    return 1;
  };
  const config = readConfig(process);
  if (typeof config === 'string') return yield* fail(config);
  const name = process.sockets.interfaces().find((each) => each.name !== 'lo')?.addresses[0];
  const warning =
    "AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using " +
    `${name?.split('/')[0] ?? '127.0.0.1'}. Set the 'ServerName' directive globally to suppress this message`;
  yield* process.write(2, `${warning}\n`);
  const { ip, port, root } = config;
  let ending = 'caught SIGTERM, shutting down';
  process.isSteady = true;
  const problem = yield* serveApp(process, {
    ip,
    port,
    started: () =>
      notice(
        process,
        `AH00489: Apache/${httpdVersion} (Unix) configured -- resuming normal operations`,
      ),
    handle: (request) => atOnce(answer(process, root, request)),
    afterwards: (request, sent) => logRequest(process, request, sent),
    signals: ['TERM', 'INT', 'WINCH'],
    onSignal: (signal, loop) => {
      if (signal === 'WINCH') ending = 'caught SIGWINCH, shutting down gracefully';
      loop.stop();
    },
  });
  if (problem === undefined) {
    yield* notice(process, `AH00491: ${ending}`);
    return 0;
  }
  const why = `AH00072: make_sock: could not bind to address ${ip}:${port}`;
  yield* process.write(
    2,
    `(98)${problem}: ${why}\nno listening sockets available, shutting down\n`,
  );
  return yield* fail('AH00015: Unable to open logs');
};

function readConfig(process: Process): HttpdConfig | string {
  let config: HttpdConfig = { ip: '0.0.0.0', port: 80, root: '/usr/local/apache2/htdocs' };
  let text: string;
  try {
    text = process.files.readText(configPath);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `httpd: Could not open configuration file ${configPath}: ${error.message} (${numbered(error)})`;
  }
  for (const [index, line] of text.split('\n').entries()) {
    const [name = '', value = ''] = line.trim().split(/\s+/);
    if (name === '' || name.startsWith('#') || name.startsWith('<')) continue;
    const lower = name.toLowerCase();
    if (lower === 'listen') {
      const colon = value.lastIndexOf(':');
      const ip = colon < 0 ? '0.0.0.0' : value.slice(0, colon);
      config = { ...config, ip, port: Number(value.slice(colon + 1)) };
    } else if (lower === 'documentroot') {
      config = { ...config, root: value.replaceAll('"', '') };
    } else if (!withoutEffect.has(lower)) {
      const where = `AH00526: Syntax error on line ${index + 1} of ${configPath}:`;
      return `${where}\nthe directive '${name}' is not modelled by this simulator`;
    }
  }
  return config;
}

function answer(process: Process, root: string, { request, path }: AppRequest): Answer {
  const settings = { ...initialSettings, root, defaultType: 'text/plain' };
  const { method } = request;
  const outcome = serveFile(process.files, { path, location: '', method }, settings);
  const first = [
    ['Date', httpDate(process.clock.nowMs())],
    ['Server', `Apache/${httpdVersion} (Unix)`],
  ] as const;
  if ('answer' in outcome)
    return { ...outcome.answer, headers: [...first, ...outcome.answer.headers] };
  const { status, location } = outcome;
  const body = page(status);
  const moved = location === undefined ? [] : [['Location', location] as const];
  const headers = [...first, ...moved, lengthHeader(body), ['Content-Type', 'text/html'] as const];
  return { status, headers, body };
}

function page(status: number): string {
  const titles: Readonly<Record<number, string>> = {
    404: 'Not Found',
    403: 'Forbidden',
    405: 'Method Not Allowed',
  };
  const title = titles[status] ?? 'Error';
  return `<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n</body></html>\n`;
}

function logRequest(process: Process, asked: AppRequest, sent: Answer): Blocking<void> {
  const { request, clientIp } = asked;
  const line = `${request.method} ${request.target} HTTP/${request.version}`;
  const bytes = headerValue(sent.headers, 'content-length') ?? '-';
  const time = accessLogTime(process.clock.nowMs());
  return process.write(1, `${clientIp} - - [${time}] "${line}" ${sent.status} ${bytes}\n`);
}

function notice(process: Process, text: string): Blocking<void> {
  const nowMs = process.clock.nowMs();
  const { year } = civilTime(nowMs);
  const where = `[mpm_event:notice] [pid ${process.pid}:tid ${process.pid}]`;
  return process.write(2, `[${apacheLogTime(nowMs)} ${year}] ${where} ${text}\n`);
}
