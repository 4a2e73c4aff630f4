// Go's escapes in quoted strings (strconv.UnquoteChar), with single quotes allowed.

const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** The text between the quotes; undefined when an escape is none of Go's. */
export function unquote(quoted: string): string | undefined {
  const quote = quoted[0] ?? '';
  const body = quoted.slice(1, -1);
  let text = '';
  for (let at = 0; at < body.length; at += 1) {
    const char = body[at] ?? '';
    if (char === quote) return undefined;
    if (char !== '\\') {
      text += char;
      continue;
    }
    at += 1;
    const escape = body[at] ?? '';
    const plain = escape === quote ? quote : simple[escape];
    if (plain !== undefined) {
      text += plain;
      continue;
    }
    const digits = { x: 2, u: 4, U: 8 }[escape];
    const octal = /^[0-7]{3}/.exec(body.slice(at))?.[0];
    if (digits === undefined && octal !== undefined) {
      text += String.fromCharCode(Number.parseInt(octal, 8));
      at += 2;
      continue;
    }
    const hex = body.slice(at + 1, at + 1 + (digits ?? 0));
    if (digits === undefined || hex.length < digits || !/^[0-9a-fA-F]+$/.test(hex))
      return undefined;
    const code = Number.parseInt(hex, 16);
    if (code > 0x10ffff) return undefined;
    text += String.fromCodePoint(code);
    at += digits;
  }
  return text;
}
