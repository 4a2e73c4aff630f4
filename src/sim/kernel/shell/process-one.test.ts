import { describe, expect, it } from 'vitest';
import { packagePrograms } from '../commands/table.ts';
import { TestMachine } from '../testing.ts';
import { sh } from './sh.ts';

/** A container whose process 1 is `sh -c script`; then TERM from outside, as the kubelet sends it. */
function terminate(script: string): {
  readonly afterMs: number | undefined;
  readonly code?: number;
} {
  const box = new TestMachine({ programs: { ...packagePrograms('busybox'), sh: sh('ash') } });
  box.run(['sh', '-c', script], { main: true, forMs: 1500 });
  const sentMs = box.clock.nowMs();
  box.space.kill('TERM');
  const main = box.space.main;
  if (main === undefined) throw new Error('nothing was started');
  box.finish(main, 30_000);
  if (main.exit === undefined) return { afterMs: undefined };
  return { afterMs: box.clock.nowMs() - sentMs, code: main.exit.code };
}

describe('a shell as process 1', () => {
  it('is deaf to TERM without a trap', () => {
    expect(terminate('while true; do sleep 1; done')).toEqual({ afterMs: undefined });
  });

  it('becomes its last command, which is as deaf', () => {
    const box = new TestMachine({ programs: { ...packagePrograms('busybox'), sh: sh('ash') } });
    box.run(['sh', '-c', 'echo hi; sleep 3600'], { main: true, forMs: 100 });
    expect(box.run(['cat', '/proc/1/comm']).stdout).toBe('sleep\n');
    expect(terminate('echo hi; sleep 3600')).toEqual({ afterMs: undefined });
  });

  it('runs its trap when the command in the foreground has ended', () => {
    expect(terminate("trap 'exit 7' TERM; while true; do sleep 5; done")).toEqual({
      afterMs: 3502,
      code: 7,
    });
  });

  it('runs its trap at once when it waits for a background command', () => {
    expect(terminate("trap 'exit 0' TERM; sleep 3600 & wait $!")).toEqual({ afterMs: 0, code: 0 });
  });

  it('hands signals on to a child where the script does', () => {
    const script =
      'trap "kill \\$child" TERM; sleep 3600 & child=$!; wait $child; wait $child; exit 3';
    expect(terminate(script)).toEqual({ afterMs: 0, code: 3 });
  });

  it('takes its children with it, and those that others left behind', () => {
    const box = new TestMachine({ programs: { ...packagePrograms('busybox'), sh: sh('ash') } });
    const script = '(sleep 500 & sleep 600 &) ; sleep 1; exit 4';
    const { status } = box.run(['sh', '-c', script], { main: true, forMs: 10_000 });
    expect(status?.code).toBe(4);
    expect(box.space.processes).toEqual([]);
  });

  it('inherits orphans and takes note when they end', () => {
    const box = new TestMachine({ programs: { ...packagePrograms('busybox'), sh: sh('ash') } });
    const script = '(sleep 2 & echo $! > /tmp/pid); while true; do sleep 1; done';
    box.run(['sh', '-c', script], { main: true, forMs: 1000 });
    const look = 'grep -E "^(PPid|State)" /proc/$(cat /tmp/pid)/status';
    expect(box.run(['sh', '-c', look]).stdout).toBe('State:\tS (sleeping)\nPPid:\t1\n');
    box.clock.advanceTo(box.clock.nowMs() + 5000);
    expect(box.run(['sh', '-c', 'ls /proc/$(cat /tmp/pid)']).status?.code).toBe(1);
  });
});
