// What a reader has done, as records that are only ever added. Everything the page shows about
// progress is computed from them, so two tabs, two devices and a repeated import cannot disagree.
import type { Answer } from '#quiz/mark.ts';

export const confidences = ['guess', 'fairly-sure', 'certain'] as const;
export type Confidence = (typeof confidences)[number];

interface Base {
  /** Told apart by this alone: the same id is the same record. */
  readonly id: string;
  /** The lesson's slug. */
  readonly lesson: string;
  /** Wall time, milliseconds since 1970. */
  readonly atMs: number;
}

/** An item as it was asked; answers to another version of it are kept apart. */
export interface AskedItem {
  readonly item: string;
  readonly version: number;
}

/** A quiz was begun: these items are asked, shuffled by this seed. */
export interface RunRecord extends Base {
  readonly kind: 'run';
  readonly seed: number;
  readonly items: readonly AskedItem[];
}

export interface AnswerRecord extends Base, AskedItem {
  readonly kind: 'answer';
  /** The id of its run. */
  readonly run: string;
  readonly answer: Answer;
  readonly correct: boolean;
  readonly confidence?: Confidence;
}

/** The reader asked to be shown the right answer. */
export interface GaveUpRecord extends Base, AskedItem {
  readonly kind: 'gave-up';
  readonly run: string;
}

export interface GoalRecord extends Base {
  readonly kind: 'goal';
  readonly goal: string;
  /** How many goals the lab had then. */
  readonly of: number;
}

export type ProgressRecord = RunRecord | AnswerRecord | GaveUpRecord | GoalRecord;

/** The id of a reached goal: whichever tab or device saw it, it is one record. */
export const goalRecordId = (lesson: string, goal: string): string => `goal.${lesson}.${goal}`;

/** JSON with the keys of every object in order, so that equal values give equal texts. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

function compare(a: ProgressRecord, b: ProgressRecord): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  const [left, right] = [canonical(a), canonical(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}

/**
 * All records of both, each id once, in the order of time. Where one id has two contents the
 * earlier stays (then the lesser text), so the order and the number of merges do not matter.
 */
export function merge(
  a: readonly ProgressRecord[],
  b: readonly ProgressRecord[],
): ProgressRecord[] {
  const byId = new Map<string, ProgressRecord>();
  for (const record of [...a, ...b].sort(compare)) {
    if (!byId.has(record.id)) byId.set(record.id, record);
  }
  return [...byId.values()];
}
