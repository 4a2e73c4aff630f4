// `kubectl cordon` and `kubectl uncordon`: whether new Pods may come to a node.
import type { Node } from '#sim/api/generated/types.ts';
import { isFailure } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import type { Info } from '../../resources/info.ts';
import type { Session } from '../../session.ts';
import type { DryRun } from '../common/dry-run.ts';
import { dryRunOf, dryRunSuffix } from '../common/dry-run.ts';
import { patchObject } from '../common/write.ts';
import { targetNodes } from './targets.ts';

export function cordon(session: Session): number {
  const dryRun = dryRunOf(session);
  markNodes(session, targetNodes(session), true, dryRun);
  return 0;
}

export function uncordon(session: Session): number {
  const dryRun = dryRunOf(session);
  markNodes(session, targetNodes(session), false, dryRun);
  return 0;
}

/** Says of each node what became of it; a node that cannot be changed is told of on stderr. */
export function markNodes(
  session: Session,
  nodes: readonly Info[],
  unschedulable: boolean,
  dryRun: DryRun,
): void {
  const word = unschedulable ? 'cordon' : 'uncordon';
  const say = (info: Info, what: string): void => {
    const operation = `${what}${dryRunSuffix(dryRun)}`;
    session.output.out(printerFor(session, { operation })(info.object));
  };
  for (const info of nodes) {
    const present = (info.object as unknown as Node).spec?.unschedulable === true;
    if (present === unschedulable) {
      say(info, `already ${word}ed`);
      continue;
    }
    try {
      if (dryRun !== 'client') {
        const patch = { spec: { unschedulable: unschedulable ? true : null } };
        patchObject(session, info, patch, 'application/strategic-merge-patch+json', { dryRun });
      }
      say(info, `${word}ed`);
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      const { output } = session;
      output.errLine(
        `error: unable to ${word} node ${JSON.stringify(info.name)}: ${thrown.message}`,
      );
    }
  }
}
