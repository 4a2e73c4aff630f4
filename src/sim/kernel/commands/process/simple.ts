// true, false, sleep, sync, clear, and what is refused in words.
import { command } from '../base/command.ts';
import { parseDuration } from '../base/numbers.ts';
import type { Program } from '../../types.ts';

const endsWith =
  (code: number): (() => Program) =>
  () =>
    // eslint-disable-next-line require-yield -- it has nothing to wait for
    function* () {
      return code;
    };

export const yesTrue = endsWith(0);
export const noFalse = endsWith(1);
/** All writes are safe at once here. */
export const sync = endsWith(0);

export const sleep = command({
  options: '',
  usage: '[N]...',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse();
    let totalMs = 0;
    for (const word of call.operands) {
      const ms = parseDuration(word);
      if (ms === undefined) {
        return yield* call.gnu
          ? call.misuse(`invalid time interval '${word}'`)
          : call.fail(`invalid number '${word}'`);
      }
      totalMs += ms;
    }
    const untilMs = call.process.clock.nowMs() + totalMs;
    while (call.process.clock.nowMs() < untilMs) {
      // Waits in pieces that a timer can hold.
      yield* call.process.sleep(Math.min(untilMs - call.process.clock.nowMs(), 2_000_000_000));
    }
    return 0;
  },
});

export const usleep = command({
  options: '',
  usage: 'N',
  *run(call) {
    const word = call.operands[0] ?? '';
    if (!/^\d{1,15}$/.test(word)) return yield* call.fail(`invalid number '${word}'`);
    yield* call.process.sleep(Number(word) / 1000);
    return 0;
  },
});

export const tty = (): Program =>
  function* (process) {
    const name = process.terminal(0)?.name;
    yield* process.write(1, name === undefined ? 'not a tty\n' : `/dev/${name}\n`);
    return name === undefined ? 1 : 0;
  };

/** clear and reset: the cursor to the top left, the screen empty. */
export const clear = (): Program =>
  function* (process) {
    yield* process.write(1, '\x1b[H\x1b[2J\x1b[3J');
    return 0;
  };

/** Full-screen editors: the lab opens files in an editor of its own. */
export const editor = (): Program =>
  function* (process) {
    const name = (process.argv[0] ?? '').split('/').at(-1) ?? '';
    const file = process.argv.slice(1).find((word) => !word.startsWith('-'));
    const shown = file === undefined ? 'a file' : file;
    yield* process.write(
      2,
      `${name}: this simulated terminal has no full-screen editor; write ${shown} with cat > or printf, or change it with sed -i\n`,
    );
    return 1;
  };
