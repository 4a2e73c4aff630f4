// The `continue` token of chunked lists: where the next chunk starts, as the real server encodes it.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export interface ContinueToken {
  /** The revision at which the list began. */
  readonly revision: number;
  /** `namespace/name` of the last object given. */
  readonly after: string;
}

/** Base64url without padding of a small JSON document; keys of objects are ASCII. */
export function encodeContinue({ revision, after }: ContinueToken): string {
  const text = JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: `${after}\u0000` });
  let out = '';
  for (let i = 0; i < text.length; i += 3) {
    const [a, b, c] = [text.charCodeAt(i), text.charCodeAt(i + 1), text.charCodeAt(i + 2)];
    const bits = (a << 16) | ((b || 0) << 8) | (c || 0);
    out += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63);
    if (i + 1 < text.length) out += alphabet.charAt((bits >> 6) & 63);
    if (i + 2 < text.length) out += alphabet.charAt(bits & 63);
  }
  return out;
}

/** Undefined when it is not a token of this server. */
export function decodeContinue(token: string): ContinueToken | undefined {
  let text = '';
  let bits = 0;
  let count = 0;
  for (const char of token) {
    const value = alphabet.indexOf(char);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    text += String.fromCharCode((bits >> count) & 0xff);
  }
  const found = /^\{"v":"meta\.k8s\.io\/v1","rv":(\d{1,15}),"start":"([^"\\]*)\\u0000"\}$/.exec(
    text,
  );
  if (found === null) return undefined;
  return { revision: Number(found[1]), after: found[2] ?? '' };
}
