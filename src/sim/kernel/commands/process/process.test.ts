import { describe, expect, it } from 'vitest';
import { CommandBox } from '../testing.ts';

describe('commands that run others', () => {
  const box = new CommandBox();

  it.each([
    ['env -i A=1 B=2 env', 'A=1\nB=2\n=> 0'],
    ['env nope', "env: can't execute 'nope': No such file or directory\n=> 127"],
    ['env /etc/hosts', "env: can't execute '/etc/hosts': Permission denied\n=> 126"],
    ['A=1 printenv A', '1\n=> 0'],
    ['nohup sh -c "kill -HUP \\$\\$; echo lives"', 'lives\n=> 0'],
    ['nice echo x', 'x\n=> 0'],
    ['setsid echo x', 'x\n=> 0'],
    ['timeout 1 sleep 5', '=> 143'],
    ['timeout -s KILL 1 sleep 5', '=> 137'],
    ['timeout 5 sh -c "exit 3"', '=> 3'],
    ['timeout -k 1 1 sh -c "trap : TERM; while :; do sleep 0.1; done"', '=> 137'],
    ['timeout x true', "timeout: invalid number 'x'\n=> 1"],
    ['timeout 5 nope', "timeout: can't execute 'nope': No such file or directory\n=> 127"],
    ['/bin/time sleep 1.5', 'real\t0m 1.50s\nuser\t0m 0.00s\nsys\t0m 0.00s\n=> 0'],
    ['printf "a b\\nc\\n" | xargs -n 1 echo got', 'got a\ngot b\ngot c\n=> 0'],
    ["printf 'a b\\nc\\n' | xargs -I{} echo '<{}>'", '<a b>\n<c>\n=> 0'],
    ['printf "1 2" | xargs sh -c "exit 3"', '=> 123'],
    ['echo x | xargs sh -c "exit 255"', 'xargs: sh: exited with status 255; aborting\n=> 124'],
    ["printf 'a\\0b c\\0' | xargs -0 -n 1 echo", 'a\nb c\n=> 0'],
    ['echo "a \'b c\' \\"d\\"" | xargs -n 1 echo', 'a\nb c\nd\n=> 0'],
    ['find /etc -name "h*" -exec echo found {} +', 'found /etc/hosts\n=> 0'],
    ['find /etc -name "h*" -exec false {} \\; -print', '=> 0'],
    ['mkdir t; touch t/a t/b; find t -type f -delete; find t', 't\n=> 0'],
    ['mkdir -p p/q/r; find p -name q -prune -o -print', 'p\n=> 0'],
    ['find /etc -newer /etc/passwd -name x', '=> 0'],
    ['find / -maxdepth 1 -type d -name w*', '/work\n=> 0'],
    ['find /etc -perm 644 -name hosts -user root', '/etc/hosts\n=> 0'],
    ['busybox echo hi; busybox nope', 'hi\nnope: applet not found\n=> 127'],
    ['busybox --list | grep -x -e ls -e sh', 'ls\nsh\n=> 0'],
    ['tty < /dev/null', 'not a tty\n=> 1'],
    [
      'vi notes.txt',
      'vi: this simulated terminal has no full-screen editor; write notes.txt with cat > or printf, or change it with sed -i\n=> 1',
    ],
  ])('%s', (line, shown) => {
    expect(box.line(line)).toBe(shown);
  });

  it('run as soon as there is enough input', () => {
    const startMs = box.clock.nowMs();
    const shown = box.line("(echo a; sleep 3; echo b) | xargs -n 1 sh -c 'date +%s'");
    const [first, second] = shown.split('\n').map(Number);
    expect(first).toBe(Math.floor(startMs / 1000));
    expect((second ?? 0) - (first ?? 0)).toBe(3);
  });

  it('of GNU say when they had to end the program', () => {
    const gnu = new CommandBox('gnu');
    expect(gnu.line('timeout 1 sleep 5')).toBe('=> 124');
    expect(gnu.line('timeout --preserve-status 1 sleep 5')).toBe('=> 143');
    expect(gnu.line('timeout -v 1 sleep 5')).toBe(
      "timeout: sending signal TERM to command 'sleep'\n=> 124",
    );
    expect(gnu.line('env nope')).toBe("env: 'nope': No such file or directory\n=> 127");
  });

  it('show a command again and again', () => {
    expect(box.line('watch -n 1 -t echo tick & sleep 2.5; kill $!')).toBe(
      '\x1b[H\x1b[Jtick\n'.repeat(3) + '=> 0',
    );
    expect(box.line('watch -n 1 date +%S & sleep 0.5; kill $!')).toMatch(
      /^\x1b\[H\x1b\[JEvery 1\.0s: date \+%S {41}2026-01-05 09:00:\d\d\n\n\d\d\n=> 0$/,
    );
  });

  it('sleep as long as they are told', () => {
    for (const [words, ms] of [
      ['2', 2000],
      ['0.25', 250],
      ['1m 1s', 61_000],
    ] as const) {
      const { tookMs } = box.run(['sleep', ...words.split(' ')], { forMs: 100_000 });
      expect(Math.floor(tookMs / 10) * 10).toBe(ms);
    }
    expect(box.line('sleep infinity', { forMs: 5000 })).toBe('=> still running');
  });
});
