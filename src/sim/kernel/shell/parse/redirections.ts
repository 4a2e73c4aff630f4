// Redirections: `2>file`, `>&2`, `<<EOF`.
import type { Parser } from './parser.ts';
import type { Redirection, RedirectionOperator } from './syntax.ts';
import { wordOf } from './syntax.ts';
import { readWord } from './words.ts';

const operators: readonly (RedirectionOperator | '<<-')[] = [
  '<<-',
  '<<',
  '<&',
  '<>',
  '>>',
  '>&',
  '>|',
  '<',
  '>',
];

function readBoth(parser: Parser): Redirection {
  const { source } = parser;
  source.at += 2;
  source.skipBlanks();
  const target = readWord(source, parser.readers);
  if (target === undefined) return parser.unexpected();
  return { descriptor: 1, operator: '&>', target };
}

/** The redirection here, undefined where none stands. */
export function readRedirection(parser: Parser): Redirection | undefined {
  const { source } = parser;
  source.skipBlanks();
  if (source.extended && source.sees('&>')) return readBoth(parser);
  const digits = /^[0-9]{0,4}(?=[<>])/.exec(source.text.slice(source.at, source.at + 5))?.[0];
  if (digits === undefined) return undefined;
  const after = source.at + digits.length;
  const operator = operators.find((each) => source.text.startsWith(each, after));
  if (operator === undefined) return undefined;
  source.at = after + operator.length;
  source.skipBlanks();
  const target = readWord(source, parser.readers);
  if (target === undefined) return parser.unexpected();
  const usual = operator.startsWith('<') ? 0 : 1;
  const descriptor = digits === '' ? usual : Number(digits);
  if (operator === '<<' || operator === '<<-') {
    const redirection: Redirection = { descriptor, operator: '<<', target: wordOf([]) };
    parser.hereDocuments.expect(redirection, target, operator === '<<-');
    return redirection;
  }
  return { descriptor, operator: operator as RedirectionOperator, target };
}
