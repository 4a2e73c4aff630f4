// du and df: how much space is used and left.
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { blocksKib, humanSize } from '../base/human.ts';
import { parseInteger } from '../base/numbers.ts';
import type { Blocking, FileSystemInfo } from '../../types.ts';
import { joinPath } from './copy.ts';

export const du = command({
  options: 'ashkmcd:xLb',
  long: {
    all: 'a',
    summarize: 's',
    'human-readable': 'h',
    total: 'c',
    'max-depth': 'd',
    bytes: 'b',
    'one-file-system': 'x',
  },
  usage: '[-aHLdclsxhmk] [FILE]...',
  *run(call) {
    const paths = call.operands.length > 0 ? call.operands : ['.'];
    let total = 0;
    for (const path of paths) total += yield* measure(call, path, 0, new Set());
    if (call.has('c')) call.out.put(`${sizeText(call, total)}\ttotal\n`);
    return call.status;
  },
});

/** Prints what a tree takes, deepest folders first; in bytes. */
function* measure(call: Call, path: string, depth: number, seen: Set<string>): Blocking<number> {
  const { files } = call.process;
  yield* call.process.work(1);
  try {
    const { type, size, links, inode, device } = files.lstat(path);
    const key = `${device}:${inode}`;
    // A file with several names counts once.
    if (links > 1 && type === 'file' && seen.has(key)) return 0;
    seen.add(key);
    const own =
      type === 'symlink' || type === 'device' ? 0 : call.has('b') ? size : blocksKib(size) * 1024;
    if (type !== 'directory') {
      if (depth === 0 || call.has('a')) yield* show(call, path, own, depth);
      return own;
    }
    let sum = own;
    for (const name of files.list(path))
      sum += yield* measure(call, joinPath(path, name), depth + 1, seen);
    yield* show(call, path, sum, depth);
    return sum;
  } catch (thrown) {
    yield* call.warn(`${call.say(path, `cannot access '${path}'`)}: ${errnoText(thrown)}`);
    return 0;
  }
}

function* show(call: Call, path: string, bytes: number, depth: number): Blocking<void> {
  const maxDepth = call.has('s') ? 0 : (parseInteger(call.value('d') ?? '') ?? Infinity);
  if (depth <= maxDepth) yield* call.out.print(`${sizeText(call, bytes)}\t${path}\n`);
}

function sizeText(call: Call, bytes: number): string {
  if (call.has('h')) return humanSize(bytes, call.gnu);
  if (call.has('b')) return String(bytes);
  return String(Math.ceil(bytes / (call.has('m') ? 1024 ** 2 : 1024)));
}

export const df = command({
  options: 'hkmTaPi',
  long: { 'human-readable': 'h', 'print-type': 'T', all: 'a', portability: 'P' },
  usage: '[-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...',
  *run(call) {
    const { files } = call.process;
    let systems: FileSystemInfo[];
    if (call.operands.length > 0) {
      systems = [];
      for (const path of call.operands) {
        try {
          files.stat(path);
          systems.push(files.fileSystem(path));
        } catch (thrown) {
          const message = errnoText(thrown);
          yield* call.warn(call.say(`${path}: can't find mount point`, `${path}: ${message}`));
        }
      }
    } else systems = files.mounts().filter(({ totalBytes }) => totalBytes > 0 || call.has('a'));
    if (systems.length > 0 || !call.gnu) call.out.put(table(call, systems));
    return call.status;
  },
});

function table(call: Call, systems: readonly FileSystemInfo[]): string {
  const human = call.has('h');
  const unit = call.has('m') ? 1024 ** 2 : 1024;
  const amount = (bytes: number): string =>
    human ? humanSize(bytes, call.gnu) : String(Math.ceil(bytes / unit));
  const blockHead = human ? 'Size' : call.has('m') ? '1M-blocks' : '1K-blocks';
  const rows = systems.map((system) => {
    const { source, type, mountPoint, totalBytes, usedBytes } = system;
    const free = Math.max(0, totalBytes - usedBytes);
    const percent =
      totalBytes === 0 ? '-' : `${Math.ceil((usedBytes / Math.max(totalBytes, 1)) * 100)}%`;
    return {
      source,
      type,
      cells: [amount(totalBytes), amount(usedBytes), amount(free), percent],
      mountPoint,
    };
  });
  const heads = [blockHead, 'Used', call.say('Available', human ? 'Avail' : 'Available'), 'Use%'];
  const widths = call.gnu
    ? heads.map((head, column) =>
        Math.max(
          head.length,
          column < 3 ? 5 : 4,
          ...rows.map(({ cells }) => (cells[column] ?? '').length),
        ),
      )
    : [9, 9, 9, 4];
  const nameWidth = call.gnu ? Math.max(14, ...rows.map(({ source }) => source.length)) : 20;
  const typeWidth = call.gnu ? Math.max(4, ...rows.map(({ type }) => type.length)) : 10;
  const line = (name: string, type: string, cells: readonly string[], mount: string): string => {
    const typeCell = call.has('T') ? `${type.padEnd(typeWidth)} ` : '';
    // busybox puts a long name on a line of its own.
    const nameCell =
      name.length > nameWidth ? `${name}\n${' '.repeat(nameWidth)}` : name.padEnd(nameWidth);
    return `${nameCell} ${typeCell}${cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join(' ')} ${mount}\n`;
  };
  return [
    line('Filesystem', 'Type', heads, 'Mounted on'),
    ...rows.map(({ source, type, cells, mountPoint }) => line(source, type, cells, mountPoint)),
  ].join('');
}
