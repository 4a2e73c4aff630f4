// The part of grep that goes through inputs: which lines to show, with what around them.
import { isErrno } from '../../errno.ts';
import { globMatches } from '../../glob.ts';
import type { Blocking } from '../../types.ts';
import type { Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { closeInput, LineReader } from '../base/lines.ts';

export interface Search {
  /** The first match at or after a position. */
  readonly find: (
    line: string,
    from: number,
  ) => { readonly start: number; readonly end: number } | undefined;
  readonly paths: readonly string[];
  readonly recursive: boolean;
  /** Whether lines begin with the file's name. */
  readonly named: boolean;
  readonly invert: boolean;
  readonly quiet: boolean;
  readonly before: number;
  readonly after: number;
  readonly maxCount: number;
}

/** Searches one input; whether a line was selected. */
export function* searchInput(call: Call, search: Search, path: string): Blocking<boolean> {
  const descriptor = yield* openSearched(call, search, path);
  if (descriptor === undefined) return false;
  const listing = call.has('l') || call.has('L');
  const show = !search.quiet && !listing && !call.has('c');
  const name = path === '-' ? '(standard input)' : path;
  const view = new View(call, search, name);
  const reader = new LineReader(call.process, descriptor);
  let selected = 0;
  for (let number = 1; ; number += 1) {
    if (!reader.ready || call.out.full) yield* call.out.flush();
    if (number % 16 === 0) yield* call.process.work(1);
    if (selected >= search.maxCount && (!show || view.afterLeft === 0)) break;
    const line = yield* reader.next();
    if (line === undefined) break;
    const isSelected =
      selected < search.maxCount && (search.find(line.text, 0) !== undefined) !== search.invert;
    if (isSelected) selected += 1;
    if (isSelected && (search.quiet || listing)) break;
    if (!show) continue;
    if (isSelected && call.gnu && !call.has('a') && line.text.includes('\0')) {
      call.out.put(`grep: ${name}: binary file matches\n`);
      break;
    }
    view.add(line.text, number, isSelected);
  }
  closeInput(call, descriptor);
  if (call.has('c') && !search.quiet)
    call.out.put(`${search.named ? `${name}:` : ''}${selected}\n`);
  if (call.has('l') && selected > 0) call.out.put(`${name}\n`);
  if (call.has('L') && selected === 0) call.out.put(`${name}\n`);
  // busybox counts what it lists.
  return call.has('L') && !call.gnu ? selected === 0 : selected > 0;
}

/** The lines shown: selected ones, their neighbours, and `--` where lines are left out between them. */
class View {
  readonly #call: Call;
  readonly #search: Search;
  readonly #name: string;
  readonly #waiting: { readonly text: string; readonly number: number }[] = [];
  #lastShown = 0;
  afterLeft = 0;

  constructor(call: Call, search: Search, name: string) {
    this.#call = call;
    this.#search = search;
    this.#name = name;
  }

  add(text: string, number: number, selected: boolean): void {
    const { before, after } = this.#search;
    if (!selected && this.afterLeft === 0) {
      if (before === 0) return;
      this.#waiting.push({ text, number });
      if (this.#waiting.length > before) this.#waiting.shift();
      return;
    }
    if (selected) {
      const first = this.#waiting[0]?.number ?? number;
      const gap = before + after > 0 && this.#lastShown > 0 && first > this.#lastShown + 1;
      if (gap) this.#call.out.put('--\n');
      for (const line of this.#waiting.splice(0)) this.#show(line.text, line.number, '-');
      this.afterLeft = after;
    } else this.afterLeft -= 1;
    this.#show(text, number, selected ? ':' : '-');
  }

  #show(text: string, number: number, mark: string): void {
    this.#lastShown = number;
    const lead = `${this.#search.named ? this.#name + mark : ''}${this.#call.has('n') ? `${number}${mark}` : ''}`;
    if (!this.#call.has('o')) {
      this.#call.out.put(`${lead}${text}\n`);
      return;
    }
    if (mark === '-' || this.#search.invert) return;
    for (let at = 0; at <= text.length;) {
      const found = this.#search.find(text, at);
      if (found === undefined) return;
      if (found.end > found.start)
        this.#call.out.put(`${lead}${text.slice(found.start, found.end)}\n`);
      at = Math.max(found.end, found.start + 1);
    }
  }
}

function* openSearched(call: Call, search: Search, path: string): Blocking<number | undefined> {
  if (path === '-') return 0;
  try {
    const descriptor = call.process.open(path, { read: true });
    if (call.process.describe(descriptor).type !== 'directory') return descriptor;
    call.process.close(descriptor);
    if (call.gnu && !search.recursive && !call.has('s'))
      yield* call.warn(`${path}: Is a directory`, 2);
  } catch (thrown) {
    const message = errnoText(thrown);
    if (call.has('s')) call.status = 2;
    else yield* call.warn(`${path}: ${message}`, 2);
  }
  return undefined;
}

/** The files of a tree, folder by folder; symbolic links inside it are not followed unless with -R. */
export function* filesBelow(
  call: Call,
  path: string,
  wanted: { readonly include: readonly string[]; readonly exclude: readonly string[] },
): Blocking<string[]> {
  const { files } = call.process;
  const found: string[] = [];
  const pending = [path];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield* call.process.work(1);
    const name = next.slice(next.lastIndexOf('/') + 1);
    try {
      const follow = next === path || call.has('R');
      const { type } = follow ? files.stat(next) : files.lstat(next);
      if (type === 'directory') {
        const folder = next.endsWith('/') ? next : `${next}/`;
        const entries = files.list(next).map((entry) => folder + entry);
        pending.push(...entries.reverse());
      } else if (
        (type === 'file' || next === path) &&
        (wanted.include.length === 0 || wanted.include.some((glob) => globMatches(glob, name))) &&
        !wanted.exclude.some((glob) => globMatches(glob, name))
      ) {
        found.push(next);
      }
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      yield* call.warn(`${next}: ${thrown.message}`, 2);
    }
  }
  return found;
}
