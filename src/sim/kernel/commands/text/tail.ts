// tail: the last lines or bytes, and what is added later (-f, -F).
import { fromBytes, toBytes } from '../base/bytes.ts';
import { command, type Call } from '../base/command.ts';
import { closeInput, inputsOf, LineReader, openInput, type OpenComplaint } from '../base/lines.ts';
import { parseDuration, parseSize } from '../base/numbers.ts';
import type { Blocking } from '../../types.ts';
import { follow, title, type Followed } from './tail-follow.ts';

const complaint: OpenComplaint = (call, path, message) =>
  call.say(`can't open '${path}': ${message}`, `cannot open '${path}' for reading: ${message}`);

export const tail = command({
  options: 'n:c:fFqvs:{retry}{pid}:',
  long: {
    lines: 'n',
    bytes: 'c',
    follow: 'f',
    retry: 'retry',
    quiet: 'q',
    silent: 'q',
    verbose: 'v',
    'sleep-interval': 's',
  },
  usage: '[OPTIONS] [FILE]...',
  // The old forms: tail -5, tail +5, tail -5f.
  rewrite: (words) => {
    const found = /^([-+]\d+)(f?)$/.exec(words[0] ?? '');
    if (found === null) return words;
    return ['-n', found[1] ?? '', ...(found[2] ? ['-f'] : []), ...words.slice(1)];
  },
  *run(call) {
    const unit = call.last('nc') ?? 'n';
    const text = call.value(unit) ?? '10';
    const fromStart = text.startsWith('+');
    const count = parseSize(text.replace(/^[-+]/, ''));
    const pauseMs = parseDuration(call.value('s') ?? '1');
    if (count === undefined || pauseMs === undefined) {
      const what = unit === 'c' ? 'bytes' : 'lines';
      return yield* call.fail(
        call.say(`invalid number '${text}'`, `invalid number of ${what}: '${text}'`),
      );
    }
    const paths = inputsOf(call.operands);
    const titled = call.has('v') || (paths.length > 1 && !call.has('q'));
    const followed: Followed[] = [];
    let shown = false;
    for (const path of paths) {
      const descriptor = yield* openInput(call, path, complaint);
      if (descriptor === undefined) {
        if (call.has('F')) followed.push({ path, descriptor: undefined, missing: true });
        continue;
      }
      if (titled) yield* title(call, path, shown);
      shown = true;
      yield* showEnd(call, descriptor, { unit, count, fromStart });
      yield* call.out.flush();
      if (call.has('f') || call.has('F')) followed.push({ path, descriptor, missing: false });
      else closeInput(call, descriptor);
    }
    if (followed.length === 0) {
      if (call.status === 0) return 0;
      return call.gnu && !call.has('f')
        ? 1
        : yield* call.fail(call.say('no files', 'no files remaining'));
    }
    return yield* follow(call, followed, { byName: call.has('F'), titled, pauseMs });
  },
});

interface Wanted {
  readonly unit: string;
  readonly count: number;
  readonly fromStart: boolean;
}

function* showEnd(call: Call, descriptor: number, wanted: Wanted): Blocking<void> {
  const reader = new LineReader(call.process, descriptor);
  if (wanted.unit === 'c') yield* endBytes(call, reader, wanted);
  else if (wanted.fromStart) yield* fromLine(call, reader, wanted.count);
  else yield* endLines(call, reader, wanted.count);
}

/** Keeps what it reads until it knows that enough lines follow: a line without end is kept whole. */
function* endLines(call: Call, reader: LineReader, count: number): Blocking<void> {
  const kept: string[] = [];
  for (let read = 1; ; read += 1) {
    const line = yield* reader.next();
    if (line === undefined) break;
    kept.push(line.ended ? `${line.text}\n` : line.text);
    if (kept.length > 2 * count + 1000) kept.splice(0, kept.length - count);
    if (read % 64 === 0) yield* call.process.work(1);
  }
  call.out.put(kept.slice(Math.max(kept.length - count, 0)).join(''));
}

function* fromLine(call: Call, reader: LineReader, count: number): Blocking<void> {
  for (let skipped = 1; skipped < count; skipped += 1) {
    if ((yield* reader.next()) === undefined) return;
  }
  yield* copyRest(call, reader);
}

function* copyRest(call: Call, reader: LineReader): Blocking<void> {
  for (;;) {
    const chunk = yield* reader.rest();
    if (chunk === undefined) return;
    yield* call.process.write(1, chunk);
  }
}

function* endBytes(call: Call, reader: LineReader, wanted: Wanted): Blocking<void> {
  const bytes: number[] = [];
  let left = Math.max(wanted.count - 1, 0);
  for (;;) {
    const chunk = yield* reader.rest();
    if (chunk === undefined) break;
    const part = toBytes(chunk);
    if (wanted.fromStart) {
      call.out.put(fromBytes(part.slice(left)));
      left = Math.max(left - part.length, 0);
      yield* call.out.flush();
      continue;
    }
    for (const byte of part) bytes.push(byte);
    if (bytes.length > 2 * wanted.count + 65_536) bytes.splice(0, bytes.length - wanted.count);
  }
  call.out.put(fromBytes(bytes.slice(Math.max(bytes.length - wanted.count, 0))));
}
