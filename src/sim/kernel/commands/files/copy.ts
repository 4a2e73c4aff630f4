// Copying and removing trees, for cp, mv and rm.
import type { Blocking, FileStat } from '../../types.ts';
import type { Call } from '../base/command.ts';
import { asErrno, errnoText } from '../base/errors.ts';
import { lastName } from './names.ts';

export function joinPath(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** What a path leads to; undefined when there is nothing. */
export function statOf(call: Call, path: string, ofLink = false): FileStat | undefined {
  try {
    return ofLink ? call.process.files.lstat(path) : call.process.files.stat(path);
  } catch (thrown) {
    asErrno(thrown);
    return undefined;
  }
}

export interface CopyOptions {
  readonly recursive: boolean;
  /** Links stay links instead of being followed. */
  readonly keepLinks: boolean;
  /** Owner, mode and time go along. */
  readonly preserve: boolean;
}

/** Copies a file or tree; says what went wrong and whether all went well. */
export function* copyTree(
  call: Call,
  from: string,
  to: string,
  options: CopyOptions,
): Blocking<boolean> {
  const { files } = call.process;
  yield* call.process.work(1);
  let source: FileStat;
  try {
    source = options.keepLinks ? files.lstat(from) : files.stat(from);
  } catch (thrown) {
    yield* call.warn(`${call.say("can't stat", 'cannot stat')} '${from}': ${errnoText(thrown)}`);
    return false;
  }
  if (source.type === 'directory') return yield* copyFolder(call, from, to, source, options);
  const target = statOf(call, to);
  if (target !== undefined && target.inode === source.inode && target.device === source.device) {
    yield* call.warn(`'${from}' and '${to}' are the same file`);
    return false;
  }
  if (source.type === 'symlink') {
    if (target !== undefined) files.unlink(to);
    files.symlink(files.readlink(from), to);
    return true;
  }
  if (!(yield* copyContents(call, from, to, source))) return false;
  if (options.preserve) keepAttributes(call, to, source);
  return true;
}

function* copyFolder(
  call: Call,
  from: string,
  to: string,
  source: FileStat,
  options: CopyOptions,
): Blocking<boolean> {
  const { files } = call.process;
  if (!options.recursive) {
    yield* call.warn(`${call.say('', '-r not specified; ')}omitting directory '${from}'`);
    return false;
  }
  try {
    const existing = statOf(call, to);
    if (existing === undefined)
      files.mkdir(to, { mode: source.mode & 0o7777 & ~call.process.umask });
    const target = files.stat(to);
    if (target.inode === source.inode && target.device === source.device) {
      yield* call.warn(`cannot copy a directory, '${from}', into itself, '${to}'`);
      return false;
    }
    let good = true;
    const targetPath = files.realpath(to);
    for (const name of files.list(from)) {
      const child = joinPath(from, name);
      // What is being copied to must not become part of what is copied.
      if (files.exists(child) && files.realpath(child) === targetPath) {
        yield* call.warn(
          call.say(
            `recursion detected, omitting directory '${child}'`,
            `cannot copy a directory, '${from}', into itself, '${to}'`,
          ),
        );
        good = false;
      } else if (!(yield* copyTree(call, child, joinPath(to, name), options))) good = false;
    }
    if (options.preserve) keepAttributes(call, to, source);
    return good;
  } catch (thrown) {
    const message = errnoText(thrown);
    yield* call.warn(
      call.say(
        `can't create directory '${to}': ${message}`,
        `cannot create directory '${to}': ${message}`,
      ),
    );
    return false;
  }
}

function* copyContents(call: Call, from: string, to: string, source: FileStat): Blocking<boolean> {
  const { process } = call;
  let input: number;
  try {
    input = process.open(from, { read: true });
  } catch (thrown) {
    const message = errnoText(thrown);
    yield* call.warn(
      call.say(`can't open '${from}': ${message}`, `cannot open '${from}' for reading: ${message}`),
    );
    return false;
  }
  try {
    if (call.has('f') && statOf(call, to) !== undefined && !process.files.access(to, 'write')) {
      process.files.unlink(to);
    }
    const output = process.open(
      to,
      { write: true, create: true, truncate: true },
      source.mode & 0o777,
    );
    try {
      for (
        let chunk = yield* process.read(input);
        chunk !== undefined;
        chunk = yield* process.read(input)
      ) {
        yield* process.work(1);
        yield* process.write(output, chunk);
      }
    } catch (thrown) {
      const message = errnoText(thrown);
      yield* call.warn(call.say(`write error: ${message}`, `error writing '${to}': ${message}`));
      return false;
    } finally {
      process.close(output);
    }
    return true;
  } catch (thrown) {
    const message = errnoText(thrown);
    yield* call.warn(
      call.say(
        `can't create '${to}': ${message}`,
        `cannot create regular file '${to}': ${message}`,
      ),
    );
    return false;
  } finally {
    process.close(input);
  }
}

function keepAttributes(call: Call, path: string, { mode, uid, gid, modifiedMs }: FileStat): void {
  const { files } = call.process;
  try {
    files.chown(path, uid, gid);
  } catch (thrown) {
    // Only root may give files away; a copy then belongs to who made it.
    asErrno(thrown);
  }
  files.chmod(path, mode & 0o7777);
  files.touch(path, modifiedMs);
}

/** Removes a file or, when asked to, a tree; says what went wrong and whether all went well. */
export function* removeTree(
  call: Call,
  path: string,
  options: { readonly recursive: boolean; readonly force: boolean; readonly verbose: boolean },
): Blocking<boolean> {
  const { files } = call.process;
  yield* call.process.work(1);
  const { recursive, force, verbose } = options;
  try {
    const isFolder = files.lstat(path).type === 'directory';
    if (isFolder && !recursive) {
      yield* call.warn(
        call.say(`'${path}' is a directory`, `cannot remove '${path}': Is a directory`),
      );
      return false;
    }
    let good = true;
    if (isFolder) {
      for (const name of files.list(path)) {
        if (!(yield* removeTree(call, joinPath(path, name), options))) good = false;
      }
      if (!good) return false;
      files.rmdir(path);
    } else files.unlink(path);
    if (verbose) yield* call.out.print(`removed ${isFolder ? 'directory: ' : ''}'${path}'\n`);
    return true;
  } catch (thrown) {
    const { code, message } = asErrno(thrown);
    if (force && code === 'ENOENT') return true;
    yield* call.warn(`${call.say("can't remove", 'cannot remove')} '${path}': ${message}`);
    return false;
  }
}

/** Where the sources of cp, mv and ln go: a name, or into a folder. */
export function* destinations(
  call: Call,
  intoFolder: boolean,
): Blocking<readonly (readonly [from: string, to: string])[] | number> {
  const chosen = call.value('t');
  const sources = chosen === undefined ? call.operands.slice(0, -1) : call.operands;
  const target = chosen ?? call.operands.at(-1) ?? '';
  if (call.operands.length === 0) return yield* call.misuse('missing file operand');
  if (sources.length === 0) {
    return yield* call.misuse(`missing destination file operand after '${target}'`);
  }
  const folder = intoFolder && !call.has('T') && statOf(call, target)?.type === 'directory';
  if (!folder && (sources.length > 1 || chosen !== undefined)) {
    if (call.gnu) {
      const reason =
        statOf(call, target) === undefined ? 'No such file or directory' : 'Not a directory';
      return yield* call.fail(`target '${target}': ${reason}`);
    }
    return sources.map((from) => [from, joinPath(target, lastName(from))]);
  }
  return sources.map((from) => [from, folder ? joinPath(target, lastName(from)) : target]);
}
