// wc: counts lines, words, characters and bytes.
import { byteLength } from '../base/bytes.ts';
import { command, type Call } from '../base/command.ts';
import { charactersPerStep, closeInput, inputsOf, namedFailure, openInput } from '../base/lines.ts';
import type { Blocking } from '../../types.ts';

export const wc = command({
  options: 'lwcmL',
  long: { lines: 'l', words: 'w', bytes: 'c', chars: 'm', 'max-line-length': 'L' },
  usage: '[-cmlwL] [FILE]...',
  *run(call) {
    const given = ['l', 'w', 'm', 'c', 'L'].filter((option) => call.has(option));
    const columns = given.length > 0 ? given : ['l', 'w', 'c'];
    const totals = new Counts();
    const rows: { readonly counts: Counts; readonly name: string }[] = [];
    for (const path of inputsOf(call.operands)) {
      const descriptor = yield* openInput(call, path, namedFailure);
      if (descriptor === undefined) continue;
      const counts = yield* countInput(call, descriptor);
      closeInput(call, descriptor);
      totals.add(counts);
      rows.push({ counts, name: call.operands.length === 0 ? '' : path });
    }
    if (call.operands.length > 1) rows.push({ counts: totals, name: 'total' });
    const width = columnWidth(call, columns.length, totals.values.c);
    for (const { counts, name } of rows) {
      const cells = columns.map((column) =>
        String(counts.values[column as keyof Counts['values']]).padStart(width),
      );
      call.out.put(`${cells.join(' ')}${name === '' ? '' : ` ${name}`}\n`);
    }
    return call.status;
  },
});

/** busybox has columns of nine, GNU as wide as the total needs (seven where standard input is read). */
function columnWidth(call: Call, columns: number, totalBytes: number): number {
  if (columns === 1 && call.operands.length <= 1) return 0;
  if (!call.gnu) return 9;
  const piped = call.operands.length === 0 || call.operands.includes('-');
  return piped ? 7 : String(totalBytes).length;
}

class Counts {
  readonly values = { l: 0, w: 0, m: 0, c: 0, L: 0 };

  add(other: Counts): void {
    this.values.l += other.values.l;
    this.values.w += other.values.w;
    this.values.m += other.values.m;
    this.values.c += other.values.c;
    this.values.L = Math.max(this.values.L, other.values.L);
  }
}

function* countInput(call: Call, descriptor: number): Blocking<Counts> {
  const counts = new Counts();
  // Without a locale a character is a byte.
  const { env } = call.process;
  const wide = /utf-?8/i.test(env.get('LC_ALL') ?? env.get('LANG') ?? '');
  let inWord = false;
  let column = 0;
  for (;;) {
    const chunk = yield* call.process.read(descriptor);
    if (chunk === undefined) break;
    yield* call.process.work(Math.ceil(chunk.length / charactersPerStep));
    const bytes = byteLength(chunk);
    counts.values.c += bytes;
    counts.values.m += wide ? [...chunk].length : bytes;
    for (const character of chunk) {
      const blank = ' \t\n\r\f\v'.includes(character);
      if (!blank && !inWord) counts.values.w += 1;
      inWord = !blank;
      if (character === '\n') {
        counts.values.l += 1;
        column = 0;
      } else column = character === '\t' ? (column | 7) + 1 : column + 1;
      counts.values.L = Math.max(counts.values.L, column);
    }
  }
  return counts;
}
