// What the lists of lessons show about the reader's progress. The site only reads: whoever keeps
// the progress hands in a source, and with none, or nothing stored, every lesson is untouched.

/** What is known about one lesson. Numbers are shown as "step 3 of 6" and "9 of 10". */
export interface LessonMark {
  readonly state: 'begun' | 'done';
  /** Goals of the lab that are reached, and how many there are. */
  readonly goals?: { readonly reached: number; readonly of: number };
  /** Questions answered right at the first try, and how many were asked. */
  readonly score?: { readonly right: number; readonly of: number };
  /** When the reader was last at it, milliseconds since 1970; decides where "Continue" leads. */
  readonly lastAtMs: number;
}

export type LessonMarks = ReadonlyMap<string, LessonMark>;

export interface MarksSource {
  /** Marks by the lesson's slug. Never rejects: what cannot be read is not there. */
  read(): Promise<LessonMarks>;
  /** Calls back after each change in this or another tab; returns what ends that. */
  subscribe(changed: () => void): () => void;
}

/** The lesson to continue with: the one begun last, else the first that is not done. */
export function nextLesson(slugs: readonly string[], marks: LessonMarks): string | undefined {
  const begun = slugs
    .filter((slug) => marks.get(slug)?.state === 'begun')
    .sort((a, b) => (marks.get(b)?.lastAtMs ?? 0) - (marks.get(a)?.lastAtMs ?? 0));
  return begun[0] ?? slugs.find((slug) => marks.get(slug)?.state !== 'done');
}
