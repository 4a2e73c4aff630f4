// A TCP connection: two pipes, one each way, and what happens when an end goes away.
import { Errno } from '../errno.ts';
import { Pipe } from '../io/pipe.ts';
import type { Blocking, WaitQueue } from '../types.ts';
import type { Connection, SocketAddress } from './types.ts';

/** Who waits at an end: a process of a simulated machine. */
export interface SocketOwner {
  readonly pending: readonly unknown[] | undefined;
  readonly run: { readonly doomed: boolean };
}

/** The path between two machines, where there is one: nothing arrives while it is down. */
export interface Link {
  isUp(): boolean;
  /** Woken when it may be up again. */
  readonly changed: WaitQueue;
}

interface Wire {
  /** The receiver sent a reset: it closed with unread data, or is gone. */
  reset: boolean;
  readonly pipe: Pipe;
}

export class StreamEnd implements Connection {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly #incoming: Wire;
  readonly #outgoing: Wire;
  readonly #link: Link | undefined;
  #owner: SocketOwner | undefined;
  #onClose: (() => void) | undefined;
  #closed = false;
  #finished = false;

  constructor(
    addresses: { readonly local: SocketAddress; readonly remote: SocketAddress },
    incoming: Wire,
    outgoing: Wire,
    link?: Link,
  ) {
    this.local = addresses.local;
    this.remote = addresses.remote;
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    this.#link = link;
    incoming.pipe.addReader();
    outgoing.pipe.addWriter();
  }

  /** The process whose signals interrupt a wait here, and what to do when the end is closed. */
  attach(owner: SocketOwner | undefined, onClose: () => void): void {
    this.#owner = owner;
    this.#onClose = onClose;
  }

  get state(): string {
    if (this.#closed) return 'CLOSED';
    const peerFinished = this.#incoming.pipe.writers === 0;
    if (this.#finished) return peerFinished ? 'LAST_ACK' : 'FIN_WAIT2';
    return peerFinished ? 'CLOSE_WAIT' : 'ESTABLISHED';
  }

  /** Woken when a read may give something. */
  get readable(): WaitQueue {
    return this.#incoming.pipe.readable;
  }

  /** What can be read without waiting, undefined at the end, or the queue to wait on. Throws ECONNRESET. */
  tryRead(maxLength = 65_536): string | undefined | WaitQueue {
    if (this.#closed) throw new Errno('EBADF');
    if (this.#link !== undefined && !this.#link.isUp()) return this.#link.changed;
    if (this.#outgoing.reset) throw new Errno('ECONNRESET');
    return this.#incoming.pipe.take(maxLength, false);
  }

  /** How much was taken, or the queue to wait on. Throws EPIPE, ECONNRESET. */
  tryWrite(text: string): number | WaitQueue {
    if (this.#closed || this.#finished) throw new Errno('EPIPE');
    // What is sent over a broken path waits on this side.
    if (this.#link !== undefined && !this.#link.isUp()) return this.#outgoing.pipe.put(text);
    if (this.#outgoing.reset) throw new Errno('ECONNRESET');
    if (this.#outgoing.pipe.readers === 0) throw new Errno('EPIPE');
    return this.#outgoing.pipe.put(text);
  }

  *read(maxLength?: number): Blocking<string | undefined> {
    for (;;) {
      const text = this.tryRead(maxLength);
      if (typeof text !== 'object') return text;
      this.#checkSignals();
      yield { on: 'queues', queues: [text] };
      this.#checkSignals();
    }
  }

  *write(text: string): Blocking<void> {
    for (let rest = text; rest !== '';) {
      const taken = this.tryWrite(rest);
      if (typeof taken === 'number') rest = rest.slice(taken);
      else yield { on: 'queues', queues: [taken] };
    }
  }

  closeWrite(): void {
    if (this.#closed || this.#finished) return;
    this.#finished = true;
    this.#outgoing.pipe.removeWriter();
  }

  /** What the other side still had to say is lost; if there was something, it gets a reset. */
  close(): void {
    if (this.#closed) return;
    this.closeWrite();
    this.#closed = true;
    if (this.#incoming.pipe.buffered > 0) this.#incoming.reset = true;
    this.#incoming.pipe.drain();
    this.#incoming.pipe.removeReader();
    this.#onClose?.();
  }

  /** Breaks it for both sides, as a reset from the other end or a firewall does. */
  reset(): void {
    this.#incoming.reset = true;
    this.#outgoing.reset = true;
    for (const { pipe } of [this.#incoming, this.#outgoing]) {
      pipe.readable.wake();
      pipe.writable.wake();
    }
  }

  #checkSignals(): void {
    const pending = this.#owner?.pending;
    if (pending !== undefined && pending.length > 0) throw new Errno('EINTR');
  }
}

/** Both ends of a new connection; the client may know the server by another address than its own. */
export function connectedPair(
  client: SocketAddress,
  server: SocketAddress,
  asked: SocketAddress = server,
  link?: Link,
): readonly [client: StreamEnd, server: StreamEnd] {
  const up: Wire = { reset: false, pipe: new Pipe() };
  const down: Wire = { reset: false, pipe: new Pipe() };
  const first = new StreamEnd({ local: client, remote: asked }, down, up, link);
  return [first, new StreamEnd({ local: server, remote: client }, up, down, link)];
}
