// The text of FailedScheduling: "0/3 nodes are available: ..." (pkg/scheduler/framework/types.go, FitError).

/** Status messages and Events are cut here, with " ..." at the end (client-go, schedule_one.go). */
const longestText = 1024;

export interface FitErrorParts {
  readonly nodeCount: number;
  /** One text for all nodes, where a step before the filters refused. */
  readonly preFilter?: string | undefined;
  /** How many nodes were rejected for each reason. */
  readonly reasons: ReadonlyMap<string, number>;
  /** What preemption found, if it was tried. */
  readonly postFilter?: string | undefined;
}

/** The whole sentence, as in the Event and in the condition PodScheduled. */
export function fitErrorText({ nodeCount, preFilter, reasons, postFilter }: FitErrorParts): string {
  const head = `0/${nodeCount} nodes are available:`;
  const counted = [...reasons].map(([reason, count]) => `${count} ${reason}`).sort();
  const body = preFilter ?? counted.join(', ');
  const tail = postFilter === undefined || postFilter === '' ? '' : ` ${postFilter}`;
  const text = body === '' ? `${head}${tail}` : `${head} ${body}.${tail}`;
  return text.length <= longestText ? text : `${text.slice(0, longestText - ' ...'.length)} ...`;
}

/** What preemption says when it finds nobody to take away: counts of nodes by reason. */
export function preemptionText(nodeCount: number, notHelpful: number, noVictims: number): string {
  const parts = new Map<string, number>();
  if (notHelpful > 0) parts.set('Preemption is not helpful for scheduling', notHelpful);
  if (noVictims > 0) parts.set('No preemption victims found for incoming pod', noVictims);
  return `preemption: ${fitErrorText({ nodeCount, reasons: parts })}`;
}
