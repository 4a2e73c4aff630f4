// What the text of the lesson is told about goals and predictions.
import type { GoalState, PredictionState } from '#lab/goals/board.ts';
import type { LabPrediction } from '#lab/schema.ts';
import type { GoalMark, PredictionMark } from '../site/lesson-events.ts';

/** The first goal that is not reached is the current one. */
export function goalMarks(goals: readonly GoalState[]): readonly GoalMark[] {
  const current = goals.find(({ reached }) => !reached)?.id;
  return goals.map(({ id, reached, say, missing }) => ({
    id,
    state: reached ? 'reached' : id === current ? 'current' : 'open',
    say,
    ...(id === current ? { missing } : {}),
  }));
}

/** An answer is told only to who has committed to one, or once the cluster has shown it. */
export function predictionMarks(
  predictions: readonly LabPrediction[],
  states: readonly PredictionState[],
): readonly PredictionMark[] {
  return states.flatMap(({ id, chosen, revealed, right }) => {
    const prediction = predictions.find((one) => one.id === id);
    if (prediction === undefined) return [];
    const mark: PredictionMark = { id, ...(chosen === undefined ? {} : { chosen }) };
    if (!revealed || right === undefined) return [mark];
    const because = prediction.options.find((option) => option.id === (chosen ?? right))?.because;
    return [{ ...mark, answer: { right, because: because ?? '', explain: prediction.explain } }];
  });
}
