// Signals: to whom, whether one may, and what they do.
import { defaultAction } from '../signals.ts';
import type { SignalName } from '../types.ts';
import type { PidNamespace } from './pid-namespace.ts';
import type { KernelProcess } from './process.ts';

export type Disposition = 'ignore' | 'handle';

/** How many signals may wait to be taken; more of the same kind are one. */
const maxPending = 64;

/** The processes that kill(2) means with a pid: one, a process group (negative), the own group (0), all but 1 and itself (-1). */
export function targetsOf(sender: KernelProcess, pid: number): readonly KernelProcess[] {
  const { processes } = sender.pidNamespace;
  if (pid > 0) {
    const one = processes.get(pid);
    return one === undefined ? [] : [one];
  }
  const group = pid === 0 ? sender.processGroup : -pid;
  return [...processes.values()].filter((process) =>
    pid === -1
      ? process !== sender && process.pid !== 1
      : process.processGroup === group && process.pidNamespace === sender.pidNamespace,
  );
}

export function mayKill(sender: KernelProcess, target: KernelProcess): boolean {
  return sender.has('KILL') || sender.uid === target.uid;
}

/**
 * Delivers a signal. `from` is the namespace of the sender, undefined for the container runtime. Process 1 of a namespace
 * is safe from all signals it has no handler for, except KILL and STOP from outside (kernel/signal.c, SIGNAL_UNKILLABLE).
 */
export function deliver(
  target: KernelProcess,
  signal: SignalName,
  from: PidNamespace | undefined,
): void {
  if (target.exit !== undefined) return;
  const { pidNamespace, run } = target;
  const isInit = pidNamespace.init === target;
  if (signal === 'KILL' || signal === 'STOP') {
    if (isInit && from === pidNamespace) return;
    if (signal === 'KILL') run.kill('KILL');
    else run.stop();
    return;
  }
  if (signal === 'CONT') run.continue();
  const disposition = target.dispositions?.get(signal);
  if (disposition === 'ignore') return;
  if (disposition === 'handle') {
    addPending(target, signal);
    run.wake();
    return;
  }
  const action = defaultAction(signal);
  if (isInit || action === 'ignore' || action === 'continue') return;
  if (action === 'stop') run.stop();
  else run.kill(signal);
}

function addPending(target: KernelProcess, signal: SignalName): void {
  target.pending ??= [];
  if (target.pending.length < maxPending && !target.pending.includes(signal)) {
    target.pending.push(signal);
  }
}
