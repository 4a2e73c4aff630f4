// od and hexdump: bytes made visible.
import { toBytes } from '../base/bytes.ts';
import { command, type Call } from '../base/command.ts';
import { closeInput, inputsOf, namedFailure, openInput, readAll } from '../base/lines.ts';
import { parseSize } from '../base/numbers.ts';
import type { Blocking } from '../../types.ts';

const bytesPerLine = 16;

/** How a unit of bytes is written. */
interface Format {
  readonly size: 1 | 2 | 4;
  readonly show: (value: number) => string;
}

const named: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};

function radix(size: 1 | 2 | 4, base: 8 | 16, width: number): Format {
  return { size, show: (value) => ` ${value.toString(base).padStart(width, '0')}` };
}

const character: Format = {
  size: 1,
  show: (value) => {
    const printable = value >= 32 && value < 127 ? String.fromCharCode(value) : undefined;
    return (named[value] ?? printable ?? value.toString(8).padStart(3, '0')).padStart(4);
  },
};

function formatOf(type: string): Format | undefined {
  switch (type) {
    case 'c':
      return character;
    case 'x1':
    case 'o1':
      return type === 'x1' ? radix(1, 16, 2) : radix(1, 8, 3);
    case 'x':
    case 'x4':
      return radix(4, 16, 8);
    case 'x2':
      return radix(2, 16, 4);
    case 'o2':
      return radix(2, 8, 6);
    case 'd1':
      return { size: 1, show: (value) => String(value > 127 ? value - 256 : value).padStart(5) };
    case 'u1':
      return { size: 1, show: (value) => String(value).padStart(4) };
    case 'd2':
      return {
        size: 2,
        show: (value) => String(value > 32_767 ? value - 65_536 : value).padStart(7),
      };
    case 'u2':
      return { size: 2, show: (value) => String(value).padStart(6) };
    default:
      return undefined;
  }
}

export const od = command({
  options: 'A:t:N:j:vcxbod',
  long: { 'address-radix': 'A', format: 't', 'read-bytes': 'N', 'skip-bytes': 'j' },
  usage: '[-abcdfhilovxs] [-t TYPE] [-A RADIX] [-N SIZE] [-j BYTES] [FILE]...',
  *run(call) {
    const short: Readonly<Record<string, string>> = { c: 'c', x: 'x2', b: 'o1', o: 'o2', d: 'u2' };
    const type = call.value('t') ?? short[call.last('cxbod') ?? 'o'] ?? 'o2';
    const format = formatOf(type);
    if (format === undefined) return yield* call.fail(`invalid type string '${type}'`);
    const bytes = yield* readBytes(call);
    const base = call.value('A') ?? 'o';
    const address = (at: number): string =>
      base === 'n'
        ? ''
        : base === 'o'
          ? at.toString(8).padStart(7, '0')
          : at.toString(base === 'x' ? 16 : 10).padStart(base === 'x' ? 6 : 7, '0');
    const skipped = parseSize(call.value('j') ?? '0') ?? 0;
    yield* dump(call, bytes, (line, at) => `${address(at + skipped)}${units(line, format)}\n`);
    if (base !== 'n') call.out.put(`${address(bytes.length + skipped)}\n`);
    return call.status;
  },
});

export const hexdump = command({
  options: 'Cvn:s:',
  usage: '[-bcdoxCv] [-n LEN] [-s OFS] [FILE]...',
  *run(call) {
    const canonical = call.has('C') || call.name === 'hd';
    const bytes = yield* readBytes(call);
    const skipped = parseSize(call.value('s') ?? '0') ?? 0;
    const address = (at: number): string =>
      (at + skipped).toString(16).padStart(canonical ? 8 : 7, '0');
    yield* dump(call, bytes, (line, at) =>
      canonical
        ? `${address(at)}  ${canonicalLine(line)}\n`
        : `${address(at)}${units(line, radix(2, 16, 4))}\n`,
    );
    if (bytes.length > 0) call.out.put(`${address(bytes.length)}\n`);
    return call.status;
  },
});

function units(line: readonly number[], { size, show }: Format): string {
  let text = '';
  for (let at = 0; at < line.length; at += size) {
    let value = 0;
    for (let byte = size - 1; byte >= 0; byte -= 1) value = value * 256 + (line[at + byte] ?? 0);
    text += show(value);
  }
  return text;
}

function canonicalLine(line: readonly number[]): string {
  const cells = line.map((byte) => byte.toString(16).padStart(2, '0'));
  const halves = `${cells.slice(0, 8).join(' ')}  ${cells.slice(8).join(' ')}`;
  const shown = line.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.'));
  return `${halves.padEnd(50)}|${shown.join('')}|`;
}

/** Lines of bytes; one that repeats the line before is `*` once. */
function* dump(
  call: Call,
  bytes: readonly number[],
  print: (line: readonly number[], at: number) => string,
): Blocking<void> {
  let before = '';
  let starred = false;
  for (let at = 0; at < bytes.length; at += bytesPerLine) {
    const line = bytes.slice(at, at + bytesPerLine);
    const key = line.join();
    const repeats = key === before && line.length === bytesPerLine && !call.has('v');
    if (!repeats) yield* call.out.print(print(line, at));
    else if (!starred) call.out.put('*\n');
    starred = repeats;
    before = key;
    if (at % 1024 === 0) yield* call.process.work(1);
  }
}

function* readBytes(call: Call): Blocking<number[]> {
  const bytes: number[] = [];
  for (const path of inputsOf(call.operands)) {
    const descriptor = yield* openInput(call, path, namedFailure);
    if (descriptor === undefined) continue;
    const limit = parseSize(call.value('N') ?? call.value('n') ?? '');
    if (limit === undefined) {
      for (const byte of toBytes(yield* readAll(call, descriptor))) bytes.push(byte);
    } else {
      // An endless device has as many bytes as are asked for.
      const wanted = limit + (parseSize(call.value('j') ?? call.value('s') ?? '0') ?? 0);
      while (bytes.length < wanted) {
        const chunk = yield* call.process.read(descriptor, wanted - bytes.length);
        if (chunk === undefined) break;
        bytes.push(...toBytes(chunk));
      }
    }
    closeInput(call, descriptor);
  }
  const skip = parseSize(call.value('j') ?? call.value('s') ?? '0') ?? 0;
  const limit = parseSize(call.value('N') ?? call.value('n') ?? '') ?? Infinity;
  return bytes.slice(skip, skip + limit);
}
