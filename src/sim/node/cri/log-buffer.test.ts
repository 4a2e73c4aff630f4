import { describe, expect, it } from 'vitest';
import { Clock } from '../../runtime/clock.ts';
import { LogBuffer } from './log-buffer.ts';

const buffer = () => {
  const clock = new Clock({ startMs: 0 });
  return { clock, log: new LogBuffer(clock) };
};

describe('a log', () => {
  it('gives a line the time at which its end came', () => {
    const { clock, log } = buffer();
    log.write('stdout', 'ha');
    clock.advanceTo(5);
    log.write('stderr', 'err\n');
    log.write('stdout', 'lf\nnext');
    expect(log.lines()).toEqual([
      { atMs: 5, stream: 'stderr', text: 'err', complete: true },
      { atMs: 5, stream: 'stdout', text: 'half', complete: true },
    ]);
    log.end();
    expect(log.lines().at(-1)).toEqual({
      atMs: 5,
      stream: 'stdout',
      text: 'next',
      complete: false,
    });
  });

  it('cuts lines that are longer than 16 KiB', () => {
    const { log } = buffer();
    log.write('stdout', `${'x'.repeat(20_000)}\n`);
    log.write('stdout', 'y'.repeat(20_000));
    const shape = () => log.lines().map(({ text, complete }) => [text.length, complete]);
    expect(shape()).toEqual([
      [16_384, false],
      [3616, true],
      [16_384, false],
    ]);
  });

  it('begins anew at 10 MiB, as the kubelet has log files rotated', () => {
    const { log } = buffer();
    const line = `${'x'.repeat(1000)}\n`;
    let last = 0;
    for (let index = 0; index < 12_000; index += 1) {
      log.write('stdout', line);
      if (log.sizeBytes < last) break;
      last = log.sizeBytes;
    }
    expect(last).toBeGreaterThan(10 * 1_048_576 - 2000);
    expect(log.lines()).toHaveLength(1);
  });
});
