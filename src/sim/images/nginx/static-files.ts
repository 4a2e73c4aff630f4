// Static files as nginx serves them: index files, redirects to folders, and what it says when there is nothing.
import { byteLength } from '../../kernel/commands/base/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { FileStat, Files } from '../../kernel/types.ts';
import { numbered } from '../servers/errno-numbers.ts';
import { httpDate } from '../servers/http-dates.ts';
import type { Answer } from '../servers/http-server.ts';
import type { Settings } from './settings.ts';
import { mediaType } from './pages.ts';

/** An answer to send, or a status whose page is to be made, with what the error log says about it. */
export type Outcome =
  | { readonly answer: Answer }
  | {
      readonly status: number;
      readonly log?: string;
      readonly location?: string;
    };

/** The file that a path means under a location. */
export function fileFor(path: string, location: string, settings: Settings): string {
  if (settings.alias !== undefined) return settings.alias + path.slice(location.length);
  return settings.root.replace(/\/$/, '') + path;
}

/** Answers a path with a file. `location` is the prefix of the location block, for `alias`. */
export function serveFile(
  files: Files,
  request: { readonly path: string; readonly location: string; readonly method: string },
  settings: Settings,
): Outcome {
  const { path, location, method } = request;
  if (path.split('/').includes('..')) return { status: 400 };
  if (method !== 'GET' && method !== 'HEAD') return { status: 405 };
  let name = fileFor(path, location, settings);
  if (name.endsWith('/')) {
    const index = settings.index.find((each) => files.exists(name + each));
    if (index === undefined) {
      return isDirectory(files, name)
        ? { status: 403, log: `directory index of "${name}" is forbidden` }
        : {
            status: 404,
            log: `"${name}${settings.index[0] ?? ''}" is not found (2: No such file or directory)`,
          };
    }
    name += index;
  }
  try {
    const stat = files.stat(name);
    if (stat.type === 'directory') return { status: 301, location: `${path}/` };
    return { answer: fileAnswer(name, files.readText(name), stat, settings) };
  } catch (error) {
    if (!isErrno(error)) throw error;
    const status = error.code === 'EACCES' ? 403 : 404;
    return { status, log: `open() "${name}" failed (${numbered(error)})` };
  }
}

/** The first of `try_files` that exists, or its last word. */
export function tryFiles(files: Files, path: string, location: string, settings: Settings): string {
  const candidates = settings.tryFiles.map((word) => word.replaceAll('$uri', path));
  const last = candidates[candidates.length - 1] ?? path;
  return (
    candidates.slice(0, -1).find((candidate) => {
      const name = fileFor(candidate, location, settings);
      return name.endsWith('/') ? isDirectory(files, name) : isFile(files, name);
    }) ?? last
  );
}

function fileAnswer(name: string, text: string, stat: FileStat, settings: Settings): Answer {
  const seconds = Math.floor(stat.modifiedMs / 1000);
  return {
    status: 200,
    headers: [
      ['Content-Type', mediaType(name, settings.defaultType)],
      ['Content-Length', String(byteLength(text))],
      ['Last-Modified', httpDate(stat.modifiedMs)],
      ['ETag', `"${seconds.toString(16)}-${byteLength(text).toString(16)}"`],
      ['Accept-Ranges', 'bytes'],
    ],
    body: text,
  };
}

function isDirectory(files: Files, name: string): boolean {
  return files.exists(name) && files.stat(name).type === 'directory';
}

function isFile(files: Files, name: string): boolean {
  return files.exists(name) && files.stat(name).type === 'file';
}
