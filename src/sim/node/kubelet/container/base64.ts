// Secrets hold base64; containers see what it says, as text.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The text that base64 stands for (UTF-8; bytes that are none become U+FFFD). Other characters are
 * skipped.
 */
export function decodeBase64(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const char of text) {
    const value = alphabet.indexOf(char);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
  }
  return decodeUtf8(bytes);
}

function decodeUtf8(bytes: readonly number[]): string {
  let text = '';
  let index = 0;
  while (index < bytes.length) {
    const first = bytes[index] as number;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    const rest = bytes.slice(index + 1, index + length);
    const isWhole = length > 0 && rest.length === length - 1 && rest.every((b) => b >> 6 === 2);
    if (!isWhole) {
      text += '\ufffd';
      index += 1;
      continue;
    }
    const head = length === 1 ? first : first & (0x7f >> length);
    const point = rest.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), head);
    text += point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
    index += length;
  }
  return text;
}

/** ASCII text as base64url without padding, the way tokens are written. */
export function encodeBase64Url(text: string): string {
  let result = '';
  let bits = 0;
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    bits = ((bits << 8) | (text.charCodeAt(index) & 0xff)) & 0xffffff;
    count += 8;
    while (count >= 6) {
      count -= 6;
      result += alphabet[(bits >> count) & 0x3f];
    }
  }
  if (count > 0) result += alphabet[(bits << (6 - count)) & 0x3f];
  return result.replaceAll('+', '-').replaceAll('/', '_');
}
