import { describe, expect, it } from 'vitest';
import { packagePrograms } from '../commands/table.ts';
import { HostOutput } from '../io/host.ts';
import { sh } from '../shell/sh.ts';
import { TestMachine } from '../testing.ts';
import type { SpaceOptions } from '../space.ts';

function box(space: Partial<SpaceOptions> = {}): TestMachine {
  const programs = { ...packagePrograms('busybox'), sh: sh('ash') };
  return new TestMachine({ programs, space });
}

function output(machine: TestMachine, script: string): string {
  return machine.run(['sh', '-c', script]).stdout;
}

describe('/proc', () => {
  it('shows each process its own namespace', () => {
    const machine = box();
    machine.run(['sleep', '100'], { main: true, forMs: 10 });
    expect(output(machine, 'cat /proc/1/comm; tr "\\0" " " < /proc/1/cmdline; echo')).toBe(
      'sleep\nsleep 100 \n',
    );
    expect(
      output(machine, 'readlink /proc/self/exe | grep -c readlink; ls -d /proc/[0-9]*'),
    ).toMatch(/^1\n\/proc\/1\n\/proc\/[0-9]+\n/);
    expect(output(machine, 'grep -E "^(Name|State|PPid|Uid)" /proc/1/status')).toBe(
      'Name:\tsleep\nState:\tS (sleeping)\nPPid:\t0\nUid:\t0\t0\t0\t0\n',
    );
  });

  it('tells namespaces apart', () => {
    const one = box();
    const ns = 'for n in net ipc uts pid mnt; do readlink /proc/self/ns/$n; done';
    const again = output(one, ns);
    expect(again).toBe(output(one, ns));
    expect(again).toMatch(/^net:\[\d+\]\nipc:\[\d+\]\nuts:\[\d+\]\npid:\[\d+\]\nmnt:\[\d+\]\n$/);
  });

  it('lets a process write to the standard output of process 1', () => {
    const machine = box();
    let log = '';
    const started = machine.space.start({
      argv: ['sleep', '100'],
      env: [['PATH', '/bin']],
      stdout: new HostOutput((text) => (log += text)),
    });
    if ('error' in started) throw new Error(started.error);
    output(machine, 'echo to the log > /proc/1/fd/1; echo own > /dev/stdout');
    expect(log).toBe('to the log\n');
  });
});

describe('/sys/fs/cgroup', () => {
  it('shows limits and use as on cgroup v2', () => {
    const machine = box({ memoryLimitBytes: 64 << 20, cpuLimitMilli: 250 });
    expect(output(machine, 'cd /sys/fs/cgroup; cat cpu.max memory.max; cat cpu.max')).toBe(
      '25000 100000\n67108864\n25000 100000\n',
    );
    const unlimited = box();
    expect(output(unlimited, 'cat /sys/fs/cgroup/cpu.max /sys/fs/cgroup/memory.max')).toBe(
      'max 100000\nmax\n',
    );
    output(machine, 'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); done');
    expect(output(machine, 'grep -c . /sys/fs/cgroup/cpu.stat')).toBe('8\n');
    expect(
      Number(output(machine, 'awk "/nr_throttled/ {print \\$2}" /sys/fs/cgroup/cpu.stat')),
    ).toBeGreaterThan(0);
    expect(output(machine, 'echo 1 > /sys/fs/cgroup/cpu.max; echo $?')).toBe('1\n');
  });
});
