// tail -f and -F: waits for files to grow, to be replaced, to come and to go.
import { isErrno } from '../../errno.ts';
import type { Blocking, FileStat, WaitQueue } from '../../types.ts';
import type { Call } from '../base/command.ts';
import { folderName } from '../files/names.ts';

export interface Followed {
  readonly path: string;
  /** Undefined while there is no such file. */
  descriptor: number | undefined;
  /** Whether the path led nowhere when it was looked at last. */
  missing: boolean;
}

export interface FollowOptions {
  /** -F: whatever file has the name now, rather than the one that was opened. */
  readonly byName: boolean;
  readonly titled: boolean;
  /** How often busybox looks. */
  readonly pauseMs: number;
}

/** The line above what comes from a file, where there are several. */
export function* title(call: Call, path: string, blankBefore: boolean): Blocking<void> {
  const name = path === '-' ? 'standard input' : path;
  yield* call.out.print(`${blankBefore ? '\n' : ''}==> ${name} <==\n`);
}

/** Never ends while one of the files can still be followed. */
export function* follow(
  call: Call,
  files: readonly Followed[],
  options: FollowOptions,
): Blocking<number> {
  const { process } = call;
  const pipesOnly = files.every(
    ({ descriptor }) => descriptor !== undefined && process.describe(descriptor).type === 'fifo',
  );
  if (pipesOnly) return call.status;
  const startMs = process.clock.nowMs();
  let shown = files.findLast(({ descriptor }) => descriptor !== undefined);
  for (;;) {
    yield* process.waitFor(
      queuesOf(call, files, options.byName),
      waitLimitMs(call, files, options.pauseMs),
    );
    // GNU is told by the kernel at once; busybox looks at every beat of its pause.
    if (!call.gnu && options.pauseMs > 0) {
      const sinceMs = (process.clock.nowMs() - startMs) % options.pauseMs;
      if (sinceMs > 0) yield* process.sleep(options.pauseMs - sinceMs);
    }
    for (const file of files) {
      if (options.byName) yield* lookAgain(call, file);
      const text = yield* grown(call, file);
      if (text === '') continue;
      if (options.titled && shown !== file) yield* title(call, file.path, true);
      shown = file;
      yield* call.out.print(text);
      yield* call.out.flush();
    }
  }
}

function queuesOf(call: Call, files: readonly Followed[], byName: boolean): WaitQueue[] {
  const queues: WaitQueue[] = [];
  for (const { path, descriptor } of files) {
    if (descriptor !== undefined) queues.push(call.process.readable(descriptor));
    if (path === '-') continue;
    // A name that comes to mean another file is a change of its folder.
    for (const watched of byName ? [path, folderName(path)] : [path]) {
      const changes = changesOf(call, watched);
      if (changes !== undefined) queues.push(changes);
    }
  }
  return queues;
}

/** busybox says at every beat that a file it still holds has no name any more. */
function waitLimitMs(call: Call, files: readonly Followed[], pauseMs: number): number | undefined {
  const complains = files.some(({ descriptor, missing }) => missing && descriptor !== undefined);
  return complains && !call.gnu ? Math.max(pauseMs, 100) : undefined;
}

function changesOf(call: Call, path: string): WaitQueue | undefined {
  return attempt(() => call.process.files.changes(path));
}

/** What was added to the file; a file that became shorter is read again from its start. */
function* grown(call: Call, file: Followed): Blocking<string> {
  const { process } = call;
  const { descriptor } = file;
  if (descriptor === undefined) return '';
  const { type, size } = process.describe(descriptor);
  const position = process.position(descriptor) ?? 0;
  if (type === 'file' && size < position) {
    if (call.gnu) yield* call.warn(`${file.path}: file truncated`);
    process.seek(descriptor, 0);
  }
  let text = '';
  for (;;) {
    if (
      type === 'file' &&
      process.describe(descriptor).size <= (process.position(descriptor) ?? 0)
    ) {
      return text;
    }
    const chunk = yield* process.read(descriptor);
    if (chunk === undefined) return text;
    text += chunk;
    if (text.length > 65_536) return text;
  }
}

/** Finds out whether the name means another file by now, says so, and opens that one. */
function* lookAgain(call: Call, file: Followed): Blocking<void> {
  const { process } = call;
  const { path, descriptor } = file;
  const there = attempt(() => process.files.stat(path));
  if (there === undefined) {
    if (descriptor === undefined) return;
    const reason = 'No such file or directory';
    if (!call.gnu) yield* call.warn(`${path} has been renamed or deleted: ${reason}`);
    else if (!file.missing) yield* call.warn(`'${path}' has become inaccessible: ${reason}`);
    file.missing = true;
    return;
  }
  if (descriptor !== undefined && isSameFile(there, process.describe(descriptor))) return;
  const opened = attempt(() => process.open(path, { read: true }));
  if (opened === undefined) return;
  yield* call.warn(arrival(call, file));
  if (descriptor !== undefined) process.close(descriptor);
  file.descriptor = opened;
  file.missing = false;
}

function arrival(call: Call, { path, descriptor, missing }: Followed): string {
  const how = descriptor === undefined || (call.gnu && missing) ? 'appeared' : 'been replaced';
  return call.say(
    `${path} has ${how}; following end of new file`,
    `'${path}' has ${how};  following new file`,
  );
}

function isSameFile(one: FileStat, other: FileStat): boolean {
  return one.inode === other.inode && one.device === other.device;
}

/** The value, or undefined where the system call fails. */
function attempt<T>(systemCall: () => T): T | undefined {
  try {
    return systemCall();
  } catch (thrown) {
    if (isErrno(thrown)) return undefined;
    throw thrown;
  }
}
