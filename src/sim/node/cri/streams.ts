// A connection read from outside any process: port-forward, and whoever else stands at the edge of the simulated world.
import { isErrno } from '../../kernel/errno.ts';
import type { StreamEnd } from '../../kernel/net/stream.ts';
import type { Clock } from '../../runtime/clock.ts';

export interface StreamListener {
  onData(text: string): void;
  /** The other side has closed, or the connection broke. */
  onEnd(): void;
}

/** Hands over what arrives, at the instant it arrives, until the end. Returns what stops that. */
export function watchStream(clock: Clock, end: StreamEnd, listener: StreamListener): () => void {
  let isOver = false;
  const look = (): void => {
    if (isOver) return;
    try {
      for (;;) {
        const text = end.tryRead();
        if (text === undefined) return finish();
        if (typeof text === 'object') return text.add({ wake: () => void clock.after(0, look) });
        listener.onData(text);
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      finish();
    }
  };
  const finish = (): void => {
    isOver = true;
    listener.onEnd();
  };
  clock.after(0, look);
  return () => {
    isOver = true;
  };
}

/** Writes all of a text, in pieces where the other side is slow; what cannot be sent any more is lost. */
export function writeStream(clock: Clock, end: StreamEnd, text: string): void {
  try {
    const taken = end.tryWrite(text);
    if (typeof taken === 'object') {
      taken.add({ wake: () => void clock.after(0, () => writeStream(clock, end, text)) });
    } else if (taken < text.length) {
      writeStream(clock, end, text.slice(taken));
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
