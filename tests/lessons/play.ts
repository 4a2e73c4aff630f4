// Plays steps of a solution, a route or a proof in a lab session, as a learner who types and waits.
import { durationMs, track } from '../../src/lab/goals/tracker.ts';
import type { LabStep } from '../../src/lab/schema.ts';
import { LabSession } from '../../src/lab/session.ts';
import type { LessonData } from './read-lessons.ts';

/** A line that has not settled after so long is left running. */
const patienceMs = 60_000;

export function openLesson({ slug, lab, files }: LessonData): LabSession {
  const definition = { lesson: slug, file: lab, files };
  return new LabSession({ definition, seed: lab.seed });
}

/** Types a line and waits until the prompt is back and the cluster quiet. */
export function type(session: LabSession, text: string): void {
  session.act({ do: 'line', terminal: 0, text });
  session.advanceUntilSettled(session.nowMs + patienceMs);
}

export function playSteps(session: LabSession, steps: readonly LabStep[]): void {
  for (const step of steps) playStep(session, step);
}

function playStep(session: LabSession, step: LabStep): void {
  if ('run' in step) type(session, step.run);
  else if ('wait' in step) session.advanceTo(session.nowMs + durationMs(step.wait));
  else if ('keys' in step) session.act({ do: 'keys', terminal: 0, keys: step.keys });
  else if ('predict' in step) session.act({ do: 'predict', id: step.predict, option: step.choose });
  else if ('fault' in step) session.act({ do: 'fault', text: step.fault });
  else waitUntil(session, step);
}

function waitUntil(session: LabSession, step: Extract<LabStep, { until: unknown }>): void {
  const tracker = track(step.until);
  const limitMs = session.nowMs + durationMs(step.within);
  while (!tracker.update(session.observe())) {
    if (session.nowMs >= limitMs)
      throw new Error(`not true within ${step.within}: ${JSON.stringify(step.until)}`);
    session.advanceTo(session.nowMs + 250);
  }
}
