// base64: bytes as letters and back.
import { fromBytes, toBytes } from '../base/bytes.ts';
import { command } from '../base/command.ts';
import { closeInput, inputsOf, namedFailure, openInput, readAll } from '../base/lines.ts';
import { parseInteger } from '../base/numbers.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export const base64 = command({
  options: 'diw:',
  long: { decode: 'd', 'ignore-garbage': 'i', wrap: 'w' },
  usage: '[-d] [-w COL] [FILE]',
  *run(call) {
    const width = parseInteger(call.value('w') ?? '76') ?? 76;
    const path = inputsOf(call.operands)[0] ?? '-';
    const descriptor = yield* openInput(call, path, namedFailure);
    if (descriptor === undefined) return call.status;
    const text = yield* readAll(call, descriptor);
    closeInput(call, descriptor);
    if (!call.has('d')) {
      call.out.put(wrap(encodeBase64(toBytes(text)), width));
      return 0;
    }
    const decoded = decodeBase64(text, call.has('i'));
    yield* call.out.print(fromBytes(decoded.bytes));
    return decoded.complete ? 0 : yield* call.fail(call.say('truncated input', 'invalid input'));
  },
});

function wrap(text: string, width: number): string {
  if (width <= 0) return text;
  let lines = '';
  for (let at = 0; at < text.length; at += width) lines += `${text.slice(at, at + width)}\n`;
  return lines;
}

export function encodeBase64(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += letters.charAt(bits >> 18) + letters.charAt((bits >> 12) & 63);
    text += b === undefined ? '=' : letters.charAt((bits >> 6) & 63);
    text += c === undefined ? '=' : letters.charAt(bits & 63);
  }
  return text;
}

/** The bytes up to the first letter that does not belong there; `complete` when there was none. */
export function decodeBase64(
  text: string,
  skipGarbage: boolean,
): { readonly bytes: number[]; readonly complete: boolean } {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  let padding = 0;
  for (const letter of text) {
    if (letter === '\n' || letter === '\r') continue;
    if (letter === '=') {
      padding += 1;
      continue;
    }
    const value = letters.indexOf(letter);
    if (value < 0 || padding > 0) {
      if (skipGarbage && value < 0) continue;
      return { bytes, complete: false };
    }
    bits = ((bits << 6) | value) & 0xffffff;
    count += 1;
    if (count % 4 === 2) bytes.push((bits >> 4) & 255);
    if (count % 4 === 3) bytes.push((bits >> 2) & 255);
    if (count % 4 === 0) bytes.push(bits & 255);
  }
  return { bytes, complete: (count + padding) % 4 === 0 && padding <= 2 };
}
