// head: the first lines or bytes.
import { byteLength, fromBytes, toBytes } from '../base/bytes.ts';
import { command, type Call } from '../base/command.ts';
import {
  closeInput,
  inputsOf,
  LineReader,
  openInput,
  readAll,
  splitLines,
  type OpenComplaint,
} from '../base/lines.ts';
import { parseSize } from '../base/numbers.ts';
import type { Blocking } from '../../types.ts';

/** How head names a file that it cannot open. */
const complaint: OpenComplaint = (call, path, message) =>
  call.say(`${path}: ${message}`, `cannot open '${path}' for reading: ${message}`);

export const head = command({
  options: 'n:c:qv',
  long: { lines: 'n', bytes: 'c', quiet: 'q', silent: 'q', verbose: 'v' },
  usage: '[OPTIONS] [FILE]...',
  rewrite: (words) =>
    /^-\d+$/.test(words[0] ?? '') ? ['-n', (words[0] ?? '').slice(1), ...words.slice(1)] : words,
  *run(call) {
    const unit = call.last('nc') ?? 'n';
    const text = call.value(unit) ?? '10';
    const fromEnd = text.startsWith('-');
    const count = parseSize(text.replace(call.gnu ? /^[-+]/ : /^-/, ''));
    if (count === undefined) {
      const what = unit === 'c' ? 'bytes' : 'lines';
      return yield* call.fail(
        call.say(`invalid number '${text}'`, `invalid number of ${what}: '${text}'`),
      );
    }
    const paths = inputsOf(call.operands);
    const titled = call.has('v') || (paths.length > 1 && !call.has('q'));
    let first = true;
    for (const path of paths) {
      const descriptor = yield* openInput(call, path, complaint);
      if (descriptor === undefined) continue;
      if (titled)
        call.out.put(`${first ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`);
      first = false;
      if (fromEnd) yield* allBut(call, descriptor, unit, count);
      else if (unit === 'c') yield* firstBytes(call, descriptor, count);
      else yield* firstLines(call, descriptor, count);
      closeInput(call, descriptor);
    }
    return call.status;
  },
});

function* firstLines(call: Call, descriptor: number, count: number): Blocking<void> {
  const reader = new LineReader(call.process, descriptor);
  for (let left = count; left > 0; left -= 1) {
    if (!reader.ready) yield* call.out.flush();
    const line = yield* reader.next();
    if (line === undefined) return;
    yield* call.out.print(line.ended ? `${line.text}\n` : line.text);
  }
}

function* firstBytes(call: Call, descriptor: number, count: number): Blocking<void> {
  let left = count;
  while (left > 0) {
    yield* call.out.flush();
    const chunk = yield* call.process.read(descriptor, left);
    if (chunk === undefined) return;
    const length = byteLength(chunk);
    call.out.put(length <= left ? chunk : fromBytes(toBytes(chunk).slice(0, left)));
    left -= length;
  }
}

function* allBut(call: Call, descriptor: number, unit: string, count: number): Blocking<void> {
  const text = yield* readAll(call, descriptor);
  if (unit === 'c') {
    const bytes = toBytes(text);
    call.out.put(fromBytes(bytes.slice(0, Math.max(bytes.length - count, 0))));
    return;
  }
  const lines = splitLines(text);
  const kept = lines.slice(0, Math.max(lines.length - count, 0));
  call.out.put(kept.map((line) => `${line}\n`).join(''));
}
