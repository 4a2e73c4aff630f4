// What the end of a process means for its family, its container and its namespace.
import type { KernelProcess } from './process.ts';
import { deliver } from './signal-delivery.ts';

/** Called once, when a process has its exit status. It stays as a zombie until its parent has asked for it. */
export function end(process: KernelProcess): void {
  const { pidNamespace, parent, space } = process;
  space.machine.trace?.ended(process);
  process.releaseResources();
  const isInit = pidNamespace.init === process;
  const heir = isInit ? undefined : pidNamespace.init;
  for (const child of [...process.children]) {
    process.removeChild(child);
    adopt(child, heir);
  }
  if (isInit) endNamespace(process);
  process.exited.wake();
  if (parent === undefined || parent.exit !== undefined) remove(process);
  else if (parent.dispositions?.get('CHLD') === 'ignore') reap(process);
  else {
    parent.childEnded.wake();
    deliver(parent, 'CHLD', pidNamespace);
  }
  space.ended(process);
}

/** The namespace's process 1 inherits orphans; without one (exec'ed processes of a container) nobody has to ask for them. */
function adopt(child: KernelProcess, heir: KernelProcess | undefined): void {
  const parent = heir === child || heir?.exit !== undefined ? undefined : heir;
  child.parent = parent;
  parent?.addChild(child);
  if (child.exit === undefined) return;
  if (parent === undefined) remove(child);
  else parent.childEnded.wake();
}

/** The kernel kills all others when process 1 ends (pid_namespaces(7)). */
function endNamespace(init: KernelProcess): void {
  for (const process of [...init.pidNamespace.processes.values()]) {
    if (process !== init && process.pidNamespace === init.pidNamespace) process.run.kill('KILL');
  }
}

/** The parent has taken note: the zombie goes. */
export function reap(process: KernelProcess): void {
  process.parent?.removeChild(process);
  remove(process);
}

function remove(process: KernelProcess): void {
  process.pidNamespace.remove(process.pid);
  process.pidNamespace.host?.remove(process.hostPid);
  process.space.remove(process);
}
