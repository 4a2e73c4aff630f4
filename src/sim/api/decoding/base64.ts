// Base64 as Go's StdEncoding reads it for []byte fields, with the byte at which it gives up.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export type ReadBase64 =
  /** `text` is the same content as Go writes it: without line breaks, unused bits zero. */
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: string };

const corrupt = (text: string, at: number): ReadBase64 => ({
  ok: false,
  error: `illegal base64 data at input byte ${byteOffset(text, at)}`,
});

/** Reads base64; line breaks between the characters are allowed. Source: encoding/base64 decodeQuantum. */
export function readBase64(text: string): ReadBase64 {
  let clean = '';
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    at += 1;
    if (char === '\n' || char === '\r') continue;
    if (alphabet.includes(char)) {
      clean += char;
      continue;
    }
    const place = clean.length % 4;
    if (char !== '=' || place < 2) return corrupt(text, at - 1);
    return readPadding(text, at, clean, place);
  }
  return clean.length % 4 === 0
    ? { ok: true, text: clean }
    : corrupt(text, text.length - (clean.length % 4));
}

/** The end of the text after its first `=`. */
function readPadding(text: string, from: number, clean: string, place: number): ReadBase64 {
  let at = skipBreaks(text, from);
  if (place === 2) {
    if (at === text.length) return corrupt(text, text.length);
    if (text.charAt(at) !== '=') return corrupt(text, at - 1);
    at = skipBreaks(text, at + 1);
  }
  if (at < text.length) return corrupt(text, at);
  const last = alphabet.indexOf(clean.charAt(clean.length - 1));
  const masked = place === 2 ? last & 0b110000 : last & 0b111100;
  const padding = place === 2 ? '==' : '=';
  return { ok: true, text: clean.slice(0, -1) + alphabet.charAt(masked) + padding };
}

function skipBreaks(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === '\n' || text.charAt(at) === '\r') at += 1;
  return at;
}

/** Go counts bytes of UTF-8 where we count UTF-16 units. */
function byteOffset(text: string, index: number): number {
  let bytes = 0;
  for (const char of text.slice(0, index)) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** How many bytes a text in base64 stands for. */
export const decodedLength = (text: string): number =>
  Math.floor((text.replace(/=+$/, '').length * 3) / 4);
