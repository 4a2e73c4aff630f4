// stat: everything about a file or its file system.
import { accountsOf, type Accounts } from '../base/accounts.ts';
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { blocksKib } from '../base/human.ts';
import { strftime } from '../base/strftime.ts';
import { unescape } from '../base/escapes.ts';
import type { FileStat } from '../../types.ts';
import { modeText } from './modes.ts';

const typeNames: Readonly<Record<FileStat['type'], string>> = {
  file: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  fifo: 'fifo',
  device: 'character special file',
  socket: 'socket',
};
const typeBits: Readonly<Record<FileStat['type'], number>> = {
  file: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  fifo: 0o010000,
  device: 0o020000,
  socket: 0o140000,
};

export const stat = command({
  options: 'c:fLt{printf}:',
  long: { format: 'c', printf: 'printf', 'file-system': 'f', dereference: 'L', terse: 't' },
  usage: '[-ltf] [-c FMT] FILE...',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse();
    const { files } = call.process;
    const accounts = accountsOf(call.process);
    const printfFormat = call.value('printf');
    const format =
      call.value('c') ??
      (printfFormat === undefined ? undefined : unescape(printfFormat, 'anywhere').text);
    for (const path of call.operands) {
      try {
        if (call.has('f')) {
          call.out.put(fileSystemText(call, path, format));
          continue;
        }
        const about = call.has('L') ? files.stat(path) : files.lstat(path);
        if (format === undefined) call.out.put(fullText(call, accounts, path, about));
        else
          call.out.put(
            fill(format, (letter) => field(call, accounts, path, about, letter)) +
              (printfFormat === undefined ? '\n' : ''),
          );
      } catch (thrown) {
        const message = errnoText(thrown);
        yield* call.warn(`${call.say("can't stat", 'cannot statx')} '${path}': ${message}`);
      }
    }
    return call.status;
  },
});

function fill(format: string, valueOf: (letter: string) => string | undefined): string {
  return format.replace(/%(-?\d{0,3})([a-zA-Z%])/g, (whole, width: string, letter: string) => {
    const value = letter === '%' ? '%' : valueOf(letter);
    if (value === undefined) return whole;
    const count = Math.abs(Number(width || 0));
    return width.startsWith('-') ? value.padEnd(count) : value.padStart(count);
  });
}

function time(ms: number): string {
  return strftime('%Y-%m-%d %H:%M:%S.%N %z', ms);
}

function quoted(call: Call, path: string, about: FileStat): string {
  if (about.type !== 'symlink') return path;
  return `'${path}' -> '${call.process.files.readlink(path)}'`;
}

function field(
  call: Call,
  accounts: Accounts,
  path: string,
  about: FileStat,
  letter: string,
): string | undefined {
  const { type, mode, uid, gid, size, modifiedMs, links, inode, device } = about;
  const blocks = type === 'symlink' ? 0 : blocksKib(size) * 2;
  const seconds = String(Math.floor(modifiedMs / 1000));
  const emptyOr = type === 'file' && size === 0 ? 'regular empty file' : typeNames[type];
  const values: Readonly<Record<string, string>> = {
    a: (mode & 0o7777).toString(8),
    A: modeText(about),
    b: String(blocks),
    B: '512',
    d: String(device),
    D: device.toString(16),
    f: (typeBits[type] | (mode & 0o7777)).toString(16),
    F: emptyOr,
    g: String(gid),
    G: accounts.groupName(gid) ?? 'UNKNOWN',
    h: String(links),
    i: String(inode),
    m: call.process.files.fileSystem(path).mountPoint,
    n: path,
    N: call.gnu && type !== 'symlink' ? `'${path}'` : quoted(call, path, about),
    o: '4096',
    s: String(size),
    u: String(uid),
    U: accounts.userName(uid) ?? 'UNKNOWN',
    x: time(modifiedMs),
    X: seconds,
    y: time(modifiedMs),
    Y: seconds,
    z: time(modifiedMs),
    Z: seconds,
  };
  return values[letter];
}

function fullText(call: Call, accounts: Accounts, path: string, about: FileStat): string {
  const valueOf = (letter: string): string | undefined =>
    field(call, accounts, path, about, letter);
  const mode = (about.mode & 0o7777).toString(8).padStart(4, '0');
  const device = call.say(`${about.device.toString(16)}h/${about.device}d`, `0,${about.device}`);
  const text = fill(
    `  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F
Device: DEVICE\tInode: %-10i  Links: %h
Access: (MODE/%A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)
Access: %x
Modify: %y
Change: %z
`,
    valueOf,
  );
  const filled = text.replace('DEVICE', device).replace('MODE', mode);
  return `  File: ${quoted(call, path, about)}\n${filled}${call.gnu ? ' Birth: -\n' : ''}`;
}

function fileSystemText(call: Call, path: string, format: string | undefined): string {
  const { type, totalBytes, usedBytes } = call.process.files.fileSystem(path);
  const blocks = Math.floor(totalBytes / 4096);
  const free = Math.max(0, blocks - Math.ceil(usedBytes / 4096));
  const values: Readonly<Record<string, string>> = {
    a: String(free),
    b: String(blocks),
    f: String(free),
    n: path,
    s: '4096',
    S: '4096',
    T: type,
    l: '255',
    i: '0',
  };
  if (format !== undefined) return `${fill(format, (letter) => values[letter])}\n`;
  return fill(
    `  File: "%n"
    ID: %-8i Namelen: %-7l Type: %T
Block size: %-10s Fundamental block size: %S
Blocks: Total: %-10b Free: %-10f Available: %a
`,
    (letter) => values[letter],
  );
}
