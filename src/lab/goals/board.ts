// The goals of a lab as the learner sees them: reached or not, and what is still missing.
import type { LabFile, LabGoal, LabPrediction } from '../schema.ts';
import { fill } from './fill.ts';
import type { Observation } from './observation.ts';
import { track, type Tracker } from './tracker.ts';

export interface GoalState {
  readonly id: string;
  readonly say: string;
  readonly part: number;
  readonly reached: boolean;
  /** When it was reached, in virtual epoch milliseconds. */
  readonly reachedMs: number | undefined;
  /** What is still missing, with current values; empty once reached. */
  readonly missing: string;
  readonly hints: readonly string[];
  /** A command through which the asked value can be read. */
  readonly read: string | undefined;
}

export interface PredictionState {
  readonly id: string;
  /** The option that the learner locked. */
  readonly chosen: string | undefined;
  /** The answer is open: the goal that reveals it was reached. */
  readonly revealed: boolean;
  /** The option that the cluster showed to be right, once revealed. */
  readonly right: string | undefined;
}

interface GoalEntry {
  readonly goal: LabGoal;
  readonly tracker: Tracker;
  readonly missing: readonly { readonly unless: Tracker | undefined; readonly say: string }[];
  reachedMs: number | undefined;
  missingText: string;
}

interface PredictionEntry {
  readonly prediction: LabPrediction;
  readonly options: readonly { readonly id: string; readonly tracker: Tracker }[];
  chosen: string | undefined;
  right: string | undefined;
  revealed: boolean;
}

export class GoalBoard {
  readonly #goals: readonly GoalEntry[];
  readonly #predictions: readonly PredictionEntry[];

  constructor(lab: Pick<LabFile, 'goals' | 'predictions'>) {
    this.#goals = lab.goals.map((goal) => ({
      goal,
      tracker: track(goal.when),
      missing: goal.missing.map(({ unless, say }) => ({
        unless: unless === undefined ? undefined : track(unless),
        say,
      })),
      reachedMs: undefined,
      missingText: '',
    }));
    this.#predictions = lab.predictions.map((prediction) => ({
      prediction,
      options: prediction.options.map((option) => ({ id: option.id, tracker: track(option.when) })),
      chosen: undefined,
      right: undefined,
      revealed: false,
    }));
  }

  /** Looks at everything again. A goal once reached stays reached. Returns the ids of goals reached just now. */
  update(observation: Observation): readonly string[] {
    const reachedNow: string[] = [];
    for (const entry of this.#goals) {
      const isTrue = entry.tracker.update(observation);
      const lines = entry.missing.filter(({ unless }) => unless?.update(observation) !== true);
      entry.missingText = fill(lines[0]?.say ?? entry.goal.say, observation);
      if (!isTrue || entry.reachedMs !== undefined) continue;
      entry.reachedMs = observation.nowMs;
      reachedNow.push(entry.goal.id);
    }
    for (const entry of this.#predictions) this.#updatePrediction(entry, observation);
    return reachedNow;
  }

  /** Until its goal is reached an answer is unknown; then the option that holds at that moment is right for good. */
  #updatePrediction(entry: PredictionEntry, observation: Observation): void {
    if (entry.revealed) return;
    const fitting = entry.options.filter(({ tracker }) => tracker.update(observation));
    if (!this.isReached(entry.prediction.revealedBy)) return;
    entry.revealed = true;
    entry.right = fitting.length === 1 ? fitting[0]?.id : undefined;
  }

  /** Locks a prediction. A second choice, or one after the answer is open, changes nothing and returns false. */
  predict(id: string, option: string): boolean {
    const entry = this.#predictions.find(({ prediction }) => prediction.id === id);
    if (entry === undefined || entry.chosen !== undefined || entry.revealed) return false;
    if (!entry.options.some((candidate) => candidate.id === option)) return false;
    entry.chosen = option;
    return true;
  }

  isReached(id: string): boolean {
    return this.#goals.some(({ goal, reachedMs }) => goal.id === id && reachedMs !== undefined);
  }

  goals(): readonly GoalState[] {
    return this.#goals.map(({ goal, reachedMs, missingText }) => ({
      id: goal.id,
      say: goal.say,
      part: goal.part,
      reached: reachedMs !== undefined,
      reachedMs,
      missing: reachedMs === undefined ? missingText : '',
      hints: goal.hints,
      read: goal.read,
    }));
  }

  predictions(): readonly PredictionState[] {
    return this.#predictions.map(({ prediction, chosen, revealed, right }) => ({
      id: prediction.id,
      chosen,
      revealed,
      right,
    }));
  }

  /** Locked predictions, prediction id to option id. */
  locked(): ReadonlyMap<string, string> {
    const pairs = this.#predictions.flatMap(({ prediction, chosen }) =>
      chosen === undefined ? [] : [[prediction.id, chosen] as const],
    );
    return new Map(pairs);
  }

  /** The next time at which something may change by itself, in virtual epoch ms. */
  dueMs(nowMs: number): number | undefined {
    const waiting = this.#goals.filter(({ reachedMs }) => reachedMs === undefined);
    const times = waiting
      .map(({ tracker }) => tracker.dueMs())
      .filter((time) => time !== undefined && time > nowMs) as number[];
    return times.length > 0 ? Math.min(...times) : undefined;
  }
}
