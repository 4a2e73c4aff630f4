// Small filters of lines: rev, tac, nl, fold, paste.
import { command } from '../base/command.ts';
import { unescape } from '../base/escapes.ts';
import {
  closeInput,
  eachLine,
  inputsOf,
  LineReader,
  namedFailure,
  openInput,
  readAll,
} from '../base/lines.ts';
import { parseInteger } from '../base/numbers.ts';

export const rev = command({
  options: '',
  usage: '[FILE]...',
  *run(call) {
    yield* eachLine(
      call,
      inputsOf(call.operands),
      ({ text, ended }) => {
        call.out.put([...text].reverse().join('') + (ended ? '\n' : ''));
      },
      { complaint: namedFailure },
    );
    return call.status;
  },
});

export const tac = command({
  options: '',
  usage: '[FILE]...',
  *run(call) {
    for (const path of inputsOf(call.operands)) {
      const descriptor = yield* openInput(call, path, (_, name, message) =>
        call.say(`${name}: ${message}`, `failed to open '${name}' for reading: ${message}`),
      );
      if (descriptor === undefined) continue;
      const text = yield* readAll(call, descriptor);
      closeInput(call, descriptor);
      const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
      yield* call.out.print(lines.reverse().join(''));
    }
    return call.status;
  },
});

export const nl = command({
  options: 'b:w:s:v:i:n:',
  long: {
    'body-numbering': 'b',
    'number-width': 'w',
    'number-separator': 's',
    'starting-line-number': 'v',
  },
  usage: '[OPTIONS] [FILE]...',
  *run(call) {
    const style = call.value('b') ?? 't';
    const width = parseInteger(call.value('w') ?? '6') ?? 6;
    const separator = call.value('s') ?? '\t';
    const step = parseInteger(call.value('i') ?? '1') ?? 1;
    let number = parseInteger(call.value('v') ?? '1') ?? 1;
    yield* eachLine(
      call,
      inputsOf(call.operands),
      ({ text }) => {
        if (style === 'a' || (style === 't' && text !== '')) {
          call.out.put(`${String(number).padStart(width)}${separator}${text}\n`);
          number += step;
        } else call.out.put(`${' '.repeat(width + 1)}${text}\n`);
      },
      { complaint: namedFailure },
    );
    return call.status;
  },
});

export const fold = command({
  options: 'w:sb',
  long: { width: 'w', spaces: 's', bytes: 'b' },
  usage: '[-bs] [-w WIDTH] [FILE]...',
  *run(call) {
    const width = parseInteger(call.value('w') ?? '80') ?? 0;
    if (width < 1) {
      const text = call.value('w') ?? '';
      return yield* call.fail(
        call.say(`invalid number '${text}'`, `invalid number of columns: '${text}'`),
      );
    }
    yield* eachLine(
      call,
      inputsOf(call.operands),
      ({ text, ended }) => {
        let rest = text;
        while (rest.length > width) {
          const blank = call.has('s') ? rest.lastIndexOf(' ', width - 1) : -1;
          const cut = blank >= 0 ? blank + 1 : width;
          call.out.put(`${rest.slice(0, cut)}\n`);
          rest = rest.slice(cut);
        }
        call.out.put(rest + (ended ? '\n' : ''));
      },
      { complaint: namedFailure },
    );
    return call.status;
  },
});

export const paste = command({
  options: 'd:s',
  long: { delimiters: 'd', serial: 's' },
  usage: '[-d LIST] [-s] [FILE]...',
  *run(call) {
    const delimiters = [...unescape(call.value('d') ?? '\\t', 'anywhere').text];
    const delimiter = (index: number): string =>
      delimiters[index % Math.max(delimiters.length, 1)] ?? '';
    const readers: LineReader[] = [];
    // `-` may be given several times: its lines are dealt out in turn.
    const input = new LineReader(call.process, 0);
    for (const path of inputsOf(call.operands)) {
      if (path === '-') {
        readers.push(input);
        continue;
      }
      const descriptor = yield* openInput(call, path, namedFailure);
      if (descriptor === undefined) return call.status;
      readers.push(new LineReader(call.process, descriptor));
    }
    if (call.has('s')) {
      for (const reader of readers) {
        let count = 0;
        for (let line = yield* reader.next(); line !== undefined; line = yield* reader.next()) {
          yield* call.out.print((count === 0 ? '' : delimiter(count - 1)) + line.text);
          count += 1;
        }
        call.out.put('\n');
      }
      return 0;
    }
    for (;;) {
      const parts: string[] = [];
      let some = false;
      for (const reader of readers) {
        const line = yield* reader.next();
        if (line !== undefined) some = true;
        parts.push(line?.text ?? '');
      }
      if (!some) return 0;
      yield* call.out.print(
        `${parts.reduce((joined, part, index) => joined + delimiter(index - 1) + part)}\n`,
      );
    }
  },
});
