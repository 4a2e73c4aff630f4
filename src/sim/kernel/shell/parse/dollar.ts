// Expansions: $x, ${...}, $(...), `...`, $((...)).
import { Source } from './source.ts';
import type { ParameterOperator, Part, Word } from './syntax.ts';
import {
  PartList,
  type Readers,
  readDollarInto,
  readDoubleQuoted,
  readSingleQuoted,
} from './words.ts';

/** The expansion at a `$` or backquote, undefined where the dollar sign is only itself. */
export function readDollar(source: Source, readers: Readers, quoted: boolean): Part | undefined {
  if (source.peek() === '`') return readBackquoted(source, readers, quoted);
  const next = source.peek(1);
  if (next === '(') {
    if (source.peek(2) === '(') {
      const arithmetic = readArithmetic(source, readers, quoted);
      if (arithmetic !== undefined) return arithmetic;
    }
    source.at += 2;
    const body = readers.list(source);
    return { kind: 'command', body, quoted };
  }
  if (next === '{') {
    source.at += 2;
    return readBraced(source, readers, quoted);
  }
  const name = parameterName(source.text, source.at + 1, false);
  if (name === '') return undefined;
  source.at += 1 + name.length;
  return parameter(name, '', quoted);
}

function parameter(name: string, operator: ParameterOperator, quoted: boolean): Part {
  const none = { colon: false, argument: undefined, second: undefined };
  return { kind: 'parameter', name, operator, quoted, ...none };
}

/** A name, a number (one digit unless in braces) or a special parameter. */
function parameterName(text: string, at: number, braced: boolean): string {
  const first = text[at] ?? '';
  if (/[A-Za-z_]/.test(first)) {
    let end = at + 1;
    while (/\w/.test(text[end] ?? '')) end += 1;
    return text.slice(at, end);
  }
  if (/[0-9]/.test(first)) {
    let end = at + 1;
    while (braced && /[0-9]/.test(text[end] ?? '')) end += 1;
    return text.slice(at, end);
  }
  return '@*#?$!-'.includes(first) ? first : '';
}

/** Inside backquotes a backslash only quotes itself, `$` and the backquote; what results is a script of its own. */
function readBackquoted(source: Source, readers: Readers, quoted: boolean): Part {
  const firstLine = source.line;
  source.at += 1;
  let script = '';
  for (;;) {
    if (source.atEnd) source.fail('backquote');
    let character = source.next();
    if (character === '`') break;
    if (character === '\\' && '`$\\'.includes(source.peek()) && !source.atEnd) {
      character = source.next();
    } else if (character === '\\' && quoted && source.peek() === '"') {
      character = source.next();
    }
    script += character;
  }
  const inner = new Source(`${script}\n)`, {
    firstLine,
    depth: source.depth,
    extended: source.extended,
  });
  return { kind: 'command', body: readers.list(inner), quoted };
}

/** Undefined where the two parentheses begin a command substitution with a subshell. */
function readArithmetic(source: Source, readers: Readers, quoted: boolean): Part | undefined {
  const start = source.at;
  const line = source.line;
  source.at += 3;
  const parts = new PartList();
  let open = 0;
  for (;;) {
    if (source.atEnd) {
      if (source.mayContinue) source.fail('missing-brace');
      break;
    }
    const character = source.peek();
    if (character === ')') {
      if (open === 0) break;
      open -= 1;
    } else if (character === '(') {
      open += 1;
    }
    if (character === '$' || character === '`') readDollarInto(source, parts, readers, true);
    else if (character === '"') source.at += 1;
    else if (character === '\\' && source.peek(1) === '\n') source.skipJoins();
    else parts.text(source.next(), true);
  }
  if (source.peek(1) === ')') {
    source.at += 2;
    return { kind: 'arithmetic', expression: parts.finish(), quoted };
  }
  source.at = start;
  source.line = line;
  return undefined;
}

function readBraced(source: Source, readers: Readers, quoted: boolean): Part {
  if (source.peek() === '#' && source.peek(1) !== '}' && !lengthIsOperator(source)) {
    source.at += 1;
    const name = parameterName(source.text, source.at, true);
    source.at += name.length;
    if (source.peek() !== '}' || name === '') return badSubstitution(source);
    source.at += 1;
    return parameter(name, 'length', quoted);
  }
  const name = parameterName(source.text, source.at, true);
  source.at += name.length;
  if (source.atEnd) source.fail('missing-brace');
  if (source.peek() === '}' && name !== '') {
    source.at += 1;
    return parameter(name, '', quoted);
  }
  if (name === '') return badSubstitution(source);
  const operator = readOperator(source);
  if (operator === undefined) return badSubstitution(source);
  return readArguments(source, readers, name, operator, quoted);
}

/** `${#-x}` and `${#%x}` are about `$#`. */
function lengthIsOperator(source: Source): boolean {
  const next = source.peek(1);
  if (next === '' || !'-=?+%#:'.includes(next)) return false;
  return source.peek(2) !== '}';
}

interface Operator {
  readonly operator: ParameterOperator;
  readonly colon: boolean;
}

function readOperator(source: Source): Operator | undefined {
  const colon = source.peek() === ':';
  const sign = source.peek(colon ? 1 : 0);
  if (sign !== '' && '-=?+'.includes(sign)) {
    source.at += colon ? 2 : 1;
    return { operator: sign as ParameterOperator, colon };
  }
  if (colon) {
    source.at += 1;
    return { operator: 'slice', colon };
  }
  if (sign !== '%' && sign !== '#' && sign !== '/') return undefined;
  const doubled = source.peek(1) === sign;
  source.at += doubled ? 2 : 1;
  if (sign === '/') return { operator: doubled ? 'replace-all' : 'replace', colon };
  return { operator: (doubled ? sign + sign : sign) as ParameterOperator, colon };
}

function readArguments(
  source: Source,
  readers: Readers,
  name: string,
  { operator, colon }: Operator,
  quoted: boolean,
): Part {
  const separator = operator === 'slice' ? ':' : operator.startsWith('replace') ? '/' : '';
  // Patterns are never affected by quotes around the whole (XCU 2.6.2).
  const pattern = /^[%#r]/.test(operator);
  const argument = readBraceWord(source, readers, quoted && !pattern, separator);
  const more = separator !== '' && source.peek() === separator;
  if (more) source.at += 1;
  const second = more ? readBraceWord(source, readers, quoted, '') : undefined;
  source.at += 1;
  return { kind: 'parameter', name, operator, colon, argument, second, quoted };
}

/** A word up to the closing brace (which is left) or a separator. */
function readBraceWord(source: Source, readers: Readers, quoted: boolean, separator: string): Word {
  const parts = new PartList();
  for (;;) {
    if (source.atEnd) source.fail('missing-brace');
    const character = source.peek();
    if (character === '}' || (separator !== '' && character === separator)) return parts.finish();
    if (character === '\\') {
      source.at += 1;
      const next = source.next();
      if (next === '\n') continue;
      if (quoted && next !== '' && !'$`"\\}'.includes(next)) parts.text('\\', true);
      parts.text(next, true);
    } else if (character === "'" && !quoted) {
      readSingleQuoted(source, parts);
    } else if (character === '"') {
      source.at += 1;
      parts.quotes();
      readDoubleQuoted(source, parts, readers);
    } else if (character === '$' || character === '`') {
      readDollarInto(source, parts, readers, quoted);
    } else if (character === '~' && parts.empty && !quoted) {
      source.at += 1;
      parts.part({ kind: 'tilde', user: '' });
    } else {
      parts.text(source.next(), quoted);
    }
  }
}

/** Skips to the closing brace; the error comes when the word is expanded. */
function badSubstitution(source: Source): Part {
  while (source.peek() !== '}') {
    if (source.atEnd) source.fail('missing-brace');
    source.next();
  }
  source.at += 1;
  return { kind: 'bad-substitution' };
}
