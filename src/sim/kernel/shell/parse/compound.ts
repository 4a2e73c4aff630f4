// if, while, until, for, case, { } and ( ).
import type { Parser } from './parser.ts';
import type { CaseItem, CompoundCommand, Word } from './syntax.ts';
import { readWord } from './words.ts';

/** The compound command here, undefined where another kind stands. */
export function readCompound(parser: Parser): CompoundCommand | undefined {
  parser.source.skipBlanks();
  if (parser.source.peek() === '(') {
    parser.source.at += 1;
    return { kind: 'subshell', body: parser.body(')') };
  }
  const word = parser.reservedWord();
  switch (word) {
    case 'if':
      parser.takeReserved('if');
      return readIf(parser);
    case 'while':
    case 'until': {
      parser.takeReserved(word);
      const condition = parser.body('do');
      return { kind: 'loop', until: word === 'until', condition, body: parser.body('done') };
    }
    case 'for':
      parser.takeReserved('for');
      return readFor(parser);
    case 'case':
      parser.takeReserved('case');
      return readCase(parser);
    case '{':
      parser.takeReserved('{');
      return { kind: 'group', body: parser.body('}') };
    case undefined:
    case 'in':
    case '!':
      return undefined;
    default:
      return parser.unexpected();
  }
}

function readIf(parser: Parser): CompoundCommand {
  const condition = parser.body('then');
  const then = parser.commands();
  if (parser.takeReserved('elif')) {
    const command = readIf(parser);
    return { kind: 'if', condition, then, otherwise: [{ command, background: false, text: '' }] };
  }
  const otherwise = parser.takeReserved('else') ? parser.commands() : undefined;
  parser.expect('fi');
  return { kind: 'if', condition, then, otherwise };
}

function readFor(parser: Parser): CompoundCommand {
  parser.source.skipBlanks();
  const { line } = parser.source;
  const name = readWord(parser.source, parser.readers)?.literal;
  if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) parser.source.fail('bad-for-variable');
  parser.skipNewlines();
  let words: Word[] | undefined;
  if (parser.takeReserved('in')) {
    words = readWords(parser);
    if (parser.source.peek() === ';') parser.source.at += 1;
    else if (parser.source.peek() !== '\n') parser.unexpected();
  } else if (parser.source.peek() === ';') {
    parser.source.at += 1;
  }
  parser.skipNewlines();
  parser.expect('do');
  return { kind: 'for', variable: name, words, body: parser.body('done'), line };
}

function readWords(parser: Parser): Word[] {
  const words: Word[] = [];
  for (;;) {
    parser.source.skipBlanks();
    const word = readWord(parser.source, parser.readers);
    if (word === undefined) return words;
    words.push(word);
  }
}

function readCase(parser: Parser): CompoundCommand {
  parser.source.skipBlanks();
  const word = readWord(parser.source, parser.readers);
  if (word === undefined) return parser.unexpected();
  parser.skipNewlines();
  if (!parser.takeReserved('in')) parser.unexpected('in');
  const items: CaseItem[] = [];
  for (;;) {
    parser.skipNewlines();
    if (parser.takeReserved('esac')) return { kind: 'case', word, items };
    if (parser.source.peek() === '(') parser.source.at += 1;
    const patterns = readPatterns(parser);
    const body = parser.source.nested(() => parser.list());
    items.push({ patterns, body });
    parser.source.skipBlanks();
    if (parser.source.sees(';;')) parser.source.at += 2;
    else if (parser.reservedWord() !== 'esac') parser.unexpected(';;');
  }
}

function readPatterns(parser: Parser): Word[] {
  const patterns: Word[] = [];
  for (;;) {
    parser.source.skipBlanks();
    const pattern = readWord(parser.source, parser.readers);
    if (pattern === undefined) return parser.unexpected(')');
    patterns.push(pattern);
    parser.source.skipBlanks();
    if (parser.source.peek() !== '|') break;
    parser.source.at += 1;
  }
  parser.expect(')');
  return patterns;
}
