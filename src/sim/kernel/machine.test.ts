import { describe, expect, it } from 'vitest';
import { isErrno } from './errno.ts';
import { TestMachine } from './testing.ts';
import type { Program } from './types.ts';

const sleeper: Program = function* (process) {
  yield* process.sleep(Number(process.argv[1] ?? '0') * 1000);
  return 0;
};
const cat: Program = function* (process) {
  for (;;) {
    const text = yield* process.read(0);
    if (text === undefined) return 0;
    yield* process.write(1, text);
  }
};
const yes: Program = function* (process) {
  for (;;) yield* process.write(1, 'y\n'.repeat(100));
};
const programs = { sleep: sleeper, cat, yes };

describe('processes', () => {
  it('ends with the program, in virtual time', () => {
    const box = new TestMachine({ programs });
    const { status, tookMs } = box.run(['sleep', '5']);
    expect(status).toEqual({ code: 0, signal: undefined });
    expect(tookMs).toBe(5001);
  });

  it('stream from standard input to standard output', () => {
    const box = new TestMachine({ programs });
    expect(box.run(['cat'], { stdin: 'a\nb\n' }).stdout).toBe('a\nb\n');
  });

  it('start children, connect them with pipes and wait for them', () => {
    const pipeline: Program = function* (process) {
      const [read, write] = process.pipe();
      const first = process.spawn({ argv: ['yes'], descriptors: new Map([[1, write]]) });
      process.close(write);
      const line = yield* process.readLine(read);
      yield* process.write(1, `${line ?? ''}\n`);
      process.close(read);
      const ended = yield* process.wait(first.pid);
      yield* process.write(1, `${ended?.status.signal ?? ''} ${ended?.status.code ?? ''}\n`);
      return 3;
    };
    const box = new TestMachine({ programs: { ...programs, pipeline } });
    const result = box.run(['pipeline']);
    expect(result.stdout).toBe('y\nPIPE 141\n');
    expect(result.status?.code).toBe(3);
  });

  it('let process 1 ignore what it has no handler for, but not a KILL from outside', () => {
    const box = new TestMachine({ programs });
    box.run(['sleep', '1000'], { main: true, forMs: 10 });
    const main = box.space.main;
    box.space.kill('TERM');
    box.clock.advanceTo(box.clock.nowMs() + 100);
    expect(main?.exit).toBeUndefined();
    const killer: Program = function* (process) {
      process.kill(1, 'KILL');
      yield* process.sleep(1);
      return 0;
    };
    const child = box.space.exec({ argv: ['sleep', '1000'], env: [['PATH', '/bin']] });
    if ('error' in child) throw new Error(child.error);
    child.spawn({ argv: ['killer'], program: killer });
    box.clock.advanceTo(box.clock.nowMs() + 100);
    expect(main?.exit).toBeUndefined();
    box.space.kill('KILL');
    expect(main?.exit).toEqual({ code: 137, signal: 'KILL' });
    expect(child.exit).toEqual({ code: 137, signal: 'KILL' });
  });

  it('say in runc’s words why they cannot be started', () => {
    const box = new TestMachine({
      programs,
      files: { 'x/plain': 'hello', 'x/script': { text: '#!/nope\n', mode: 0o755 } },
    });
    const error = (name: string): unknown => box.run([name]).stderr;
    expect(error('htpd')).toBe('exec: "htpd": executable file not found in $PATH');
    expect(error('/app/start.sh')).toBe(
      'exec: "/app/start.sh": stat /app/start.sh: no such file or directory',
    );
    expect(error('/etc/passwd')).toBe('exec: "/etc/passwd": permission denied');
    expect(error('/x/script')).toBe('exec /x/script: no such file or directory\n');
  });

  it('stop and go on', () => {
    const box = new TestMachine({ programs });
    box.run(['sleep', '1000'], { main: true, forMs: 10 });
    const child = box.space.exec({ argv: ['sleep', '5'], env: [['PATH', '/bin']] });
    if ('error' in child) throw new Error(child.error);
    const pass = (ms: number): void => void box.clock.advanceTo(box.clock.nowMs() + ms);
    pass(1000);
    child.kill(child.pid, 'STOP');
    expect(child.state).toBe('T');
    pass(10_000);
    expect([child.state, child.exit]).toEqual(['T', undefined]);
    child.kill(child.pid, 'CONT');
    pass(1);
    expect(child.exit?.code).toBe(0);
  });

  it('cannot be more than the limit', () => {
    const bomb: Program = function* (process) {
      try {
        for (;;) process.spawn({ argv: ['sleep', '100'] });
      } catch (thrown) {
        if (!isErrno(thrown)) throw thrown;
        yield* process.write(1, thrown.code);
        return 1;
      }
    };
    const box = new TestMachine({ programs: { ...programs, bomb } });
    expect(box.run(['bomb']).stdout).toBe('EAGAIN');
  });
});

describe('limits', () => {
  it('kill the whole container when memory goes over', () => {
    const eater: Program = function* (process) {
      for (;;) {
        process.host.memory.allocate(process, 1 << 20);
        yield* process.sleep(10);
      }
    };
    const box = new TestMachine({
      programs: { ...programs, eater },
      space: { memoryLimitBytes: 16 << 20 },
    });
    const result = box.run(['eater'], { main: true });
    expect(result.status).toEqual({ code: 137, signal: 'KILL' });
    expect(box.space.outOfMemory).toBe(true);
    expect(box.space.cgroup.usedBytes()).toBe(0);
  });

  it('make CPU time longer under a CPU limit', () => {
    const busy: Program = function* (process) {
      yield* process.compute(1000);
      return 0;
    };
    const box = new TestMachine({
      programs: { busy },
      machine: { spawnCostMs: 0 },
      space: { cpuLimitMilli: 200 },
    });
    const result = box.run(['busy']);
    expect(result.tookMs).toBe(4920);
    expect(box.space.cgroup.cpuStatistics()).toMatchObject({ usedMs: 1000, throttledMs: 3920 });
  });

  it('end endless writing when the disk is full', () => {
    const fill: Program = function* (process) {
      const file = process.open('/tmp/f', { write: true, create: true });
      const text = 'y\n'.repeat(32_768);
      try {
        for (;;) yield* process.write(file, text);
      } catch (thrown) {
        if (!isErrno(thrown)) throw thrown;
        yield* process.write(1, `${thrown.message} ${process.files.stat('/tmp/f').size}`);
        return 1;
      }
    };
    const box = new TestMachine({ programs: { fill }, machine: { diskBytes: 1 << 30 } });
    expect(box.run(['fill']).stdout).toBe(`No space left on device ${1 << 30}`);
  });
});
