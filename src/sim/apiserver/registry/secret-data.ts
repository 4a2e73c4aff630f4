// `stringData` of a Secret: written by people, kept as base64 in `data` (pkg/apis/core/v1/conversion.go).
import type { Secret } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** UTF-8 as base64 with padding; halves of surrogate pairs become U+FFFD. */
export function encodeBase64(text: string): string {
  const bytes = utf8(text);
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    out += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63);
    out += b === undefined ? '=' : alphabet.charAt((bits >> 6) & 63);
    out += c === undefined ? '=' : alphabet.charAt(bits & 63);
  }
  return out;
}

/** The bits that begin a character of one to four bytes. */
const leadBits = [0x00, 0xc0, 0xe0, 0xf0];

function utf8(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const given = char.codePointAt(0) ?? 0;
    const point = given >= 0xd800 && given <= 0xdfff ? 0xfffd : given;
    const more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    bytes.push((leadBits[more] ?? 0) | (point >> (6 * more)));
    for (let i = more - 1; i >= 0; i -= 1) bytes.push(0x80 | ((point >> (6 * i)) & 0x3f));
  }
  return bytes;
}

/** The Secret with its `stringData` in `data`, over what was there under the same keys. */
export function withStringData(object: KubeObject): KubeObject {
  const { stringData, ...rest } = object as Secret;
  if (stringData === undefined) return object;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, encodeBase64(text)]);
  return { ...rest, data: { ...rest.data, ...Object.fromEntries(encoded) } };
}
