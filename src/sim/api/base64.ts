// Base64 of UTF-8 text, as Secrets hold it (encoding/base64, StdEncoding).

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** UTF-8 as base64 with padding; halves of surrogate pairs become U+FFFD. */
export function encodeBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    encoded += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63);
    encoded += b === undefined ? '=' : alphabet.charAt((bits >> 6) & 63);
    encoded += c === undefined ? '=' : alphabet.charAt(bits & 63);
  }
  return encoded;
}

/** The same without padding and with `-` and `_`, the way tokens are written (RFC 4648, section 5). */
export function encodeBase64Url(text: string): string {
  return encodeBase64(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The bytes behind base64, line breaks allowed; undefined where it is none. */
export function base64Bytes(encoded: string): Uint8Array | undefined {
  const clean = encoded.replace(/[\r\n]/g, '');
  if (clean.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(clean)) return undefined;
  const digits = clean.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const digit of digits) {
    bits = ((bits << 6) | alphabet.indexOf(digit)) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = (bits >> count) & 0xff;
  }
  return bytes;
}

/** The text behind base64; undefined where it is none. Bytes that are no UTF-8 become replacement characters. */
export function decodeBase64(encoded: string): string | undefined {
  const bytes = base64Bytes(encoded);
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
