// $(...): the output of commands that run in a subshell.
import type { Blocking } from '../../types.ts';
import { ShellError } from '../flow.ts';
import type { List } from '../parse/syntax.ts';
import type { Shell } from '../shell.ts';
import { fork, reapAll } from './children.ts';
import { inherited } from './redirect.ts';

/** Characters of output that are kept at most. */
const maxOutput = 1 << 22;

/** Throws ShellError for output without measure. */
export function* substituteCommand(shell: Shell, body: List): Blocking<string> {
  if (body.length === 0) {
    shell.substitutionStatus = 0;
    return '';
  }
  const { process } = shell;
  const [read, write] = process.pipe();
  const descriptors = inherited(shell);
  descriptors.delete(read);
  descriptors.delete(write);
  descriptors.set(1, write);
  const child = fork(shell, (subshell) => subshell.evaluator.list(subshell, body, true), {
    descriptors,
    processGroup: process.processGroup,
  });
  process.close(write);
  const chunks: string[] = [];
  let length = 0;
  for (;;) {
    const chunk = yield* shell.persist(() => process.read(read));
    if (chunk === undefined) break;
    length += chunk.length;
    if (length > maxOutput) {
      process.close(read);
      throw new ShellError('out of memory');
    }
    chunks.push(chunk);
  }
  process.close(read);
  while (child.exit === undefined) {
    yield { on: 'queues', queues: [child.exited] };
    shell.collectSignals();
  }
  reapAll(shell);
  shell.substitutionStatus = child.exit?.code ?? 0;
  return withoutTrailingNewlines(chunks.join(''));
}

function withoutTrailingNewlines(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 10) end -= 1;
  const kept = text.slice(0, end);
  return kept.includes('\0') ? kept.replaceAll('\0', '') : kept;
}
