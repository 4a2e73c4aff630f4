// registry.k8s.io/pause: holds the namespaces of a Pod, and reaps orphans where the process namespace is shared.
import type { Program } from '../kernel/types.ts';
import { imageConfig, type Image } from './image.ts';

/** Sleeps until it is told to stop; as process 1 it takes note of children that ended. */
export const pauseProgram: Program = function* pauseProgram(process) {
  for (const signal of ['INT', 'TERM', 'CHLD'] as const) process.onSignal(signal, 'handle');
  for (;;) {
    const signal = process.takeSignal();
    if (signal === 'INT' || signal === 'TERM') return 0;
    if (signal === undefined) yield* process.waitFor([]);
    else yield* reapZombies(process);
  }
};

function* reapZombies(process: Parameters<Program>[0]) {
  for (const { pid, parentPid, state } of process.host.processes()) {
    if (state === 'Z' && parentPid === process.pid) yield* process.wait(pid);
  }
}

export const pause: Image = {
  repository: 'registry.k8s.io/pause',
  tags: ['3.10', 'latest'],
  sizeBytes: 320_368,
  config: imageConfig({
    entrypoint: ['/pause'],
    user: '65535:65535',
  }),
  base: undefined,
  files: () => ({ '/pause': { program: pauseProgram, sizeBytes: 736_000 } }),
};
