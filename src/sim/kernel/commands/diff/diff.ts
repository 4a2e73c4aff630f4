// diff and cmp: how two files differ.
import { toBytes } from '../base/bytes.ts';
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { strftime } from '../base/strftime.ts';
import { parseInteger } from '../base/numbers.ts';
import { readAll } from '../base/lines.ts';
import type { Blocking } from '../../types.ts';
import { normalDiff, unifiedDiff } from './print.ts';

export const diff = command({
  options: 'uU:qsNrwbBi{color}::{label}:',
  long: {
    unified: 'u',
    brief: 'q',
    'report-identical-files': 's',
    'new-file': 'N',
    recursive: 'r',
    'ignore-all-space': 'w',
    'ignore-space-change': 'b',
    'ignore-case': 'i',
    color: 'color',
    label: 'label',
  },
  usage: '[-abBdiNqrTstw] [-L LABEL] [-S FILE] [-U LINES] FILE1 FILE2',
  usageCode: 2,
  *run(call) {
    const [left, right, extra] = call.operands;
    if (left === undefined || right === undefined || extra !== undefined) {
      const gnuText =
        extra !== undefined
          ? `extra operand '${extra}'`
          : `missing operand after '${left ?? call.name}'`;
      return yield* call.misuse(gnuText);
    }
    const differs = yield* compare(call, left, right);
    return call.status > 1 ? call.status : differs ? 1 : 0;
  },
});

/** Compares two paths, folders entry by entry with -r; whether they differ. */
function* compare(call: Call, left: string, right: string): Blocking<boolean> {
  const { files } = call.process;
  const isFolder = (path: string): boolean =>
    path !== '-' && files.exists(path) && files.stat(path).type === 'directory';
  if (isFolder(left) && isFolder(right)) return yield* compareFolders(call, left, right);
  // A file against a folder means the file of that name in it.
  const name = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const first = isFolder(left) ? `${left}/${name(right)}` : left;
  const second = isFolder(right) ? `${right}/${name(left)}` : right;
  const oldText = yield* contents(call, first);
  const newText = yield* contents(call, second);
  if (oldText === undefined || newText === undefined) return true;
  const key = (line: string): string => normalized(call, line);
  const same = normalized(call, oldText) === normalized(call, newText);
  if (same) {
    if (call.has('s')) yield* call.out.print(`Files ${first} and ${second} are identical\n`);
    return false;
  }
  if (call.has('q')) {
    yield* call.out.print(`Files ${first} and ${second} differ\n`);
    return true;
  }
  yield* call.process.work(Math.ceil((oldText.length + newText.length) / 512));
  const unified = call.has('u') || call.has('U') || !call.gnu;
  if (!unified) {
    yield* call.out.print(normalDiff(oldText, newText, key));
    return true;
  }
  const labels = call.values('label');
  yield* call.out.print(
    `--- ${labels[0] ?? headOf(call, first)}\n+++ ${labels[1] ?? headOf(call, second)}\n`,
  );
  yield* call.out.print(
    unifiedDiff(oldText, newText, {
      context: parseInteger(call.value('U') ?? '3') ?? 3,
      key,
    }),
  );
  return true;
}

function* compareFolders(call: Call, left: string, right: string): Blocking<boolean> {
  const { files } = call.process;
  const names = [...new Set([...files.list(left), ...files.list(right)])].sort();
  let differs = false;
  for (const name of names) {
    const [first, second] = [`${left}/${name}`, `${right}/${name}`];
    const missing = !files.exists(first) ? right : !files.exists(second) ? left : undefined;
    if (missing !== undefined && !call.has('N')) {
      yield* call.out.print(`Only in ${missing}: ${name}\n`);
      differs = true;
      continue;
    }
    const folder = missing === undefined && files.stat(first).type === 'directory';
    if (folder && !call.has('r')) {
      yield* call.out.print(`Common subdirectories: ${first} and ${second}\n`);
      continue;
    }
    if (yield* compare(call, first, second)) differs = true;
  }
  return differs;
}

/** A file's text; one that does not exist is empty with -N. */
function* contents(call: Call, path: string): Blocking<string | undefined> {
  try {
    if (path === '-') return yield* readAll(call, 0);
    if (call.has('N') && !call.process.files.exists(path)) return '';
    return call.process.files.readText(path);
  } catch (thrown) {
    const message = errnoText(thrown);
    yield* call.warn(call.say(`can't stat '${path}': ${message}`, `${path}: ${message}`), 2);
    return undefined;
  }
}

function normalized(call: Call, text: string): string {
  let result = text;
  if (call.has('i')) result = result.toLowerCase();
  if (call.has('w')) result = result.replace(/[ \t]+/g, '');
  else if (call.has('b')) result = result.replace(/[ \t]+$/gm, '').replace(/[ \t]+/g, ' ');
  return call.has('B') ? result.replace(/\n+/g, '\n') : result;
}

/** Name and time of change, as the head of a unified diff has them. busybox has the name alone. */
function headOf(call: Call, path: string): string {
  if (!call.gnu || path === '-' || !call.process.files.exists(path)) return path;
  const { modifiedMs } = call.process.files.stat(path);
  return `${path}\t${strftime('%Y-%m-%d %H:%M:%S.%N %z', modifiedMs)}`;
}

export const cmp = command({
  options: 'sl',
  long: { silent: 's', quiet: 's', verbose: 'l' },
  usage: '[-ls] [-n NUM] FILE1 [FILE2]',
  usageCode: 2,
  *run(call) {
    const [left, right = '-'] = call.operands;
    if (left === undefined) return yield* call.misuse("missing operand after 'cmp'");
    const texts: string[] = [];
    for (const path of [left, right]) {
      try {
        texts.push(path === '-' ? yield* readAll(call, 0) : call.process.files.readText(path));
      } catch (thrown) {
        return yield* call.fail(`${path}: ${errnoText(thrown)}`, 2);
      }
    }
    const [a = [], b = []] = texts.map(toBytes);
    const at = a.findIndex((byte, index) => byte !== b[index]);
    if (at < 0 && a.length === b.length) return 0;
    if (call.has('s')) return 1;
    if (at < 0 || at >= b.length) {
      const short = a.length < b.length ? left : right;
      const count = Math.min(a.length, b.length);
      const where = count === 0 ? 'which is empty' : `after byte ${count}`;
      return yield* call.fail(call.say(`EOF on ${short}`, `EOF on ${short} ${where}`));
    }
    const line = a.slice(0, at).filter((byte) => byte === 10).length + 1;
    yield* call.out.print(`${left} ${right} differ: char ${at + 1}, line ${line}\n`);
    return 1;
  },
});
