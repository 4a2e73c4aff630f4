// `kubectl delete -i`: shows what would go and asks.
import type { Blocking } from '#sim/kernel/types.ts';
import type { Info } from '../../resources/info.ts';
import { nameOf } from '../../resources/info.ts';
import type { Session } from '../../session.ts';

/** Whether the user said y; anything else keeps everything. */
export function* askBeforeDeletion(session: Session, infos: readonly Info[]): Blocking<boolean> {
  const { output, process } = session;
  output.out('You are about to delete the following resource(s):\n');
  for (const info of infos) output.out(`${nameOf(info)}\n`);
  output.out('Do you want to continue? (y/N): ');
  yield* output.flush();
  const answer = yield* process.readLine(0);
  if (answer !== undefined && ['y', 'yes'].includes(answer.trim().toLowerCase())) return true;
  output.out('deletion is cancelled\n');
  return false;
}
