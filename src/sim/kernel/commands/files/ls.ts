// ls: what is in folders.
import { accountsOf, type Accounts } from '../base/accounts.ts';
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { blocksKib, humanSize } from '../base/human.ts';
import { strftime } from '../base/strftime.ts';
import type { Blocking, FileStat } from '../../types.ts';
import { modeText } from './modes.ts';

/** Older files show their year instead of the time of day. */
const recentMs = 182 * 86_400_000;

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: FileStat;
}

export const ls = command({
  options: 'laA1RhdintSrFpCxsLcuogw:UX{color}::{full-time}',
  long: {
    all: 'a',
    'almost-all': 'A',
    recursive: 'R',
    'human-readable': 'h',
    directory: 'd',
    inode: 'i',
    reverse: 'r',
    classify: 'F',
    size: 's',
    dereference: 'L',
    color: 'color',
    'full-time': 'full-time',
  },
  usage: '[-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...',
  usageCode: 2,
  *run(call) {
    const plain: Entry[] = [];
    const folders: Entry[] = [];
    const operands = call.operands.length > 0 ? call.operands : ['.'];
    const gone = call.gnu ? 2 : 1;
    for (const path of operands) {
      try {
        // With -l a link is shown as such, else what it leads to.
        const asLink = (call.has('l') || call.has('d')) && !call.has('L') && !path.endsWith('/');
        const { files } = call.process;
        const stat = asLink || !files.exists(path) ? files.lstat(path) : files.stat(path);
        const isFolder = stat.type === 'directory' && !call.has('d');
        (isFolder ? folders : plain).push({ name: path, path, stat });
      } catch (thrown) {
        const message = errnoText(thrown);
        yield* call.warn(
          call.say(`${path}: ${message}`, `cannot access '${path}': ${message}`),
          gone,
        );
      }
    }
    const accounts = accountsOf(call.process);
    if (plain.length > 0) yield* show(call, accounts, sorted(call, plain), false);
    const titled = operands.length > 1 || call.has('R');
    let blank = plain.length > 0;
    const pending = sorted(call, folders);
    for (let folder = pending.shift(); folder !== undefined; folder = pending.shift()) {
      yield* call.process.work(1);
      const entries = yield* entriesOf(call, folder);
      if (entries === undefined) continue;
      if (titled) call.out.put(`${blank ? '\n' : ''}${folder.path}:\n`);
      blank = true;
      yield* show(call, accounts, entries, true);
      if (call.has('R')) pending.unshift(...entries.filter(isSubfolder));
    }
    return call.status;
  },
});

function isSubfolder({ name, stat }: Entry): boolean {
  return stat.type === 'directory' && name !== '.' && name !== '..';
}

function* entriesOf(call: Call, folder: Entry): Blocking<Entry[] | undefined> {
  const { files } = call.process;
  const base = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  try {
    const names = [...files.list(folder.path)].filter(
      (name) => !name.startsWith('.') || call.has('a') || call.has('A'),
    );
    if (call.has('a')) names.push('.', '..');
    const entries: Entry[] = [];
    for (const name of names) {
      const path = base + name;
      // A file of /proc may be gone again by now.
      if (!files.exists(path) && !call.has('L')) {
        const link = linkStat(call, path);
        if (link !== undefined) entries.push({ name, path, stat: link });
      } else
        entries.push({ name, path, stat: call.has('L') ? files.stat(path) : files.lstat(path) });
    }
    return sorted(call, entries);
  } catch (thrown) {
    const message = errnoText(thrown);
    yield* call.warn(
      call.say(
        `can't open '${folder.path}': ${message}`,
        `cannot open directory '${folder.path}': ${message}`,
      ),
      call.gnu ? 2 : 1,
    );
    return undefined;
  }
}

function linkStat(call: Call, path: string): FileStat | undefined {
  try {
    return call.process.files.lstat(path);
  } catch (thrown) {
    errnoText(thrown);
    return undefined;
  }
}

function sorted(call: Call, entries: readonly Entry[]): Entry[] {
  const list = [...entries];
  if (call.has('U')) return list;
  const by = call.last('tSX');
  list.sort((one, other) => {
    const order =
      by === 't'
        ? other.stat.modifiedMs - one.stat.modifiedMs
        : by === 'S'
          ? other.stat.size - one.stat.size
          : by === 'X'
            ? compareText(suffix(one.name), suffix(other.name))
            : 0;
    return order || compareText(one.name, other.name);
  });
  return call.has('r') ? list.reverse() : list;
}

function suffix(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function* show(
  call: Call,
  accounts: Accounts,
  entries: readonly Entry[],
  isFolder: boolean,
): Blocking<void> {
  const long =
    call.has('l') || call.has('n') || call.has('o') || call.has('g') || call.has('full-time');
  if (isFolder && (long || call.has('s'))) {
    const kib = entries.reduce((sum, { stat }) => sum + blocks(stat), 0);
    call.out.put(`total ${call.has('h') ? humanSize(kib * 1024, call.gnu) : kib}\n`);
  }
  const lines = long
    ? longLines(call, accounts, entries)
    : entries.map((entry) => lead(call, entry) + label(call, entry));
  const columns =
    !long && !call.has('1') && (call.has('C') || call.has('x') || call.process.isTerminal(1));
  yield* call.out.print(
    columns ? inColumns(call, lines) : lines.map((line) => `${line}\n`).join(''),
  );
}

function blocks({ type, size }: FileStat): number {
  return type === 'file' || type === 'directory' ? blocksKib(size) : 0;
}

function lead(call: Call, { stat }: Entry): string {
  const inode = call.has('i')
    ? `${call.say(String(stat.inode).padStart(7), String(stat.inode))} `
    : '';
  return (
    inode +
    (call.has('s') ? `${call.say(String(blocks(stat)).padStart(6), String(blocks(stat)))} ` : '')
  );
}

/** The name with what marks its kind (-F, -p). */
function label(call: Call, { name, stat }: Entry): string {
  if (stat.type === 'directory' && (call.has('F') || call.has('p'))) return `${name}/`;
  if (!call.has('F')) return name;
  const marks: Partial<Record<FileStat['type'], string>> = { symlink: '@', fifo: '|', socket: '=' };
  return (
    name + (marks[stat.type] ?? (stat.type === 'file' && (stat.mode & 0o111) !== 0 ? '*' : ''))
  );
}

function longLines(call: Call, accounts: Accounts, entries: readonly Entry[]): string[] {
  const numeric = call.has('n');
  const rows = entries.map((entry) => {
    const { stat } = entry;
    const size = call.has('h') ? humanSize(stat.size, call.gnu) : String(stat.size);
    const user = (numeric ? undefined : accounts.userName(stat.uid)) ?? String(stat.uid);
    const group = (numeric ? undefined : accounts.groupName(stat.gid)) ?? String(stat.gid);
    const link = stat.type === 'symlink' ? ` -> ${call.process.files.readlink(entry.path)}` : '';
    return {
      mode: modeText(stat),
      links: String(stat.links),
      user: call.has('g') ? '' : user,
      group: call.has('o') ? '' : group,
      size,
      rest: `${dateText(call, stat.modifiedMs)} ${call.has('F') && link !== '' ? entry.name : label(call, entry)}${link}`,
      entry,
    };
  });
  const widest = (column: 'links' | 'user' | 'group' | 'size'): number =>
    Math.max(0, ...rows.map((row) => row[column].length));
  return rows.map(({ mode, links, user, group, size, rest, entry }) => {
    if (!call.gnu) {
      const owner = `${user.slice(0, 8).padEnd(8)} ${group.slice(0, 8).padEnd(8)}`;
      return `${lead(call, entry)}${mode} ${links.padStart(4)} ${owner} ${size.padStart(9)} ${rest}`;
    }
    const owners = [
      ...(call.has('g') ? [] : [user.padEnd(widest('user'))]),
      ...(call.has('o') ? [] : [group.padEnd(widest('group'))]),
    ];
    return [
      lead(call, entry) + mode,
      links.padStart(widest('links')),
      ...owners,
      size.padStart(widest('size')),
      rest,
    ].join(' ');
  });
}

function dateText(call: Call, ms: number): string {
  if (call.has('full-time')) return strftime('%Y-%m-%d %H:%M:%S.%N %z', ms);
  const ageMs = call.process.clock.nowMs() - ms;
  return strftime(ageMs > recentMs || ageMs < -3_600_000 ? '%b %e  %Y' : '%b %e %H:%M', ms);
}

/** As many columns as fit, filled downwards. */
function inColumns(call: Call, names: readonly string[]): string {
  if (names.length === 0) return '';
  const width = Number(call.value('w') ?? call.process.terminal(1)?.columns ?? 80);
  const column = Math.max(...names.map((name) => name.length)) + 2;
  const count = Math.max(1, Math.floor((width + 1) / column));
  const rows = Math.ceil(names.length / count);
  let text = '';
  for (let row = 0; row < rows; row += 1) {
    const cells = call.has('x')
      ? names.slice(row * count, (row + 1) * count)
      : names.filter((_, index) => index % rows === row);
    text += `${cells
      .map((name) => name.padEnd(column))
      .join('')
      .trimEnd()}\n`;
  }
  return text;
}
