// Everything that the page shows of a lab at one moment.
import type { LabSession } from '../session.ts';
import { clusterView, eventViews } from './cluster-view.ts';
import type { LabView } from './types.ts';

export function labView(session: LabSession): LabView {
  const { cluster, board, startMs, nowMs, clockState } = session;
  return {
    clock: { nowMs, startMs, ...clockState, next: session.next() },
    goals: board.goals(),
    predictions: board.predictions(),
    cluster: clusterView(cluster),
    events: eventViews(cluster, startMs),
  };
}
