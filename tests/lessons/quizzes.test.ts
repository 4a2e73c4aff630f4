import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/quiz/mark.ts';
import type { QuizItem, QuizProof } from '../../src/quiz/schema.ts';
import { LabSession } from '../../src/lab/session.ts';
import { playSteps } from './play.ts';
import { readLessons, type LessonData } from './read-lessons.ts';

const lineMs = 60_000;

interface Answer {
  readonly what: string;
  readonly check: string;
  readonly holds: boolean;
}

/** The answers of an item that a command line decides, and whether they are right. */
function answersOf(item: QuizItem): readonly Answer[] {
  if (item.format === 'single' || item.format === 'multiple') {
    return item.options.flatMap(({ id, check, right }) =>
      check === undefined ? [] : [{ what: id, check, holds: right }],
    );
  }
  return [];
}

/** A fresh lab in which the proof's steps have been played. */
function prove(lesson: LessonData, proof: QuizProof): LabSession {
  const file = {
    ...lesson.lab,
    nodes: proof.nodes,
    start: proof.start,
    goals: [],
    predictions: [],
    solution: [],
  };
  const files = { ...lesson.files, ...proof.files };
  const session = new LabSession({ definition: { lesson: lesson.slug, file, files }, seed: 1 });
  for (const step of proof.steps) {
    if (!('run' in step)) {
      playSteps(session, [step]);
      continue;
    }
    // A proof whose own commands fail proves nothing; exec ends as the program does that it runs.
    const { code, output } = session.runToEnd(step.run, lineMs);
    if (!step.run.includes('kubectl exec'))
      expect({ run: step.run, code, output }).toMatchObject({ code: 0 });
  }
  return session;
}

/** The words of the proof's answer in their order; those that stand for an item of an ordering, once each. */
function shownOrder(output: string, words: readonly string[]): readonly string[] {
  return output
    .split(/\s+/)
    .filter((word, index, all) => words.includes(word) && all.indexOf(word) === index);
}

// Each answer is tried on a cluster of its own.
describe.each(readLessons())('quiz of $slug', { timeout: 60_000 }, (lesson) => {
  const proved = lesson.quiz.items.flatMap((item) =>
    item.proof === undefined ? [] : [{ id: item.id, item, proof: item.proof }],
  );

  it('proves at least three quarters of its items in the simulator', () => {
    expect(proved.length / lesson.quiz.items.length).toBeGreaterThanOrEqual(0.75);
  });

  it.each(proved)('$id: what is right happens, and what is wrong does not', ({ item, proof }) => {
    for (const { what, check, holds } of answersOf(item)) {
      const { code } = prove(lesson, proof).runToEnd(check, lineMs);
      expect({ what, happens: code === 0 }).toEqual({ what, happens: holds });
    }
    if (item.format === 'match') {
      for (const { id, with: side, check } of item.pairs) {
        if (check === undefined) continue;
        expect({ id, side, code: prove(lesson, proof).runToEnd(check, lineMs).code }).toEqual({
          id,
          side,
          code: 0,
        });
      }
    }
    if (proof.answer === undefined) return;
    const { output } = prove(lesson, proof).runToEnd(proof.answer, lineMs);
    if (item.format === 'number') expect(Number(output.trim())).toBe(item.value);
    if (item.format === 'typed') expect(item.accept.map(normalise)).toContain(normalise(output));
    if (item.format === 'order') {
      const words = item.items.flatMap(({ shows }) => shows ?? []);
      expect(shownOrder(output, words)).toEqual(words);
    }
  });
});
