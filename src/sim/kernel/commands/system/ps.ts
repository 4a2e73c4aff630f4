// ps: the processes of this container.
import { accountsOf, type Accounts } from '../base/accounts.ts';
import { command, type Call } from '../base/command.ts';
import { strftime } from '../base/strftime.ts';
import type { ProcessInfo } from '../../types.ts';
import { programName } from './processes.ts';

interface Column {
  readonly head: string;
  /** As wide at least. */
  readonly width: number;
  readonly right: boolean;
  readonly isPid?: boolean;
  readonly value: (info: ProcessInfo, view: View) => string;
}

export interface View {
  readonly accounts: Accounts;
  readonly nowMs: number;
  readonly totalBytes: number;
  readonly gnu: boolean;
}

export function userText(view: View, uid: number): string {
  const name = view.accounts.userName(uid) ?? String(uid);
  // busybox cuts; procps shows the number instead of a name that is too long.
  return view.gnu ? (name.length > 8 ? `${name.slice(0, 7)}+` : name) : name.slice(0, 8);
}

export function argsText(info: ProcessInfo, { gnu }: View): string {
  // What has ended and was not waited for has no arguments any more.
  if (info.state === 'Z') return `[${programName(info)}]${gnu ? ' <defunct>' : ''}`;
  return info.argv.join(' ').trimEnd();
}

/** `3:07` of busybox, `00:03:07` of procps. */
function cpuTime({ cpuMs }: ProcessInfo, long: boolean): string {
  const seconds = Math.floor(cpuMs / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (!long) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function elapsed({ startedMs }: ProcessInfo, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - startedMs) / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24];
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days > 0 ? `${days}-${two(hours)}:${rest}` : hours > 0 ? `${two(hours)}:${rest}` : rest;
}

function cpuPercent({ cpuMs, startedMs }: ProcessInfo, nowMs: number): string {
  const percent = (cpuMs / Math.max(nowMs - startedMs, 1)) * 100;
  return percent < 99.95 ? percent.toFixed(1) : String(Math.round(percent));
}

function right(head: string, width: number, value: Column['value']): Column {
  return { head, width, right: true, value };
}

function pidColumn(head: string, value: Column['value']): Column {
  return { head, width: 5, right: true, isPid: true, value };
}

function left(head: string, width: number, value: Column['value']): Column {
  return { head, width, right: false, value };
}

export const kib = (bytes: number): string => String(Math.ceil(bytes / 1024));
const terminal = ({ terminalName }: ProcessInfo): string => terminalName ?? '?';
const started = ({ startedMs }: ProcessInfo): string => strftime('%H:%M', startedMs);

const columns: Readonly<Record<string, Column>> = {
  pid: pidColumn('PID', ({ pid }) => String(pid)),
  ppid: pidColumn('PPID', ({ parentPid }) => String(parentPid)),
  pgid: right('PGID', 5, ({ processGroup }) => String(processGroup)),
  sid: right('SID', 5, ({ processGroup }) => String(processGroup)),
  user: left('USER', 8, ({ uid }, view) => userText(view, uid)),
  uid: right('UID', 5, ({ uid }) => String(uid)),
  group: left('GROUP', 8, ({ gid }, view) => view.accounts.groupName(gid) ?? String(gid)),
  gid: right('GID', 5, ({ gid }) => String(gid)),
  comm: left('COMMAND', 15, (info) => programName(info)),
  args: left('COMMAND', 0, argsText),
  stat: left('STAT', 4, ({ state }) => state),
  s: left('S', 1, ({ state }) => state),
  tty: left('TT', 8, terminal),
  time: right('TIME', 8, (info, { gnu }) => cpuTime(info, gnu)),
  etime: right('ELAPSED', 11, (info, { nowMs }) => elapsed(info, nowMs)),
  start: left('START', 5, started),
  vsz: right('VSZ', 6, ({ memoryBytes }) => kib(memoryBytes)),
  rss: right('RSS', 5, ({ memoryBytes }) => kib(memoryBytes)),
  pcpu: right('%CPU', 4, (info, { nowMs }) => cpuPercent(info, nowMs)),
  pmem: right('%MEM', 4, ({ memoryBytes }, { totalBytes }) =>
    ((memoryBytes / totalBytes) * 100).toFixed(1),
  ),
  nice: right('NI', 3, () => '0'),
};
const aliases: Readonly<Record<string, string>> = {
  command: 'args',
  cmd: 'args',
  ucmd: 'comm',
  ruser: 'user',
  euser: 'user',
  rgroup: 'group',
  state: 's',
  tt: 'tty',
  '%cpu': 'pcpu',
  '%mem': 'pmem',
  ni: 'nice',
  rssize: 'rss',
  vsize: 'vsz',
  pgrp: 'pgid',
};

/** Column names; a head of its own may follow `=`. */
function chosenColumns(list: readonly string[]): readonly Column[] | string {
  const chosen: Column[] = [];
  for (const word of list.flatMap((part) => part.split(/[, ]+/)).filter((part) => part !== '')) {
    const [name = '', head] = word.split('=');
    const column = columns[aliases[name] ?? name];
    if (column === undefined) return name;
    chosen.push(head === undefined ? column : { ...column, head });
  }
  return chosen;
}

function table(infos: readonly ProcessInfo[], chosen: readonly Column[], view: View): string {
  const rows = infos.map((info) => chosen.map((column) => column.value(info, view)));
  const headed = chosen.some(({ head }) => head !== '');
  // procps has room for the pids of a large machine.
  const least = ({ head, width, isPid }: Column): number =>
    Math.max(view.gnu && isPid === true ? 7 : width, head.length);
  const widths = chosen.map((column, index) =>
    // busybox keeps its widths, procps makes room for what is longer.
    view.gnu
      ? Math.max(least(column), ...rows.map((row) => (row[index] ?? '').length))
      : least(column),
  );
  const line = (cells: readonly string[], isHead: boolean): string =>
    cells
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        const last = index === cells.length - 1;
        // busybox puts every head to the left.
        if (chosen[index]?.right === true && !(isHead && !view.gnu)) return cell.padStart(width);
        return last ? cell : cell.padEnd(width);
      })
      .join(' ');
  const lines = rows.map((row) => line(row, false));
  if (headed)
    lines.unshift(
      line(
        chosen.map(({ head }) => head),
        true,
      ),
    );
  return lines.map((text) => `${text}\n`).join('');
}

const fixedColumns: Readonly<Record<string, readonly Column[]>> = {
  aux: [
    left('USER', 8, ({ uid }, view) => userText(view, uid)),
    pidColumn('PID', ({ pid }) => String(pid)),
    right('%CPU', 4, (info, { nowMs }) => cpuPercent(info, nowMs)),
    right('%MEM', 4, ({ memoryBytes }, { totalBytes }) =>
      ((memoryBytes / totalBytes) * 100).toFixed(1),
    ),
    right('VSZ', 6, ({ memoryBytes }) => kib(memoryBytes)),
    right('RSS', 5, ({ memoryBytes }) => kib(memoryBytes)),
    left('TTY', 8, terminal),
    left('STAT', 4, ({ state, pid, processGroup }) => state + (pid === processGroup ? 's' : '')),
    left('START', 5, started),
    right('TIME', 6, (info) => cpuTime(info, false)),
    left('COMMAND', 0, argsText),
  ],
  ef: [
    left('UID', 8, ({ uid }, view) => userText(view, uid)),
    pidColumn('PID', ({ pid }) => String(pid)),
    pidColumn('PPID', ({ parentPid }) => String(parentPid)),
    right('C', 2, (info, { nowMs }) =>
      String(Math.min(99, Math.floor(Number(cpuPercent(info, nowMs))))),
    ),
    left('STIME', 5, started),
    left('TTY', 8, terminal),
    right('TIME', 8, (info) => cpuTime(info, true)),
    left('CMD', 0, argsText),
  ],
  own: [
    pidColumn('PID', ({ pid }) => String(pid)),
    left('TTY', 8, terminal),
    right('TIME', 8, (info) => cpuTime(info, true)),
    left('CMD', 0, programName),
  ],
  busybox: [
    pidColumn('PID', ({ pid }) => String(pid)),
    left('USER', 8, ({ uid }, view) => userText(view, uid)),
    right('TIME', 5, (info) => cpuTime(info, false)),
    left('COMMAND', 0, argsText),
  ],
};

export const ps = command({
  options: 'o:Taewflup:C:AxdhLN{no-headers}',
  long: { 'no-headers': 'no-headers', format: 'o', pid: 'p' },
  usage: '[-o COL1,COL2=HEADER] [-T]',
  // BSD's options have no hyphen.
  rewrite: (words) =>
    words.map((word, index) => (index === 0 && /^[auxfwe]+$/.test(word) ? `-${word}` : word)),
  *run(call) {
    const list = call.values('o');
    const chosen = chosenColumns(list);
    if (typeof chosen === 'string') {
      if (call.gnu) {
        yield* call.process.write(2, `error: unknown user-defined format specifier "${chosen}"\n`);
        return 1;
      }
      const supported = [...Object.keys(columns)].join(',');
      return yield* call.fail(`bad -o argument '${chosen}', supported arguments: ${supported}`);
    }
    const view = viewOf(call);
    const all = call.process.host.processes();
    const bsd = call.has('a') && call.has('x');
    let form = 'busybox';
    let infos = all;
    if (call.gnu) {
      form = call.has('u') && bsd ? 'aux' : call.has('f') ? 'ef' : 'own';
      const own = terminal(call.process);
      const wantsAll = call.has('e') || call.has('A') || bsd;
      if (!wantsAll)
        infos = all.filter((info) => terminal(info) === own && info.uid === call.process.uid);
    }
    const pids = call.values('p').flatMap((text) => text.split(/[, ]+/));
    if (pids.length > 0) infos = all.filter(({ pid }) => pids.includes(String(pid)));
    const names = call.values('C').flatMap((text) => text.split(','));
    if (names.length > 0) infos = all.filter((info) => names.includes(programName(info)));
    const wanted = chosen.length > 0 ? chosen : (fixedColumns[form] ?? []);
    const text = table(infos, wanted, view);
    yield* call.out.print(call.has('no-headers') ? text.slice(text.indexOf('\n') + 1) : text);
    return infos.length === 0 ? 1 : 0;
  },
});

export function viewOf(call: Call): View {
  const { host, clock } = call.process;
  return {
    accounts: accountsOf(call.process),
    nowMs: clock.nowMs(),
    totalBytes: host.memoryTotalBytes,
    gnu: call.gnu,
  };
}
