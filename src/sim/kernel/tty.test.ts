import { describe, expect, it } from 'vitest';
import { TestMachine } from './testing.ts';
import type { TerminalDevice } from './tty.ts';
import type { Process, Program } from './types.ts';

/** Repeats what it reads, one read at a time; `-trap` takes INT and says so. */
const repeat: Program = function* (process) {
  if (process.argv[1] === '-trap') process.onSignal('INT', 'handle');
  yield* process.write(1, `size ${process.terminal(0)?.columns ?? 0}\nname? `);
  for (;;) {
    try {
      const text = yield* process.read(0, 10);
      if (text === undefined) return 0;
      yield* process.write(1, `[${text}]`);
    } catch {
      yield* process.write(1, `(${process.takeSignal() ?? ''})`);
    }
  }
};

const init: Program = function* (process) {
  yield* process.sleep(1e9);
  return 0;
};

function start(argv: readonly string[]): {
  box: TestMachine;
  terminal: TerminalDevice;
  process: Process;
  log: string[];
} {
  const log: string[] = [];
  const box = new TestMachine({ programs: { repeat, init } });
  const terminal = box.machine.createTerminal(
    {
      columns: 132,
      rows: 40,
      onOutput: (text) => log.push(`out ${JSON.stringify(text)}`),
      onReading: (prompt) => log.push(`reads at ${JSON.stringify(prompt)}`),
      onClose: () => log.push('closed'),
    },
    box.space,
  );
  const env = [['PATH', '/bin']] as const;
  box.space.start({ argv: ['init'], env });
  const process = box.space.exec({ argv, env, terminal });
  if ('error' in process) throw new Error(process.error);
  box.clock.advanceTo(box.clock.nowMs() + 10);
  return { box, terminal, process, log };
}

describe('a terminal', () => {
  it('gives lines one by one, tells who reads and what stands on the last line', () => {
    const { box, terminal, log } = start(['repeat']);
    expect(terminal.reading).toBe(true);
    terminal.input('one\ntwo\n');
    box.clock.advanceTo(box.clock.nowMs() + 10);
    expect(log).toEqual([
      'out "size 132\\nname? "',
      'reads at "name? "',
      'out "[one\\n]"',
      'out "[two\\n]"',
      'reads at "]"',
    ]);
  });

  it('ends the input once for each Ctrl-D', () => {
    const { box, terminal, process, log } = start(['repeat']);
    terminal.endOfInput();
    box.clock.advanceTo(box.clock.nowMs() + 10);
    expect(process.exit).toEqual({ code: 0, signal: undefined });
    expect(log.at(-1)).toBe('closed');
  });

  it('sends Ctrl-C to the group in the foreground', () => {
    const plain = start(['repeat']);
    plain.terminal.interrupt();
    plain.box.clock.advanceTo(plain.box.clock.nowMs() + 10);
    expect(plain.process.exit).toEqual({ code: 130, signal: 'INT' });
    const trapping = start(['repeat', '-trap']);
    trapping.terminal.interrupt();
    trapping.box.clock.advanceTo(trapping.box.clock.nowMs() + 10);
    expect(trapping.process.exit).toBeUndefined();
    expect(trapping.log.at(-2)).toBe('out "(INT)"');
  });

  it('hangs up', () => {
    const { box, terminal, process } = start(['repeat']);
    terminal.hangUp();
    box.clock.advanceTo(box.clock.nowMs() + 10);
    expect(process.exit).toEqual({ code: 129, signal: 'HUP' });
  });
});
