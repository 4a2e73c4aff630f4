// Runs a text as a script, command by command: a mistake further down does not keep the commands above from running.
import type { Blocking } from '../../types.ts';
import { Parser } from '../parse/parser.ts';
import type { Shell } from '../shell.ts';
import { runList } from './list.ts';

/** Throws ShellSyntaxError where the text cannot be read. */
export function* runText(
  shell: Shell,
  text: string,
  firstLine = shell.line,
  last = false,
): Blocking<number> {
  let parser: Parser | undefined = new Parser(text, {
    aliases: shell.aliases,
    firstLine,
    extended: shell.isAsh,
  });
  let status = 0;
  // Reading a text costs time, too.
  shell.steps += 4 + (text.length >> 6);
  while (parser !== undefined) {
    const list = parser.next();
    if (list === undefined) break;
    // With the last command the parser and its text are no longer needed, while that may run for ever.
    if (parser.atEnd) parser = undefined;
    status = yield* runList(shell, list, last && parser === undefined);
    shell.status = status;
  }
  return status;
}
