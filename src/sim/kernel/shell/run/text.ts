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
  const parser = new Parser(text, { aliases: shell.aliases, firstLine });
  let status = 0;
  // Reading a text costs time, too.
  shell.steps += 4 + (text.length >> 6);
  for (let list = parser.next(); list !== undefined;) {
    const following = last && parser.atEnd;
    status = yield* runList(shell, list, following);
    shell.status = status;
    list = parser.next();
  }
  return status;
}
