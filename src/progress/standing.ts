// Where the reader stands: in a run of questions, and in each lesson.
import type { AnswerRecord, GaveUpRecord, ProgressRecord, RunRecord } from './records.ts';

/** The share of right answers from which a quiz counts as passed. It locks nothing. */
export const passingShare = 0.8;

export interface ItemStanding {
  readonly item: string;
  readonly version: number;
  readonly state: 'open' | 'wrong' | 'right' | 'given-up';
  /** Answers given, in order. */
  readonly answers: readonly AnswerRecord[];
}

export interface RunStanding {
  readonly run: RunRecord;
  readonly items: readonly ItemStanding[];
  /** Right at the first try. */
  readonly first: number;
  /** Right at any try, without having been shown. */
  readonly best: number;
}

/** How each item of the run stands. Records of other runs may be among those handed in. */
export function standingOf(records: readonly ProgressRecord[], run: RunRecord): RunStanding {
  const items = run.items.map(({ item, version }) => {
    const own = records.filter(
      (record): record is AnswerRecord | GaveUpRecord =>
        (record.kind === 'answer' || record.kind === 'gave-up') &&
        record.run === run.id &&
        record.item === item &&
        record.version === version,
    );
    const answers = own.filter((record) => record.kind === 'answer');
    return { item, version, state: stateOf(own), answers };
  });
  return {
    run,
    items,
    first: items.filter(({ answers }) => answers[0]?.correct === true).length,
    best: items.filter(({ state }) => state === 'right').length,
  };
}

/** The first right answer or giving up decides; what another tab added later does not change it. */
function stateOf(own: readonly (AnswerRecord | GaveUpRecord)[]): ItemStanding['state'] {
  for (const record of own) {
    if (record.kind === 'gave-up') return 'given-up';
    if (record.correct) return 'right';
  }
  return own.length > 0 ? 'wrong' : 'open';
}

/** Whether enough of its items were answered rightly. */
export function isPassed({ best, items }: RunStanding): boolean {
  return items.length > 0 && best >= items.length * passingShare;
}

/** All runs of a lesson, the latest last. */
export function runsOf(records: readonly ProgressRecord[], lesson: string): RunRecord[] {
  return records.filter(
    (record) => record.kind === 'run' && record.lesson === lesson,
  ) as RunRecord[];
}

/** What the lists of lessons show. */
export interface LessonProgress {
  readonly state: 'begun' | 'done';
  readonly goals?: { readonly reached: number; readonly of: number };
  /** Of the run with the best end: right at the first try, of how many. */
  readonly score?: { readonly right: number; readonly of: number };
  readonly lastAtMs: number;
}

/** A lesson is done when all goals of its lab are reached and one run of its quiz is passed. */
export function lessonProgress(
  records: readonly ProgressRecord[],
): ReadonlyMap<string, LessonProgress> {
  const lessons = new Map<string, ProgressRecord[]>();
  for (const record of records) {
    const own = lessons.get(record.lesson);
    if (own) own.push(record);
    else lessons.set(record.lesson, [record]);
  }
  return new Map([...lessons].map(([lesson, own]) => [lesson, progressOf(own, lesson)]));
}

function progressOf(own: readonly ProgressRecord[], lesson: string): LessonProgress {
  const reached = own.filter((record) => record.kind === 'goal');
  const goals = { reached: reached.length, of: Math.max(0, ...reached.map(({ of }) => of)) };
  const allReached = reached.length > 0 && goals.reached >= goals.of;
  const runs = runsOf(own, lesson).map((run) => standingOf(own, run));
  const passed = runs.some(isPassed);
  const answered = runs.filter(({ items }) => items.some(({ state }) => state !== 'open'));
  const shown = answered.reduce<RunStanding | undefined>(
    (most, run) => (most && most.best >= run.best ? most : run),
    undefined,
  );
  return {
    state: allReached && passed ? 'done' : 'begun',
    ...(reached.length > 0 ? { goals } : {}),
    ...(shown ? { score: { right: shown.first, of: shown.items.length } } : {}),
    lastAtMs: Math.max(...own.map(({ atMs }) => atMs)),
  };
}
