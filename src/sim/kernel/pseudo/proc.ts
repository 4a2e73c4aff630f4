// /proc: what programs and learners look for there.
import { byPid, processDirectory } from './proc-process.ts';
import { fixedDirectory, linkTo, textFile, viewer } from './generated.ts';
import { GeneratedDirectory, type Inode } from '../vfs/inode.ts';
import type { KernelProcess } from '../process/process.ts';

/** The tree for all processes of a machine; each sees its own namespaces in it. */
export function procTree(): GeneratedDirectory {
  const fixed: Readonly<Record<string, Inode>> = {
    cpuinfo: textFile(cpuInfo),
    loadavg: textFile(loadAverage),
    meminfo: textFile(memoryInfo),
    mounts: linkTo(() => 'self/mounts'),
    net: linkTo(() => 'self/net'),
    self: linkTo((process) => String(process.pid)),
    stat: textFile(statistics),
    sys: systemSettings(),
    uptime: textFile(uptime),
    version: textFile(() => `Linux version ${kernelRelease} (gcc) #1 SMP\n`),
    filesystems: textFile(() => 'nodev\tproc\nnodev\ttmpfs\n\text4\nnodev\toverlay\n'),
  };
  const names = Object.keys(fixed);
  const entries = new Map(Object.entries(fixed));
  return new GeneratedDirectory(
    (actor) => [...byPid(viewer(actor)).keys()].map(String).concat(names),
    (name, actor) => {
      const found = entries.get(name);
      if (found !== undefined) return found;
      const process = byPid(viewer(actor)).get(Number(name));
      return process === undefined ? undefined : processDirectory(process);
    },
  );
}

/** What `uname -r` says. */
export const kernelRelease = '6.1.0-18-amd64';

function systemSettings(): Inode {
  return fixedDirectory({
    kernel: fixedDirectory({
      hostname: textFile((process) => `${process.host.hostname()}\n`),
      osrelease: textFile(() => `${kernelRelease}\n`),
      ostype: textFile(() => 'Linux\n'),
      pid_max: textFile(() => '4194304\n'),
      random: fixedDirectory({ uuid: textFile((process) => `${process.random.uuid()}\n`) }),
    }),
    net: fixedDirectory({
      core: fixedDirectory({ somaxconn: textFile(() => '4096\n') }),
      ipv4: fixedDirectory({
        ip_forward: textFile(() => '1\n'),
        ip_unprivileged_port_start: textFile((process) => `${process.space.lowestFreePort}\n`),
      }),
    }),
    vm: fixedDirectory({
      overcommit_memory: textFile(() => '1\n'),
      max_map_count: textFile(() => '65530\n'),
    }),
  });
}

function cpuInfo(process: KernelProcess): string {
  let text = '';
  for (let cpu = 0; cpu < process.host.cpuCount; cpu += 1) {
    text += `processor\t: ${cpu}\nvendor_id\t: Simulated\nmodel name\t: Simulated CPU\n`;
    text += `cpu MHz\t\t: 2000.000\ncpu cores\t: ${process.host.cpuCount}\n\n`;
  }
  return text;
}

function loadAverage(process: KernelProcess): string {
  const all = process.host.processes();
  const running = all.filter(({ state }) => state === 'R').length;
  return `0.00 0.00 0.00 ${running}/${all.length} ${all.at(-1)?.pid ?? 1}\n`;
}

function memoryInfo(process: KernelProcess): string {
  const total = process.host.memoryTotalBytes;
  const free = total - process.space.machine.memoryUsedBytes();
  const line = (name: string, bytes: number): string =>
    `${`${name}:`.padEnd(16)}${String(Math.floor(bytes / 1024)).padStart(8)} kB\n`;
  return (
    line('MemTotal', total) +
    line('MemFree', free) +
    line('MemAvailable', free) +
    line('Buffers', 0) +
    line('Cached', 0) +
    line('SwapTotal', 0) +
    line('SwapFree', 0)
  );
}

function uptime(process: KernelProcess): string {
  const seconds = (process.nowMs() - process.host.bootedMs) / 1000;
  return `${seconds.toFixed(2)} ${(seconds * process.host.cpuCount).toFixed(2)}\n`;
}

function statistics(process: KernelProcess): string {
  const { bootedMs, cpuCount } = process.host;
  const usedTicks = Math.floor(process.space.machine.cpuUsedMs() / 10);
  const allTicks = Math.floor(((process.nowMs() - bootedMs) / 10) * cpuCount);
  const idleTicks = Math.max(0, allTicks - usedTicks);
  return `cpu  ${usedTicks} 0 0 ${idleTicks} 0 0 0 0 0 0\nbtime ${Math.floor(bootedMs / 1000)}\n`;
}
