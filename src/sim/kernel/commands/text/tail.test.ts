import { describe, expect, it } from 'vitest';
import { CommandBox } from '../testing.ts';

// What happens to the file is the same in both; the words are those of busybox 1.35 and coreutils 9.1 for the same events.
const events =
  'sleep 1.2; echo two >> a; sleep 1.2; mv a b; sleep 1.5; echo three > a; sleep 1.5; echo four > c; mv c a; sleep 1.5; : > a; sleep 1.5; echo five > a; sleep 2; kill $!';

describe('tail -F', () => {
  it('of busybox looks once a second, and at the file that has the name', () => {
    const box = new CommandBox();
    expect(box.line(`echo one > a; tail -F a & ${events}`)).toBe(
      `one
two
three
four
five
tail: a has been renamed or deleted: No such file or directory
tail: a has been replaced; following end of new file
tail: a has been replaced; following end of new file
=> 0`,
    );
    expect(box.line('tail -F nope & sleep 1.5; echo hi > nope; sleep 2; kill $!')).toBe(
      `hi
tail: can't open 'nope': No such file or directory
tail: nope has appeared; following end of new file
=> 0`,
    );
  });

  it('of GNU is told at once, and tells more', () => {
    const box = new CommandBox('gnu');
    expect(box.line(`echo one > a; tail -F a & ${events}`)).toBe(
      `one
two
three
four
five
tail: 'a' has become inaccessible: No such file or directory
tail: 'a' has appeared;  following new file
tail: 'a' has been replaced;  following new file
tail: a: file truncated
=> 0`,
    );
    expect(box.line('tail -F nope & sleep 1.5; echo hi > nope; sleep 1; kill $!')).toBe(
      `hi
tail: cannot open 'nope' for reading: No such file or directory
tail: 'nope' has appeared;  following new file
=> 0`,
    );
  });
});

describe('tail -f', () => {
  it('names the file whose lines come, and ends where there is nothing to follow', () => {
    const box = new CommandBox();
    expect(
      box.line('echo 1 > p; echo 2 > q; tail -f p q & sleep 1.2; echo 3 >> p; sleep 2; kill $!'),
    ).toBe('==> p <==\n1\n\n==> q <==\n2\n\n==> p <==\n3\n=> 0');
    expect(box.line('tail -f nope')).toBe(
      "tail: can't open 'nope': No such file or directory\ntail: no files\n=> 1",
    );
    expect(box.line('echo a | tail -f')).toBe('a\n=> 0');
  });

  it('costs nothing while the file stays as it is', () => {
    const box = new CommandBox();
    box.run(['tail', '-n', '+1', '-F', '/etc/hosts'], { forMs: 1000 });
    let count = 0;
    const untilMs = box.clock.nowMs() + 3_600_000;
    while (box.clock.step(untilMs)) count += 1;
    expect(count).toBe(0);
  });
});

describe('tail without an end in sight', () => {
  it('keeps what it reads until the container has no memory left', () => {
    const box = new CommandBox('busybox', { space: { memoryLimitBytes: 32 << 20 } });
    const { status, tookMs } = box.run(['tail', '/dev/zero']);
    expect(status).toEqual({ code: 137, signal: 'KILL' });
    expect(tookMs).toBeLessThan(1000);
  });
});
