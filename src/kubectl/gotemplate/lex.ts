// Cuts a Go template into text and actions, and actions into words (text/template/parse/lex.go).
import { unquote } from '../jsonpath/unquote.ts';
import { TemplateError } from './nodes.ts';

export interface Word {
  readonly kind: 'field' | 'variable' | 'name' | 'string' | 'number' | 'symbol' | 'dot' | 'space';
  readonly text: string;
  /** Where it begins in the template. */
  readonly at: number;
}

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly words: readonly Word[]; readonly line: number };

const space = /^[ \t\r\n]+/;
const wordStart = /^[\p{L}_][\p{L}\p{Nd}_]*/u;

function lineAt(template: string, at: number): number {
  return template.slice(0, at).split('\n').length;
}

function fail(template: string, at: number, message: string): TemplateError {
  return new TemplateError(`template: output:${lineAt(template, at)}: ${message}`);
}

/** The end of a quoted string that begins at a place, or undefined when it has none. */
function quoteEnd(template: string, at: number): number | undefined {
  const quote = template[at] ?? '';
  for (let end = at + 1; end < template.length; end += 1) {
    const char = template[end];
    if (char === '\\' && quote !== '`') end += 1;
    else if (char === '\n' && quote !== '`') return undefined;
    else if (char === quote) return end + 1;
  }
  return undefined;
}

function readWord(template: string, at: number): Word {
  const rest = template.slice(at, at + 200);
  const blanks = space.exec(rest)?.[0];
  if (blanks !== undefined) return { kind: 'space', text: blanks, at };
  const char = rest[0] ?? '';
  if (char === '"' || char === '`' || char === "'") {
    const end = quoteEnd(template, at);
    const what =
      char === '`' ? 'raw quoted string' : char === "'" ? 'character constant' : 'quoted string';
    if (end === undefined) throw fail(template, at, `unterminated ${what}`);
    return { kind: 'string', text: template.slice(at, end), at };
  }
  const variable = /^\$[\p{L}\p{Nd}_]*/u.exec(rest)?.[0];
  if (variable !== undefined) return { kind: 'variable', text: variable, at };
  const number = /^[+-]?(?:0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)/.exec(rest)?.[0];
  if (number !== undefined) return { kind: 'number', text: number, at };
  const field = /^\.[\p{L}_][\p{L}\p{Nd}_]*/u.exec(rest)?.[0];
  if (field !== undefined) return { kind: 'field', text: field, at };
  if (char === '.') return { kind: 'dot', text: '.', at };
  const name = wordStart.exec(rest)?.[0];
  if (name !== undefined) return { kind: 'name', text: name, at };
  const symbol = /^(?::=|=|\||\(|\)|,)/.exec(rest)?.[0];
  if (symbol !== undefined) return { kind: 'symbol', text: symbol, at };
  const code = (rest.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw fail(template, at, `unrecognized character in action: U+${code} '${char}'`);
}

/** Cuts a template into pieces; `{{-` and `-}}` take the blanks before and after. */
export function lexTemplate(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trimNext = false;
  while (at < template.length) {
    const open = template.indexOf('{{', at);
    let text = template.slice(at, open < 0 ? undefined : open);
    if (trimNext) text = text.trimStart();
    const trims = open >= 0 && /^\{\{-[ \t\r\n]/.test(template.slice(open, open + 4));
    if (trims) text = text.trimEnd();
    if (text !== '') pieces.push({ kind: 'text', text });
    if (open < 0) break;
    at = open + (trims ? 3 : 2);
    const action = lexAction(template, at, open);
    if (action.words.length > 0) {
      pieces.push({ kind: 'action', words: action.words, line: lineAt(template, open) });
    }
    trimNext = action.trims;
    at = action.end;
  }
  return pieces;
}

function lexAction(
  template: string,
  from: number,
  open: number,
): { readonly words: readonly Word[]; readonly end: number; readonly trims: boolean } {
  const comment = /^\s*\/\*/.exec(template.slice(from, from + 50))?.[0];
  if (comment !== undefined) {
    const close = template.indexOf('*/', from + comment.length);
    if (close < 0) throw fail(template, open, 'unclosed comment');
    const after = /^(\s-)?\}\}/.exec(template.slice(close + 2, close + 8));
    if (after === null) throw fail(template, open, 'comment ends before closing delimiter');
    return { words: [], end: close + 2 + after[0].length, trims: after[1] !== undefined };
  }
  const words: Word[] = [];
  let at = from;
  for (;;) {
    const close = /^([ \t\r\n]-)?\}\}/.exec(template.slice(at, at + 4));
    if (close !== null) {
      return { words, end: at + close[0].length, trims: close[1] !== undefined };
    }
    if (at >= template.length) throw fail(template, open, 'unclosed action');
    const word = readWord(template, at);
    words.push(word);
    at += word.text.length;
  }
}

/** The value of a quoted word. */
export function stringValue(word: Word): string | number | undefined {
  if (word.text.startsWith('`')) return word.text.slice(1, -1);
  const text = unquote(word.text);
  return word.text.startsWith("'") ? text?.codePointAt(0) : text;
}
