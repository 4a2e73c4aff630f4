// /sys/fs/cgroup as a container sees it on cgroup v2.
import { periodMs } from '../cpu.ts';
import type { KernelProcess } from '../process/process.ts';
import type { Inode } from '../vfs/inode.ts';
import { fixedDirectory, textFile } from './generated.ts';

/** /sys. */
export function sysTree(): ReturnType<typeof fixedDirectory> {
  return fixedDirectory({
    fs: fixedDirectory({ cgroup: cgroupDirectory() }),
    class: fixedDirectory({}),
    devices: fixedDirectory({}),
    kernel: fixedDirectory({}),
  });
}

function cgroupDirectory(): Inode {
  return fixedDirectory({
    'cgroup.controllers': textFile(() => 'cpuset cpu io memory hugetlb pids rdma misc\n'),
    'cgroup.procs': textFile((process) => pids(process).join('')),
    'cgroup.type': textFile(() => 'domain\n'),
    'cpu.max': textFile(cpuMax),
    'cpu.stat': textFile(cpuStat),
    'cpu.weight': textFile((process) => `${process.space.cpuWeight}\n`),
    'memory.current': textFile((process) => `${process.space.cgroup.usedBytes()}\n`),
    'memory.events': textFile(memoryEvents),
    'memory.high': textFile(() => 'max\n'),
    'memory.low': textFile(() => '0\n'),
    'memory.max': textFile((process) => `${process.space.cgroup.limitBytes() ?? 'max'}\n`),
    'memory.min': textFile(() => '0\n'),
    'memory.oom.group': textFile(() => '1\n'),
    'memory.peak': textFile((process) => `${process.space.cgroup.peakBytes()}\n`),
    'memory.stat': textFile(memoryStat),
    'memory.swap.max': textFile(() => '0\n'),
    'pids.current': textFile((process) => `${process.space.processes.length}\n`),
    'pids.max': textFile(() => 'max\n'),
  });
}

function pids(process: KernelProcess): string[] {
  return process.space.processes.map(({ pid }) => `${pid}\n`);
}

function cpuMax(process: KernelProcess): string {
  const milli = process.space.cgroup.cpuLimitMilli();
  const quota = milli === undefined ? 'max' : Math.max(1000, milli * periodMs);
  return `${quota} ${periodMs * 1000}\n`;
}

function cpuStat(process: KernelProcess): string {
  const { usedMs, periods, throttledPeriods, throttledMs } = process.space.cgroup.cpuStatistics();
  const limited = process.space.cgroup.cpuLimitMilli() !== undefined;
  const microseconds = (ms: number): number => Math.round(ms * 1000);
  return [
    `usage_usec ${microseconds(usedMs)}`,
    `user_usec ${microseconds(usedMs)}`,
    'system_usec 0',
    `nr_periods ${limited ? periods : 0}`,
    `nr_throttled ${throttledPeriods}`,
    `throttled_usec ${microseconds(throttledMs)}`,
    'nr_bursts 0',
    'burst_usec 0',
    '',
  ].join('\n');
}

function memoryEvents(process: KernelProcess): string {
  const kills = process.space.cgroup.outOfMemoryKills();
  return `low 0\nhigh 0\nmax ${kills}\noom ${kills}\noom_kill ${kills}\noom_group_kill ${kills}\n`;
}

function memoryStat(process: KernelProcess): string {
  const used = process.space.cgroup.usedBytes();
  return `anon ${used}\nfile 0\nkernel 0\nshmem 0\ninactive_anon 0\nactive_anon ${used}\n`;
}
