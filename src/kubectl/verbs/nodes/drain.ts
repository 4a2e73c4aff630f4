// `kubectl drain`: takes a node out of service by evicting its Pods.
import type { Blocking } from '#sim/kernel/types.ts';
import { Exit, FailureList, isFailure } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import type { Info } from '../../resources/info.ts';
import type { Session } from '../../session.ts';
import type { DryRun } from '../common/dry-run.ts';
import { dryRunOf, dryRunSuffix } from '../common/dry-run.ts';
import { markNodes } from './cordon.ts';
import { podsOfNode } from './evictable.ts';
import { removePods } from './eviction.ts';
import { targetNodes } from './targets.ts';

/** As an aggregate of errors shows itself inside another text. */
const together = (texts: readonly string[]): string =>
  texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;

const textsOf = (failure: Error): readonly string[] =>
  failure instanceof FailureList
    ? failure.failures.map(({ message }) => message)
    : [failure.message];

export function* drain(session: Session): Blocking<number> {
  const { output } = session;
  const dryRun = dryRunOf(session);
  const nodes = targetNodes(session);
  markNodes(session, nodes, true, dryRun);
  const fatal: string[] = [];
  const pending: string[] = [];
  for (const info of nodes) {
    const errors = yield* drainNode(session, info, dryRun);
    if (errors.length === 0) {
      const operation = `drained${dryRunSuffix(dryRun)}`;
      output.out(printerFor(session, { operation })(info.object));
      continue;
    }
    const name = JSON.stringify(info.name);
    output.errLine(
      `error: unable to drain node ${name} due to error: ${together(errors)}, continuing command...`,
    );
    fatal.push(...errors);
    pending.push(info.name);
  }
  if (pending.length > 0) {
    output.errLine('There are pending nodes to be drained:');
    for (const name of pending) output.errLine(` ${name}`);
  }
  if (fatal.length > 0) throw new Exit(1, fatal.join('\n'));
  return 0;
}

/** @returns why the node could not be drained; nothing when it was */
function* drainNode(session: Session, info: Info, dryRun: DryRun): Blocking<readonly string[]> {
  const { output } = session;
  const { evictable, warnings, errors } = podsOfNode(session, info.name);
  if (errors.length > 0) return errors;
  if (warnings !== '') output.errLine(`Warning: ${warnings}`);
  if (dryRun === 'client') {
    for (const { metadata = {} } of evictable) {
      output.line(`evicting pod ${metadata.namespace ?? ''}/${metadata.name ?? ''} (dry run)`);
    }
    return [];
  }
  try {
    yield* removePods(session, evictable, dryRun);
    return [];
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
    const texts = textsOf(thrown);
    const left = podsOfNode(session, info.name).evictable;
    if (left.length > 0) {
      output.errLine(
        `There are pending pods in node ${JSON.stringify(info.name)} when an error occurred: ${together(texts)}`,
      );
      for (const { metadata = {} } of left) output.errLine(`pod/${metadata.name ?? ''}`);
    }
    return texts;
  }
}
