import { describe, expect, it } from 'vitest';
import { CommandBox } from './testing.ts';

/** Host milliseconds that a line takes for so many virtual ones. */
function hostMs(box: CommandBox, line: string, forMs: number): number {
  const started = Date.now();
  box.line(line, { forMs });
  return Date.now() - started;
}

describe('commands without end', () => {
  it.each([
    'yes > /dev/null',
    'yes | grep n',
    'yes | sed s/y/n/ > /dev/null',
    'cat /dev/zero > /dev/null',
    'cat /dev/zero | tr "\\0" x | wc -c',
    "awk 'BEGIN { while (1); }'",
    "awk 'BEGIN { for (;;) x = x + 1 }'",
    "awk 'function f(n) { return f(n + 1) } BEGIN { f(1) }'",
    "yes | awk '{ n++ }'",
    "echo x | sed ':a;ba'",
    'seq 1 1000000000 > /dev/null',
    'find / -exec true {} \\;',
    'timeout 0 cat /dev/zero > /dev/null',
    'watch -n 0 true',
    'ping -i 0 localhost',
    'head -c 20000000 /dev/zero | grep -c x',
    "printf '%d\\n' $(seq 1 20000) | sort -n | uniq | wc -l",
  ])('%s stays within its share of the processor', (line) => {
    const box = new CommandBox();
    expect(hostMs(box, line, 3000)).toBeLessThan(4000);
  });
});

describe('commands that want too much', () => {
  const limited = (): CommandBox =>
    new CommandBox('busybox', { space: { memoryLimitBytes: 32 << 20 } });

  it.each([
    'tail /dev/zero',
    'sort /dev/zero',
    'tac /dev/zero',
    'dd if=/dev/zero of=/dev/null bs=100M',
    'cut -c 1 /dev/zero',
    'base64 /dev/zero',
    "awk 'BEGIN { while (1) a[i++] }'",
  ])('%s is killed when the memory is used up', (line) => {
    const box = limited();
    const { status } = box.run(['sh', '-c', line], { main: false, forMs: 60_000 });
    expect(status?.code).toBe(137);
  });

  it.each([
    [
      'awk \'BEGIN { x = "0123456789"; while (1) x = x x }\'',
      'awk: cmd. line:1: out of memory\n=> 1',
    ],
    ["awk 'BEGIN { while (1) a[i++] }'", 'awk: cmd. line:1: out of memory\n=> 1'],
    [
      "awk 'function f(n) { return f(n + 1) } BEGIN { f(1) }'",
      'awk: cmd. line:1: function calls nested too deep\n=> 1',
    ],
    [`awk 'BEGIN { print ${'('.repeat(1000)}1 }'`, 'awk: cmd. line:1: nesting too deep\n=> 1'],
    [`expr ${"'(' ".repeat(500)} 1`, 'expr: syntax error\n=> 2'],
    [`printf '%9999999999d' 1 | wc -c`, '10000\n=> 0'],
  ])('%s ends with a message', (line, shown) => {
    expect(new CommandBox().line(line, { forMs: 600_000 })).toBe(shown);
  });

  it('gives up on no pattern, however it is made', () => {
    const box = new CommandBox();
    const text = `${'a'.repeat(2000)}b`;
    for (const line of [
      `echo ${text} | grep -E '^(a+)+$'`,
      `echo ${text} | sed -E 's/(a|aa)+$/x/'`,
      `echo ${text} | awk '/(a*)*c/'`,
      `expr ${text} : '\\(a*\\)*c'`,
    ]) {
      expect(hostMs(box, line, 60_000)).toBeLessThan(1000);
    }
  });
});
