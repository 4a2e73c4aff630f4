import { beforeEach, describe, expect, it } from 'vitest';
import { CommandBox } from '../testing.ts';

describe('processes', () => {
  let box: CommandBox;
  beforeEach(() => {
    box = new CommandBox();
  });

  it('are listed as busybox and procps do', () => {
    expect(box.run(['ps', '-o', 'pid,args']).stdout).toBe(
      'PID   COMMAND\n    1 sleep infinity\n    2 ps -o pid,args\n',
    );
    expect(box.run(['ps']).stdout).toBe(
      'PID   USER     TIME  COMMAND\n    1 root      0:00 sleep infinity\n    3 root      0:00 ps\n',
    );
    expect(box.run(['ps', '-o', 'foo']).stderr).toMatch(
      /^ps: bad -o argument 'foo', supported arguments: pid,/,
    );
    const gnu = new CommandBox('gnu');
    expect(gnu.run(['ps', '-ef']).stdout).toMatch(
      /^UID {10}PID {4}PPID {2}C STIME TTY {10}TIME CMD\nroot {11}1 {7}0 {2}\d 09:00 \? {8}00:00:00 sleep infinity\nroot/,
    );
    expect(gnu.run(['ps', 'aux']).stdout).toMatch(
      /^USER {9}PID %CPU %MEM {4}VSZ {3}RSS TTY {6}STAT START {3}TIME COMMAND\nroot {11}1 /,
    );
    expect(gnu.run(['ps', '-o', 'pid=,comm=', '-p', '1']).stdout).toBe('      1 sleep\n');
  });

  it('show what they use in top', () => {
    const lines = box.run(['top', '-b', '-n1']).stdout.split('\n');
    expect(lines[0]).toMatch(/^Mem: \d+K used, \d+K free, 0K shrd, 0K buff, 0K cached$/);
    expect(lines.slice(3)).toEqual([
      '  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND',
      expect.stringMatching(/^ {4}2 {5}0 root {5}R {4}/),
      expect.stringMatching(/^ {4}1 {5}0 root {5}S {4}.*sleep infinity$/),
      '',
    ]);
  });

  it.each([
    ['/bin/kill', 'kill: you need to specify whom to kill\n=> 1'],
    ['/bin/kill 999', "kill: can't kill pid 999: No such process\n=> 1"],
    ['/bin/kill -FOO 1', "kill: bad signal name 'FOO'\n=> 1"],
    ['/bin/kill x', "kill: invalid number 'x'\n=> 1"],
    ['/bin/kill -l 9 TERM', 'KILL\n15\n=> 0'],
    ['sleep 50 & /bin/kill -0 $! && /bin/kill -s KILL $!; wait $!', 'Killed\n=> 137'],
    ['sleep 50 & sleep 60 & sleep 0.1; pidof sleep', '4 3 1\n=> 0'],
    ['pidof -s nope', '=> 1'],
    ['sleep 50 & sleep 0.1; pgrep -f "^sleep 5"; pgrep -lf "^sleep 50"', '3\n3 sleep 50\n=> 0'],
    ['sleep 50 & pkill -KILL -f "sleep 50"; wait $!', '=> 137'],
    ['pkill nope', '=> 1'],
    [
      'sleep 50 & killall -q sleep; killall nope',
      "killall: bad signal name 'q'\nkillall: nope: no process killed\n=> 1",
    ],
  ])('%s', (line, shown) => {
    expect(box.line(line)).toBe(shown);
  });
});

describe('the machine and who one is', () => {
  const box = new CommandBox();

  it.each([
    ['uname; uname -n; uname -m', 'Linux\nbox\nx86_64\n=> 0'],
    ['hostname; hostname -i; hostname -f; hostname -s', 'box\n10.244.1.5\nbox\nbox\n=> 0'],
    ['hostname other', 'hostname: sethostname: Operation not permitted\n=> 1'],
    ['nproc', '2\n=> 0'],
    [
      'id; id -u; id -gn; whoami; groups',
      'uid=0(root) gid=0(root) groups=0(root)\n0\nroot\nroot\nroot\n=> 0',
    ],
    ['id nope', 'id: unknown user nope\n=> 1'],
    ['date', 'Mon Jan  5 09:00:00 UTC 2026\n=> 0'],
    ['date +%Y-%m-%dT%H:%M:%SZ', '2026-01-05T09:00:00Z\n=> 0'],
    [
      'date -d @86400 +%F; date -u -d "2026-02-03 04:05" +%s; date -I',
      '1970-01-02\n1770091500\n2026-01-05\n=> 0',
    ],
    ['date -d foo', "date: invalid date 'foo'\n=> 1"],
    ['date +%j:%U:%u:%e:%-d:%I%p', '005:01:1: 5:5:09AM\n=> 0'],
    [
      'free | head -n 1; free -m | tail -n 1',
      '              total        used        free      shared  buff/cache   available\nSwap:             0           0           0\n=> 0',
    ],
    ['mount | grep shm', 'shm on /dev/shm type tmpfs (rw,relatime)\n=> 0'],
    ['mount /dev/x /mnt', 'mount: permission denied (are you root?)\n=> 1'],
    [
      'df /dev/shm',
      'Filesystem           1K-blocks      Used Available Use% Mounted on\nshm                      65536         0     65536   0% /dev/shm\n=> 0',
    ],
    ['uptime', ' 09:00:00 up 0 min,  0 users,  load average: 0.00, 0.00, 0.00\n=> 0'],
    ['who', '=> 0'],
    ['sync; true; false', '=> 1'],
  ])('%s', (line, shown) => {
    expect(box.line(line)).toBe(shown);
  });

  it('has been up for as long as its clock says', () => {
    const later = new CommandBox();
    later.clock.advanceTo(later.clock.nowMs() + 93_600_000);
    expect(later.line('uptime')).toBe(
      ' 11:00:00 up 1 day, 2:00,  0 users,  load average: 0.00, 0.00, 0.00\n=> 0',
    );
  });
});
