// httpd as busybox has it: a folder over HTTP, in the background unless told otherwise.
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, FileStat, Process, Program } from '../../kernel/types.ts';
import { parseOptions } from '../../kernel/commands/base/options.ts';
import { httpDate } from '../servers/http-dates.ts';
import { atOnce, serveApp, type AppRequest } from '../servers/http-app.ts';
import { lengthHeader, type Answer } from '../servers/http-server.ts';

interface HttpdOptions {
  readonly ip: string;
  readonly port: number;
  readonly home: string;
  readonly isVerbose: boolean;
}

const usage =
  'BusyBox v1.36.1 multi-call binary.\n\nUsage: httpd [-ifv[v]] [-p [IP:]PORT] [-h HOME]\n';

/** httpd. Signals do what they do to any process without handlers: as process 1 it does not hear TERM. */
export const busyboxHttpd: Program = function* busyboxHttpd(process) {
  const parsed = parseOptions(process.argv.slice(1), { options: 'fvip:h:' });
  if ('kind' in parsed) {
    yield* process.write(2, `httpd: this simulator knows only -f -v -p -h\n${usage}`);
    return 1;
  }
  const value = (name: string) => parsed.given.findLast(([option]) => option === name)?.[1];
  const has = (name: string) => value(name) !== undefined;
  const options = readAddress(value('p') ?? '80', { home: value('h') ?? '.', isVerbose: has('v') });
  if (options === undefined) {
    yield* process.write(2, `httpd: invalid port '${value('p') ?? ''}'\n`);
    return 1;
  }
  try {
    const home = process.files.realpath(options.home);
    if (process.files.stat(home).type !== 'directory')
      return yield* cannotChange(process, options, 'Not a directory');
    process.cwd = home;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return yield* cannotChange(process, options, error.message);
  }
  if (has('f')) return yield* serve(process, options);
  // The port is opened before httpd leaves the foreground, so that its failure is seen.
  const probe = yield* tryPort(process, options);
  if (probe !== undefined) return probe;
  process.spawn({ argv: process.argv, program: (self) => serve(self, options), processGroup: 0 });
  return 0;
};

function readAddress(
  text: string,
  rest: Pick<HttpdOptions, 'home' | 'isVerbose'>,
): HttpdOptions | undefined {
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1));
  if (!/^\d{1,5}$/.test(text.slice(colon + 1)) || port > 65_535) return undefined;
  return { ip: colon < 0 ? '0.0.0.0' : text.slice(0, colon), port, ...rest };
}

function* cannotChange(process: Process, options: HttpdOptions, why: string): Blocking<number> {
  yield* process.write(2, `httpd: can't change directory to '${options.home}': ${why}\n`);
  return 1;
}

/** The exit code where the port cannot be had. */
function* tryPort(process: Process, { ip, port }: HttpdOptions): Blocking<number | undefined> {
  try {
    process.sockets.listen({ ip, port }).close();
    return undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return yield* cannotBind(process, error.message);
  }
}

function* cannotBind(process: Process, why: string): Blocking<number> {
  yield* process.write(2, `httpd: bind: ${why}\n`);
  return 1;
}

function* serve(process: Process, options: HttpdOptions): Blocking<number> {
  const { ip, port, isVerbose } = options;
  const problem = yield* serveApp(process, {
    ip,
    port,
    handle: (request) => atOnce(answer(process, request)),
    afterwards: ({ clientIp, connection }, { status }) => {
      if (!isVerbose) return atOnce(undefined);
      return process.write(
        2,
        `[::ffff:${clientIp}]:${connection.remote.port}: response:${status}\n`,
      );
    },
  });
  return problem === undefined ? 0 : yield* cannotBind(process, problem);
}

function answer(process: Process, { path, request }: AppRequest): Answer {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return page(process, 501, 'Not Implemented', 'The requested method is not recognized');
  }
  if (path.split('/').includes('..'))
    return page(process, 400, 'Bad Request', 'Unsupported method');
  if (path.startsWith('/cgi-bin/')) {
    return page(process, 501, 'Not Implemented', 'CGI is not modelled by this simulator');
  }
  const name = `${process.cwd.replace(/\/$/, '')}${path}`;
  try {
    const stat = process.files.stat(name);
    if (stat.type !== 'directory') return file(process, name, stat);
    if (!path.endsWith('/')) {
      const headers = [...first(process), ['Location', `${path}/`] as const, lengthHeader('')];
      return { status: 302, reason: 'Found', headers, body: '' };
    }
    const index = `${name}index.html`;
    return file(process, index, process.files.stat(index));
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code === 'EACCES') return page(process, 403, 'Forbidden', '');
    return page(process, 404, 'Not Found', 'The requested URL was not found');
  }
}

function file(process: Process, name: string, stat: FileStat): Answer {
  const body = process.files.readText(name);
  const headers = [
    ...first(process),
    ['Content-type', mediaType(name)] as const,
    ['Accept-Ranges', 'bytes'] as const,
    ['Last-Modified', httpDate(stat.modifiedMs)] as const,
    lengthHeader(body),
  ];
  return { status: 200, headers, body };
}

function page(process: Process, status: number, title: string, text: string): Answer {
  const body =
    `<HTML><HEAD><TITLE>${status} ${title}</TITLE></HEAD>\n` +
    `<BODY><H1>${status} ${title}</H1>\n${text}\n</BODY></HTML>\n`;
  const headers = [...first(process), ['Content-type', 'text/html'] as const, lengthHeader(body)];
  return { status, reason: title, headers, body };
}

function first(process: Process): readonly (readonly [string, string])[] {
  return [['Date', httpDate(process.clock.nowMs())]];
}

const types: Readonly<Record<string, string>> = {
  htm: 'text/html',
  html: 'text/html',
  css: 'text/css',
  txt: 'text/plain',
  js: 'application/javascript',
  json: 'application/json',
};

function mediaType(name: string): string {
  const dot = name.lastIndexOf('.');
  const end = dot > name.lastIndexOf('/') ? name.slice(dot + 1) : '';
  return types[end] ?? 'application/octet-stream';
}
