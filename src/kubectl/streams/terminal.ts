// Whether `-t` can be had: only where stdin is a terminal (kubectl/pkg/cmd/exec SetupTTY).
import type { Session } from '../session.ts';

/** Says on stderr when a terminal was asked for in vain. */
export function terminalFor(
  session: Session,
  { wanted, stdin }: { readonly wanted: boolean; readonly stdin: boolean },
): boolean {
  if (!stdin || !wanted) return false;
  if (session.process.isTerminal(0)) return true;
  session.output.errLine('Unable to use a TTY - input is not a terminal or the right kind of file');
  return false;
}
