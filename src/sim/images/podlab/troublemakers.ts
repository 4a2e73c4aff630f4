// Programs that go wrong in one way each: podlab/crasher, leaker, slow-start and deaf.
import type { Program } from '../../kernel/types.ts';
import { atOnce, serveApp, textAnswer } from '../servers/http-app.ts';
import { numberSetting } from './settings.ts';

const megabyte = 1_048_576;

/** Runs for CRASH_AFTER seconds (3), then ends with EXIT_CODE (1). */
export const crasher: Program = function* crasher(process) {
  const seconds = numberSetting(process, 'CRASH_AFTER', 3, 86_400);
  const code = numberSetting(process, 'EXIT_CODE', 1, 255);
  yield* process.write(1, `crasher: up, but not for long (${seconds} s)\n`);
  yield* process.sleep(seconds * 1000);
  yield* process.write(2, `crasher: fatal: the configuration is missing an answer to everything\n`);
  return code;
};

/** Takes MB_PER_STEP (5) mebibytes every STEP_SECONDS (1) and never gives one back. */
export const leaker: Program = function* leaker(process) {
  const step = numberSetting(process, 'MB_PER_STEP', 5, 1024);
  const pauseMs = Math.max(100, numberSetting(process, 'STEP_SECONDS', 1, 3600) * 1000);
  for (let held = step; ; held += step) {
    process.host.memory.allocate(process, step * megabyte);
    yield* process.write(1, `leaker: holding ${held} MiB\n`);
    yield* process.sleep(pauseMs);
  }
};

/** Serves HTTP on PORT (8080), but only START_SECONDS (30) after it was started. */
export const slowStart: Program = function* slowStart(process) {
  const port = numberSetting(process, 'PORT', 8080, 65_535);
  const seconds = numberSetting(process, 'START_SECONDS', 30, 3600);
  yield* process.write(1, `slow-start: warming up for ${seconds} s\n`);
  yield* process.sleep(seconds * 1000);
  const problem = yield* serveApp(process, {
    port,
    started: () => process.write(1, `slow-start: ready on port ${port}\n`),
    handle: ({ path }) => atOnce(textAnswer(200, path === '/healthz' ? 'ok\n' : 'awake at last\n')),
    onSignal: (_, loop) => loop.stop(),
  });
  if (problem === undefined) return 0;
  yield* process.write(2, `slow-start: cannot listen on port ${port}: ${problem}\n`);
  return 1;
};

/** Hears every TERM, says so, and stays. */
export const deaf: Program = function* deaf(process) {
  for (const signal of ['TERM', 'INT', 'QUIT', 'HUP'] as const) process.onSignal(signal, 'handle');
  yield* process.write(1, 'deaf: running, and staying\n');
  for (;;) {
    const signal = process.takeSignal();
    if (signal === undefined) yield* process.waitFor([]);
    else yield* process.write(1, `deaf: SIG${signal}? I stay\n`);
  }
};
