// The socket calls of one process.
import { Errno } from '../errno.ts';
import type { Blocking } from '../types.ts';
import type { KernelProcess } from '../process/process.ts';
import type { NetworkNamespace, OpenListener, Route } from './namespace.ts';
import type { StreamEnd } from './stream.ts';
import type { Connection, Listener, SocketAddress, Sockets } from './types.ts';

/** Linux gives up after the sixth SYN, about 127 s after the first (tcp_syn_retries). */
const defaultTimeoutMs = 127_000;

export class ProcessSockets implements Sockets {
  readonly #process: KernelProcess;
  readonly #namespace: NetworkNamespace;
  readonly #listeners = new Set<Listener>();
  readonly #connections = new Set<StreamEnd>();

  constructor(process: KernelProcess, namespace: NetworkNamespace) {
    this.#process = process;
    this.#namespace = namespace;
  }

  listen(address: SocketAddress): Listener {
    const process = this.#process;
    const unprivileged = process.uid !== 0 || !process.has('NET_BIND_SERVICE');
    if (address.port > 0 && address.port < this.#lowestFreePort && unprivileged) {
      throw new Errno('EACCES');
    }
    const listener = this.#namespace.listen(address, process);
    this.#listeners.add(listener);
    return this.#own(listener);
  }

  /** containerd lets every container bind all ports (net.ipv4.ip_unprivileged_port_start=0); a node does not. */
  get #lowestFreePort(): number {
    return this.#process.space.lowestFreePort;
  }

  /** Accepted connections belong to this process, and go with it. */
  #own(listener: OpenListener): Listener {
    const connections = this.#connections;
    const process = this.#process;
    const namespace = this.#namespace;
    return {
      address: listener.address,
      *accept(): Blocking<Connection | undefined> {
        const connection = yield* listener.accept();
        if (connection !== undefined) {
          const end = connection as StreamEnd;
          namespace.track(end, process);
          connections.add(end);
        }
        return connection;
      },
      close: () => {
        this.#listeners.delete(listener);
        listener.close();
      },
    };
  }

  *connect(address: SocketAddress, timeoutMs = defaultTimeoutMs): Blocking<Connection> {
    const way = this.#namespace.way(address, 'TCP');
    const deadlineMs = this.#process.nowMs() + timeoutMs;
    const end = yield* this.#reach(way, address, deadlineMs);
    if (end === undefined) {
      yield* this.#waitUntil(deadlineMs);
      throw new Errno('ETIMEDOUT');
    }
    this.#namespace.track(end, this.#process);
    this.#connections.add(end);
    return end;
  }

  /** Undefined where no answer comes. */
  *#reach(way: Route, address: SocketAddress, deadlineMs: number): Blocking<StreamEnd | undefined> {
    if ('dropped' in way) return undefined;
    const nowMs = this.#process.nowMs();
    const answerMs = nowMs + ('error' in way ? way.afterMs : way.latencyMs * 2);
    if (answerMs > deadlineMs) return undefined;
    yield* this.#waitUntil(answerMs);
    if ('error' in way) throw new Errno(way.error);
    const client = { ip: way.sourceIp, port: this.#namespace.ephemeralPort() };
    const accepted = way.to.accept(client, way.destination, address, way.link);
    if (accepted === undefined) throw new Errno('ECONNREFUSED');
    return accepted === 'full' ? undefined : accepted;
  }

  *datagram(to: SocketAddress, payload: string, timeoutMs: number): Blocking<string | undefined> {
    const way = this.#namespace.way(to, 'UDP');
    const deadlineMs = this.#process.nowMs() + timeoutMs;
    if ('error' in way) {
      yield* this.#waitUntil(Math.min(deadlineMs, this.#process.nowMs() + way.afterMs));
      throw new Errno(way.error);
    }
    if ('to' in way) {
      const answerMs = this.#process.nowMs() + way.latencyMs * 2;
      const service = way.to.datagramService(way.destination);
      if (service === undefined) {
        yield* this.#waitUntil(Math.min(deadlineMs, answerMs));
        throw new Errno('ECONNREFUSED');
      }
      const from = { ip: way.sourceIp, port: this.#namespace.ephemeralPort() };
      yield* this.#waitUntil(Math.min(deadlineMs, answerMs));
      const answer = service(payload, from);
      if (answer !== undefined && answerMs <= deadlineMs) return answer;
    }
    yield* this.#waitUntil(deadlineMs);
    return undefined;
  }

  *#waitUntil(atMs: number): Blocking<void> {
    const process = this.#process;
    while (process.nowMs() < atMs) {
      if (process.pending !== undefined && process.pending.length > 0) throw new Errno('EINTR');
      yield { on: 'sleep', ms: atMs - process.nowMs() };
    }
  }

  interfaces(): ReturnType<Sockets['interfaces']> {
    return this.#namespace.interfaces();
  }

  routes(): ReturnType<Sockets['routes']> {
    return this.#namespace.routes();
  }

  listening(): ReturnType<Sockets['listening']> {
    return this.#namespace
      .listeners()
      .flatMap(({ address, owner }) => (owner === undefined ? [] : [{ address, process: owner }]));
  }

  connections(): ReturnType<Sockets['connections']> {
    return this.#namespace
      .connections()
      .map(({ local, remote, state }) => ({ local, remote, state }));
  }

  /** The process has ended. */
  closeAll(): void {
    for (const listener of this.#listeners) listener.close();
    for (const connection of this.#connections) connection.close();
  }
}
