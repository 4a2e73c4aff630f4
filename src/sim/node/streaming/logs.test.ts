import { expect, test } from 'vitest';
import type { PodStatus } from '../../api/generated/types.ts';
import type { LogLine } from '../cri/types.ts';
import { firstLines, logSource, LogWriter } from './logs.ts';

const startMs = 1_800_000_000_000;

function line(text: string, secondsAfter: number, complete = true): LogLine {
  return { atMs: startMs + secondsAfter * 1000, stream: 'stdout', text, complete };
}

function status(state: object, lastState: object = {}): PodStatus {
  const one = { name: 'shop', image: '', imageID: '', ready: false, restartCount: 0 };
  return { containerStatuses: [{ ...one, containerID: 'containerd://now', state, lastState }] };
}

test('the log asked for is that of the running container, the last one, or the one before', () => {
  const ended = { terminated: { exitCode: 0, containerID: 'containerd://ended' } };
  const source = (of: PodStatus, previous = false): unknown => {
    const found = logSource('web', of, 'shop', previous);
    return found.ok ? found.containerId : found.error;
  };
  expect(source(status({ running: {} }))).toBe('now');
  expect(source(status({ running: {} }, ended), true)).toBe('ended');
  expect(source(status(ended))).toBe('ended');
  expect(source(status({ waiting: { reason: 'CrashLoopBackOff' } }, ended))).toBe('ended');
  expect(source(status({ running: {} }), true)).toBe(
    'previous terminated container "shop" in pod "web" not found',
  );
});

test('a container without a log says what it waits for', () => {
  const why = (reason: string): unknown => {
    const found = logSource('web', status({ waiting: { reason } }), 'shop', false);
    return found.ok ? '' : found.error;
  };
  const where = 'container "shop" in pod "web" is waiting to start:';
  expect(why('ContainerCreating')).toBe(`${where} ContainerCreating`);
  expect(why('ErrImagePull')).toBe(`${where} image can't be pulled`);
  expect(why('ImagePullBackOff')).toBe(`${where} trying and failing to pull image`);
  const other = logSource('web', {}, 'nobody', false);
  expect(other).toEqual({
    ok: false,
    error: 'container "nobody" in pod "web" is not available',
  });
});

test('the last lines are counted as whole lines, however many pieces they came in', () => {
  const lines = [
    line('a', 0),
    line('b1', 1, false),
    line('b2', 1),
    line('c', 2),
    line('d', 3, false),
  ];
  const texts = (tail: number | undefined): string[] =>
    firstLines(lines, tail).map(({ text }) => text);
  expect(texts(undefined)).toEqual(['a', 'b1', 'b2', 'c', 'd']);
  expect(texts(0)).toEqual([]);
  expect(texts(1)).toEqual(['d']);
  expect(texts(2)).toEqual(['c', 'd']);
  expect(texts(3)).toEqual(['b1', 'b2', 'c', 'd']);
  expect(texts(9)).toEqual(['a', 'b1', 'b2', 'c', 'd']);
});

test('times, a beginning and a limit of bytes decide what of a line is sent', () => {
  const stamped = new LogWriter({ timestamps: true }, startMs);
  expect(
    [line('a', 0), line('b', 1.25, false), line('c', 2)].map((one) => stamped.write(one)),
  ).toEqual(['2027-01-15T08:00:00Z a\n', '2027-01-15T08:00:01.25Z b', 'c\n']);
  const recent = new LogWriter({ sinceSeconds: 5 }, startMs + 10_000);
  expect([line('old', 4), line('new', 5)].map((one) => recent.write(one))).toEqual(['', 'new\n']);
  const short = new LogWriter({ limitBytes: 5 }, startMs);
  expect([line('abc', 0), line('defg', 1), line('h', 2)].map((one) => short.write(one))).toEqual([
    'abc\n',
    'd',
    '',
  ]);
  expect(short.isFull).toBe(true);
});
