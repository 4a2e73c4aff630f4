// When a sandbox is at rest: nothing in it can change before one of its processes runs.
import type { PodContainer } from './container.ts';
import type { PodSandbox } from './sandbox.ts';

/**
 * Calls back once, when a process of the sandbox runs next. Undefined where that would miss something: others share its
 * network or files of the node, or one of its processes will run by itself.
 */
export function whenStirred(
  sandbox: PodSandbox,
  containers: readonly PodContainer[],
  listener: () => void,
): (() => void) | undefined {
  const { hostNetwork, hostPID, hostIPC } = sandbox.config;
  if (hostNetwork || hostPID || hostIPC || sandbox.isStopped) return undefined;
  if (!containers.every(isAtRest)) return undefined;
  return sandbox.network.activity.whenStirred(listener);
}

function isAtRest({ config, space }: PodContainer): boolean {
  if (config.mounts.some(({ volume }) => volume.kind === 'host')) return false;
  return space === undefined || space.processes.every(({ run }) => !run.isTimed);
}

/** Whether the process that listens on a port has promised to answer from its files alone. */
export function isSteady(sandbox: PodSandbox, port: number): boolean {
  const listeners = sandbox.network.listeners().filter(({ address }) => address.port === port);
  return listeners.length > 0 && listeners.every(({ owner }) => owner?.isSteady === true);
}
