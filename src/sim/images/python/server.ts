// `python3 -m http.server`: files of a folder, with a list of its names where there is no index page.
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, Process } from '../../kernel/types.ts';
import { httpDate, pythonLogTime } from '../servers/http-dates.ts';
import { atOnce, serveApp, type AppRequest } from '../servers/http-app.ts';
import { lengthHeader, type Answer } from '../servers/http-server.ts';
import { mediaType } from '../nginx/pages.ts';

export const pythonVersion = '3.12.11';

interface ServerOptions {
  readonly port: number;
  readonly ip: string;
  readonly folder: string;
}

/** Reads `[port] [-b ADDRESS] [-d FOLDER]`; the text is argparse's complaint. */
export function serverOptions(process: Process, words: readonly string[]): ServerOptions | string {
  let options: ServerOptions = { port: 8000, ip: '0.0.0.0', folder: process.cwd };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const value = words[index + 1];
    if (['-b', '--bind', '-d', '--directory'].includes(word)) {
      if (value === undefined) return `argument ${word}: expected one argument`;
      index += 1;
      const isBind = word === '-b' || word === '--bind';
      options = isBind ? { ...options, ip: value } : { ...options, folder: value };
    } else if (word.startsWith('-')) return `unrecognized arguments: ${word}`;
    else if (!/^\d{1,5}$/.test(word)) return `argument port: invalid int value: '${word}'`;
    else options = { ...options, port: Number(word) };
  }
  return options;
}

/** Serves until Ctrl-C; as process 1 it does not hear TERM, for it has no handler for it. */
export function* runServer(process: Process, options: ServerOptions): Blocking<number> {
  const { ip, port, folder } = options;
  process.isSteady = true;
  const problem = yield* serveApp(process, {
    ip,
    port,
    started: () => announce(process, ip, port),
    handle: (request) => atOnce(answer(process, folder, request)),
    signals: ['INT'],
    onSignal: (_, loop) => loop.stop(),
    afterwards: (request, sent) => logRequest(process, request, sent),
  });
  if (problem === undefined) {
    yield* process.write(1, '\nKeyboard interrupt received, exiting.\n');
    return 0;
  }
  yield* process.write(2, `OSError: [Errno 98] ${problem}\n`);
  return 1;
}

/** Python keeps what it prints in a buffer when nobody watches at a terminal. */
function* announce(process: Process, ip: string, port: number): Blocking<void> {
  const isSeen = process.isTerminal(1) || (process.env.get('PYTHONUNBUFFERED') ?? '') !== '';
  if (isSeen)
    yield* process.write(1, `Serving HTTP on ${ip} port ${port} (http://${ip}:${port}/) ...\n`);
}

function answer(process: Process, folder: string, { path, request }: AppRequest): Answer {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return errorAnswer(process, 501, `Unsupported method ('${request.method}')`);
  }
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  const name = [folder.replace(/\/$/, ''), ...parts].join('/') || '/';
  try {
    const stat = process.files.stat(name);
    if (stat.type !== 'directory') return fileAnswer(process, name);
    if (!path.endsWith('/')) {
      return {
        status: 301,
        headers: [...first(process), ['Location', `${path}/`], lengthHeader('')],
        body: '',
      };
    }
    const index = `${name}/index.html`;
    return process.files.exists(index) ? fileAnswer(process, index) : listing(process, name, path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return errorAnswer(process, 404, 'File not found');
  }
}

function fileAnswer(process: Process, name: string): Answer {
  const body = process.files.readText(name);
  const { modifiedMs } = process.files.stat(name);
  const headers = [
    ...first(process),
    ['Content-type', mediaType(name, 'application/octet-stream')] as const,
    lengthHeader(body),
    ['Last-Modified', httpDate(modifiedMs)] as const,
  ];
  return { status: 200, headers, body };
}

function listing(process: Process, name: string, path: string): Answer {
  const items = process.files.list(name).map((each) => {
    const isFolder = process.files.stat(`${name}/${each}`).type === 'directory';
    const shown = isFolder ? `${each}/` : each;
    return `<li><a href="${encodeURIComponent(each)}${isFolder ? '/' : ''}">${shown}</a></li>\n`;
  });
  const title = `Directory listing for ${path}`;
  const body =
    `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n` +
    `<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${items.join('')}</ul>\n<hr>\n</body>\n</html>\n`;
  const type = ['Content-type', 'text/html; charset=utf-8'] as const;
  return { status: 200, headers: [...first(process), type, lengthHeader(body)], body };
}

function errorAnswer(process: Process, status: number, message: string): Answer {
  const body =
    `<!DOCTYPE HTML>\n<html lang="en">\n<head><title>Error response</title></head>\n<body>\n` +
    `<h1>Error response</h1>\n<p>Error code: ${status}</p>\n<p>Message: ${message}.</p>\n</body>\n</html>\n`;
  const headers = [
    ...first(process),
    ['Content-Type', 'text/html;charset=utf-8'] as const,
    lengthHeader(body),
  ];
  return { status, reason: message, headers, body };
}

function first(process: Process): readonly (readonly [string, string])[] {
  return [
    ['Server', `SimpleHTTP/0.6 Python/${pythonVersion}`],
    ['Date', httpDate(process.clock.nowMs())],
  ];
}

function* logRequest(
  process: Process,
  { request, clientIp }: AppRequest,
  sent: Answer,
): Blocking<void> {
  const start = `${clientIp} - - [${pythonLogTime(process.clock.nowMs())}]`;
  const line = `"${request.method} ${request.target} HTTP/${request.version}" ${sent.status} -`;
  const problem =
    sent.status >= 400 ? `${start} code ${sent.status}, message ${sent.reason ?? ''}\n` : '';
  yield* process.write(2, `${problem}${start} ${line}\n`);
}
