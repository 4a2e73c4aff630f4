/// <reference lib="webworker" />
// The simulator's own thread.
import { completeLine } from '#lab/complete.ts';
import { LabDriver } from './driver.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
const post = (message: FromWorker): void => scope.postMessage(message);

const driver = new LabDriver({
  post,
  nowMs: () => performance.now(),
  after: (ms, run) => void setTimeout(guarded(run), ms),
});

/** A bug in the simulator reaches the page in words instead of a silent stop. */
function guarded(run: () => void): () => void {
  return () => {
    try {
      run();
    } catch (error) {
      post({ type: 'broken', why: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  };
}

function handle(message: ToWorker): void {
  switch (message.type) {
    case 'open':
      return driver.open(message.definition, message.seed, message.transcript);
    case 'act':
      return driver.act(message.act);
    case 'pause':
      return driver.pause();
    case 'resume':
      return driver.resume();
    case 'speed':
      return driver.setSpeed(message.speed);
    case 'mode':
      return driver.setMode(message.mode);
    case 'jump':
      return driver.jump();
    case 'away':
      return driver.setAway(message.away, message.why);
    case 'undo':
      return driver.undo();
    case 'complete': {
      const { session } = driver;
      const { id, left } = message;
      if (session === undefined) return;
      post({ type: 'completed', id, completion: completeLine(session, left) });
      return;
    }
    case 'transcript': {
      const transcript = driver.session?.transcript();
      if (transcript !== undefined) post({ type: 'transcript', id: message.id, transcript });
    }
  }
}

scope.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  guarded(() => handle(data))();
});
