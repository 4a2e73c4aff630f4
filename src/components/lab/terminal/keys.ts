// What xterm.js hands over as bytes, as keys and text. Bracketed paste arrives as one text.

export type Key =
  | { readonly kind: 'text'; readonly text: string; readonly pasted: boolean }
  /** A control character or an escape sequence, as it came. */
  | { readonly kind: 'key'; readonly code: string };

/** More than this from one paste is refused in words by whoever asked for the keys. */
export const longestPaste = 65_536;

const pasteBegin = '\x1b[200~';
const pasteEnd = '\x1b[201~';

const sequence = /^\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O[@-~]|[\x20-\x7e\x7f\r])/;

const printable = /^[^\x00-\x1f\x7f]+/;

/**
 * Splits input into keys.
 * @param data what xterm's onData gave; a paste that does not fit one piece is taken as it comes
 */
export function decodeKeys(data: string): readonly Key[] {
  const keys: Key[] = [];
  let rest = data;
  while (rest.length > 0) {
    if (rest.startsWith(pasteBegin)) {
      const end = rest.indexOf(pasteEnd);
      const text = rest.slice(pasteBegin.length, end < 0 ? undefined : end);
      keys.push({ kind: 'text', text, pasted: true });
      rest = end < 0 ? '' : rest.slice(end + pasteEnd.length);
      continue;
    }
    const code = sequence.exec(rest.slice(0, 32))?.[0];
    if (code !== undefined) {
      keys.push({ kind: 'key', code });
      rest = rest.slice(code.length);
      continue;
    }
    const text = printable.exec(rest)?.[0];
    if (text === undefined) {
      keys.push({ kind: 'key', code: rest.charAt(0) });
      rest = rest.slice(1);
      continue;
    }
    keys.push({ kind: 'text', text, pasted: false });
    rest = rest.slice(text.length);
  }
  return keys;
}

/** Text that may be shown or typed: control characters become blanks, so that a paste cannot steer the terminal. */
export function harmless(text: string): string {
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f]/g, ' ');
}

/** Typed or pasted text as what fits the first line, and keys for what follows: Enter, text, Enter ... */
export function splitLines(text: string): {
  readonly first: string;
  readonly rest: readonly Key[];
} {
  const [first = '', ...others] = text.split(/\r\n|\r|\n/);
  const rest = others.flatMap((line): Key[] => {
    const enter: Key = { kind: 'key', code: '\r' };
    return line === '' ? [enter] : [enter, { kind: 'text', text: harmless(line), pasted: false }];
  });
  return { first: harmless(first), rest };
}
