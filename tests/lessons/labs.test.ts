import { describe, expect, it } from 'vitest';
import { digest } from '../../src/lab/digest.ts';
import { replay } from '../../src/lab/session.ts';
import { openLesson, playSteps } from './play.ts';
import { readLessons } from './read-lessons.ts';

describe.each(readLessons())('lab of $slug', (lesson) => {
  const { lab } = lesson;

  it('reaches no goal untouched, even after an hour', () => {
    const session = openLesson(lesson);
    session.advanceTo(session.nowMs + 3_600_000);
    expect(session.board.goals().filter(({ reached }) => reached)).toEqual([]);
  });

  it('reaches each goal by its solution, in order, and says what is missing until then', () => {
    const session = openLesson(lesson);
    for (const { goal, steps } of lab.solution) {
      const before = session.board.goals().find(({ id }) => id === goal);
      expect(before?.missing).not.toBe('');
      playSteps(session, steps);
      const after = session.board.goals().find(({ id }) => id === goal);
      expect({ goal, reached: after?.reached, missing: after?.missing }).toEqual({
        goal,
        reached: true,
        missing: '',
      });
    }
    expect(session.board.goals().filter(({ reached }) => !reached)).toEqual([]);
  });

  it('has the cluster decide every prediction, for the option that the solution chooses', () => {
    const session = openLesson(lesson);
    for (const { steps } of lab.solution) playSteps(session, steps);
    for (const { id, chosen, right } of session.board.predictions()) {
      expect({ id, right }).toEqual({ id, right: chosen });
    }
  });

  it('is the same, byte for byte, when its transcript is replayed', () => {
    const session = openLesson(lesson);
    for (const { steps } of lab.solution) playSteps(session, steps);
    const definition = { lesson: lesson.slug, file: lab, files: lesson.files };
    const again = replay({ definition, seed: lab.seed }, session.transcript());
    expect(digest(again)).toBe(digest(session));
    expect(again.transcript()).toEqual(session.transcript());
  });

  it.each(lab.routes)('takes another way: $name', ({ reaches, steps }) => {
    const session = openLesson(lesson);
    playSteps(session, steps);
    const reached = session.board
      .goals()
      .filter((goal) => goal.reached)
      .map(({ id }) => id);
    expect(reached).toEqual(expect.arrayContaining(reaches));
  });

  it('stands still once its last command has settled, though an hour passes outside', () => {
    const session = openLesson(lesson);
    playSteps(session, lab.solution[0]?.steps ?? []);
    expect(session.isSettled).toBe(true);
    const beforeMs = session.nowMs;
    expect(session.advanceUntilSettled(session.nowMs + 3_600_000)).toBe(true);
    expect(session.nowMs).toBe(beforeMs);
  });
});
