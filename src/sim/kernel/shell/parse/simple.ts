// Simple commands and function definitions.
import type { Parser } from './parser.ts';
import { readRedirection } from './redirections.ts';
import type { Assignment, Command, Redirection, Word } from './syntax.ts';
import { none, wordOf } from './syntax.ts';
import { readWord } from './words.ts';

const assignmentStart = /^[A-Za-z_]\w*=/;
/** How long an assignment's name may be. */
const maxName = 256;
const wordCharacters = /^[^\s;&|()<>$`"'\\#*?[\]~]+/;

/** Throws ShellSyntaxError where nothing that could be a command stands. */
export function readSimple(parser: Parser): Command {
  const { source } = parser;
  const assignments: Assignment[] = [];
  const words: Word[] = [];
  const redirections: Redirection[] = [];
  const { line } = source;
  for (;;) {
    source.skipBlanks();
    const redirection = readRedirection(parser);
    if (redirection !== undefined) {
      redirections.push(redirection);
      continue;
    }
    if (words.length === 0) {
      if (expandAlias(parser)) continue;
      const assignment = readAssignment(parser);
      if (assignment !== undefined) {
        assignments.push(assignment);
        continue;
      }
    }
    const word = readWord(source, parser.readers);
    if (word === undefined) break;
    words.push(word);
    source.skipBlanks();
    const bare = assignments.length === 0 && redirections.length === 0 && words.length === 1;
    if (bare && source.peek() === '(') return readFunction(parser, word);
  }
  if (words.length + assignments.length + redirections.length === 0) parser.unexpected();
  return {
    kind: 'simple',
    assignments: assignments.length === 0 ? none : assignments,
    words,
    redirections: redirections.length === 0 ? none : redirections,
    line,
  };
}

function readAssignment(parser: Parser): Assignment | undefined {
  const { source } = parser;
  const start = source.text.slice(source.at, source.at + maxName);
  const name = assignmentStart.exec(start)?.[0].slice(0, -1);
  if (name === undefined) return undefined;
  source.at += name.length + 1;
  const value = readWord(source, parser.readers, { assignment: true }) ?? wordOf([]);
  return { name, value };
}

function readFunction(parser: Parser, word: Word): Command {
  const { source } = parser;
  source.at += 1;
  parser.expect(')');
  const name = word.literal;
  const quoted = word.parts.some((part) => part.kind !== 'text' || part.quoted);
  if (name === undefined || quoted || !/^[A-Za-z_]\w*$/.test(name)) {
    return source.fail('bad-function-name');
  }
  parser.skipNewlines();
  const body = parser.command();
  return { kind: 'function', name, body };
}

/** Puts the text of an alias in place of its name. Within that text the name is no alias. */
function expandAlias(parser: Parser): boolean {
  const { source, aliases } = parser;
  if (aliases === undefined || aliases.size === 0) return false;
  parser.aliasEnds ??= new Map();
  const { aliasEnds } = parser;
  const name = wordCharacters.exec(source.text.slice(source.at, source.at + maxName))?.[0];
  if (name === undefined) return false;
  const value = aliases.get(name);
  if (value === undefined || (aliasEnds.get(name) ?? -1) > source.at) return false;
  const { at, text } = source;
  source.text = text.slice(0, at) + value + text.slice(at + name.length);
  const grownBy = value.length - name.length;
  for (const [other, end] of aliasEnds) if (end > at) aliasEnds.set(other, end + grownBy);
  aliasEnds.set(name, at + value.length + 1);
  return true;
}
