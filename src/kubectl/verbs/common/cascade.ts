// `--cascade`: what becomes of an object's dependents.
import { parseBool } from '../../flags/parse-error.ts';
import { Failure } from '../../failure.ts';
import type { Session } from '../../session.ts';

export function cascadeOf(session: Session): 'Background' | 'Foreground' | 'Orphan' {
  const text = session.flags.text('cascade');
  if (text === 'background') return 'Background';
  if (text === 'foreground') return 'Foreground';
  if (text === 'orphan') return 'Orphan';
  const asked = parseBool(text);
  if (typeof asked === 'string') {
    throw new Failure(
      `invalid cascade value (${text}). Must be "background", "foreground", or "orphan"`,
    );
  }
  const instead = asked ? 'background' : 'orphan';
  session.output.errLine(
    `warning: --cascade=${text} is deprecated (boolean value) and can be replaced with --cascade=${instead}.`,
  );
  return asked ? 'Background' : 'Orphan';
}
