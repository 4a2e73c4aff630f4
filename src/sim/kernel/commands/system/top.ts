// top: the processes of this container by what they use.
import { command, type Call } from '../base/command.ts';
import { parseDuration, parseInteger } from '../base/numbers.ts';
import type { Blocking, ProcessInfo } from '../../types.ts';
import { argsText, kib, userText, viewOf } from './ps.ts';

export const top = command({
  options: 'bHn:d:o:p:u:c1',
  usage: '[-bH] [-n COUNT] [-d SECONDS]',
  *run(call) {
    const rounds = parseInteger(call.value('n') ?? '') ?? Infinity;
    const pauseMs = parseDuration(call.value('d') ?? '5') ?? 5000;
    const batch = call.has('b') || !call.process.isTerminal(1);
    let before = new Map<number, number>();
    for (let round = 0; round < rounds; round += 1) {
      if (round > 0) yield* call.process.sleep(Math.max(pauseMs, 100));
      if (!batch) call.out.put('\x1b[H\x1b[J');
      else if (round > 0) call.out.put('\n');
      before = yield* topRound(call, before, pauseMs);
      yield* call.out.flush();
    }
    return 0;
  },
});

function* topRound(
  call: Call,
  before: ReadonlyMap<number, number>,
  pauseMs: number,
): Blocking<Map<number, number>> {
  const { host, clock, files } = call.process;
  const view = viewOf(call);
  const infos = [...host.processes()];
  const used = new Map(infos.map(({ pid, cpuMs }) => [pid, cpuMs]));
  const share = ({ pid, cpuMs, startedMs }: ProcessInfo): number => {
    const past = before.get(pid);
    const spanMs = past === undefined ? Math.max(clock.nowMs() - startedMs, 1) : pauseMs;
    return ((cpuMs - (past ?? 0)) / spanMs) * 100;
  };
  infos.sort(
    (one, other) =>
      share(other) - share(one) || other.memoryBytes - one.memoryBytes || one.pid - other.pid,
  );
  const freeKib = Number(/^MemFree:\s+(\d+)/m.exec(files.readText('/proc/meminfo'))?.[1] ?? 0);
  const totalKib = Math.floor(host.memoryTotalBytes / 1024);
  const busy = Math.min(100, infos.reduce((sum, info) => sum + share(info), 0) / host.cpuCount);
  const percent = (value: number): string => `${Math.round(value)}`.padStart(3);
  const running = infos.filter(({ state }) => state === 'R').length;
  yield* call.out
    .print(`Mem: ${totalKib - freeKib}K used, ${freeKib}K free, 0K shrd, 0K buff, 0K cached
CPU: ${percent(busy)}% usr   0% sys   0% nic ${percent(100 - busy)}% idle   0% io   0% irq   0% sirq
Load average: 0.00 0.00 0.00 ${running}/${infos.length} ${Math.max(...infos.map(({ pid }) => pid))}
  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND
`);
  for (const info of infos) {
    const cells = [
      String(info.pid).padStart(5),
      String(info.parentPid).padStart(5),
      userText(view, info.uid).padEnd(8),
      info.state.padEnd(4),
      kib(info.memoryBytes).padStart(5),
      `${percent((info.memoryBytes / host.memoryTotalBytes) * 100)}%`,
      `${percent(share(info))}%`,
      argsText(info, view),
    ];
    yield* call.out.print(`${cells.join(' ')}\n`);
  }
  return used;
}
