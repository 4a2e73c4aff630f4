// Text as bytes and back. Simulated files hold text; a byte that is no UTF-8 is kept as a lone surrogate
// U+DC80..U+DCFF (the "surrogate escape"), so that bytes survive a round trip.

/** The UTF-8 bytes of a text. */
export function toBytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code & 0xff);
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return bytes;
}

/** How many bytes a text takes. */
export function byteLength(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index += 1) length += unitBytes(text.charCodeAt(index));
  return length;
}

/** The bytes that one UTF-16 unit adds to a text: both halves of a pair together take four. */
function unitBytes(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  if (code >= 0xd800 && code <= 0xdbff) return 3;
  // The second half of a pair adds one byte; alone it stands for one byte.
  if (code >= 0xdc00 && code <= 0xdfff) return 1;
  return 3;
}

/** The text of bytes; each byte that is no UTF-8 becomes a lone surrogate. */
export function fromBytes(bytes: readonly number[]): string {
  const parts: string[] = [];
  let index = 0;
  while (index < bytes.length) {
    const first = bytes[index] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    const code = length === 1 ? first : decodeSequence(bytes, index, length);
    parts.push(String.fromCodePoint(code ?? 0xdc00 + first));
    index += code === undefined ? 1 : length;
  }
  return parts.join('');
}

function decodeSequence(
  bytes: readonly number[],
  start: number,
  length: number,
): number | undefined {
  if (length === 0) return undefined;
  let code = (bytes[start] ?? 0) & (0xff >> (length + 1));
  for (let offset = 1; offset < length; offset += 1) {
    const byte = bytes[start + offset] ?? 0;
    if ((byte & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (byte & 0x3f);
  }
  const smallest = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  if (code < smallest || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return code;
}

function tail(code: number): number {
  return 0x80 | (code & 0x3f);
}
