// A network namespace: its interfaces, what listens in it, and connections within it. The way to other namespaces is a
// question to the Pod network (`route`), which knows Services, nodes and policies.
import type { Clock } from '../../runtime/clock.ts';
import { Errno } from '../errno.ts';
import { Queue } from '../wait-queue.ts';
import type { KernelProcess } from '../process/process.ts';
import { Activity } from '../process/activity.ts';
import type { ProcessInfo } from '../types.ts';
import { connectedPair, type Link, type SocketOwner, type StreamEnd } from './stream.ts';
import type { Listener, NetworkInterface, SocketAddress, Sockets } from './types.ts';

/** What the network says about a destination that is not in the namespace itself. */
export type Route =
  | {
      readonly to: NetworkNamespace;
      /** The address there, after any translation by a Service. */
      readonly destination: SocketAddress;
      /** The address the other side sees. */
      readonly sourceIp: string;
      /** One way, virtual milliseconds. */
      readonly latencyMs: number;
      /** What can break while a connection lasts; undefined within one machine. */
      readonly link?: Link | undefined;
    }
  /** Nobody answers: the caller waits until its timeout. */
  | { readonly dropped: true }
  | {
      readonly error: 'ECONNREFUSED' | 'EHOSTUNREACH' | 'ENETUNREACH';
      readonly afterMs: number;
    };

export type Protocol = 'TCP' | 'UDP';

/** Where a namespace's packets go that leave it. */
export interface Network {
  route(from: NetworkNamespace, destination: SocketAddress, protocol: Protocol): Route;
  /** Asked first, also for the namespace's own addresses: a node's rules for ports that lead elsewhere. */
  redirect?(
    from: NetworkNamespace,
    destination: SocketAddress,
    protocol: Protocol,
  ): Route | undefined;
  /** What `ip route` shows. */
  routes(of: NetworkNamespace): ReturnType<Sockets['routes']>;
}

/** A datagram service: gives the answer, or undefined for none. */
export type DatagramService = (payload: string, from: SocketAddress) => string | undefined;

export interface OpenListener extends Listener {
  readonly owner: (ProcessInfo & SocketOwner) | undefined;
  readonly waiting: StreamEnd[];
  readonly arrived: Queue;
  closed: boolean;
}

const loopback: NetworkInterface = {
  name: 'lo',
  index: 1,
  addresses: ['127.0.0.1/8', '::1/128'],
  mac: '00:00:00:00:00:00',
  mtu: 65_536,
};
/** Connections that wait to be accepted; more get no answer. */
const maxBacklog = 128;
const firstEphemeralPort = 32_768;
const ephemeralPorts = 28_232;

export class NetworkNamespace {
  readonly clock: Clock;
  /** The number in `net:[4026531840]`. */
  readonly id: number;
  readonly socketsFor: (process: KernelProcess) => Sockets & { closeAll(): void };
  network: Network | undefined;
  #interfaces: NetworkInterface[] = [loopback];
  /** What the processes in it do. */
  readonly activity = new Activity();
  #listeners: OpenListener[] = [];
  #datagrams: { readonly address: SocketAddress; readonly service: DatagramService }[] = [];
  #connections: Set<StreamEnd> | undefined;
  #nextPort = 0;

  /** Use `machine.createNetwork`. `socketsFor` gives a process its socket calls here. */
  constructor(
    clock: Clock,
    id: number,
    network: Network | undefined,
    socketsFor: (process: KernelProcess) => Sockets & { closeAll(): void },
  ) {
    this.clock = clock;
    this.id = id;
    this.network = network;
    this.socketsFor = socketsFor;
  }

  interfaces(): readonly NetworkInterface[] {
    return this.#interfaces;
  }

  addInterface(added: NetworkInterface): void {
    this.#interfaces = [...this.#interfaces, added];
  }

  /** The addresses without their prefix lengths. */
  addresses(): readonly string[] {
    return this.#interfaces.flatMap(({ addresses }) => addresses.map(bare));
  }

  isOwn(ip: string): boolean {
    return (
      ip.startsWith('127.') || ip === '::1' || ip === '0.0.0.0' || this.addresses().includes(ip)
    );
  }

  /** The address packets to others come from. */
  primaryIp(): string {
    const first = this.#interfaces.find(({ name }) => name !== 'lo');
    return bare(first?.addresses[0] ?? '127.0.0.1');
  }

  /** Throws EADDRINUSE, EADDRNOTAVAIL. */
  listen(address: SocketAddress, owner?: ProcessInfo & SocketOwner): OpenListener {
    const port = address.port === 0 ? this.ephemeralPort() : address.port;
    if (!isWildcard(address.ip) && !this.isOwn(address.ip)) throw new Errno('EADDRNOTAVAIL');
    const taken = this.#listeners.some((other) => clashes(other.address, address.ip, port));
    if (taken) throw new Errno('EADDRINUSE');
    const arrived = new Queue();
    const waiting: StreamEnd[] = [];
    const listener: OpenListener = {
      address: { ip: address.ip, port },
      owner,
      waiting,
      arrived,
      closed: false,
      *accept() {
        for (;;) {
          if (listener.closed) return undefined;
          const next = waiting.shift();
          if (next !== undefined) return next;
          if (owner?.pending !== undefined && owner.pending.length > 0) throw new Errno('EINTR');
          yield { on: 'queues', queues: [arrived] };
        }
      },
      close: () => {
        listener.closed = true;
        this.#listeners = this.#listeners.filter((other) => other !== listener);
        for (const end of waiting.splice(0)) end.reset();
        arrived.wake();
      },
    };
    this.#listeners = [...this.#listeners, listener];
    return listener;
  }

  /**
   * A connection from somewhere to a port here: undefined where nobody listens (refused), 'full' where no more may wait.
   * `asked` is the address the client used, where that is another (a Service's).
   */
  accept(
    client: SocketAddress,
    server: SocketAddress,
    asked: SocketAddress = server,
    link?: Link,
  ): StreamEnd | 'full' | undefined {
    const listener = this.listenerFor(server);
    if (listener === undefined) return undefined;
    if (listener.waiting.length >= maxBacklog) return 'full';
    const [near, far] = connectedPair(client, server, asked, link);
    this.track(far, listener.owner);
    listener.waiting.push(far);
    listener.arrived.wake();
    return near;
  }

  listenerFor(address: SocketAddress): OpenListener | undefined {
    const fits = (listener: OpenListener): boolean =>
      listener.address.port === address.port && covers(listener.address.ip, address.ip);
    return this.#listeners.find(fits);
  }

  /** Answers datagrams to a port. Returns what stops it. Throws EADDRINUSE. */
  serveDatagrams(address: SocketAddress, service: DatagramService): () => void {
    const taken = this.#datagrams.some((other) => clashes(other.address, address.ip, address.port));
    if (taken) throw new Errno('EADDRINUSE');
    const entry = { address, service };
    this.#datagrams = [...this.#datagrams, entry];
    return () => {
      this.#datagrams = this.#datagrams.filter((other) => other !== entry);
    };
  }

  datagramService(address: SocketAddress): DatagramService | undefined {
    return this.#datagrams.find(
      (entry) => entry.address.port === address.port && covers(entry.address.ip, address.ip),
    )?.service;
  }

  ephemeralPort(): number {
    this.#nextPort += 1;
    return firstEphemeralPort + ((this.#nextPort * 7919) % ephemeralPorts);
  }

  /** Lists a connection until it is closed. */
  track(end: StreamEnd, owner: SocketOwner | undefined): void {
    this.#connections ??= new Set();
    this.#connections.add(end);
    end.attach(owner, () => this.#connections?.delete(end));
  }

  listeners(): readonly OpenListener[] {
    return this.#listeners;
  }

  connections(): readonly StreamEnd[] {
    return [...(this.#connections ?? [])];
  }

  routes(): ReturnType<Sockets['routes']> {
    return this.network?.routes(this) ?? [];
  }

  /** The way to a destination, here or elsewhere. */
  way(destination: SocketAddress, protocol: Protocol): Route {
    const redirected = this.network?.redirect?.(this, destination, protocol);
    if (redirected !== undefined) return redirected;
    if (this.isOwn(destination.ip)) {
      const ip = destination.ip === '0.0.0.0' ? '127.0.0.1' : destination.ip;
      return { to: this, destination: { ...destination, ip }, sourceIp: ip, latencyMs: 0 };
    }
    return this.network?.route(this, destination, protocol) ?? { error: 'ENETUNREACH', afterMs: 0 };
  }

  /** The namespace is gone: everything in it breaks without a word to the others. */
  close(): void {
    for (const listener of this.#listeners) listener.close();
    for (const end of this.#connections ?? []) end.reset();
    this.#datagrams = [];
  }
}

function bare(address: string): string {
  return address.split('/')[0] ?? address;
}

function isWildcard(ip: string): boolean {
  return ip === '0.0.0.0' || ip === '::';
}

/** Whether a socket bound to one address gets what is sent to another; `::` takes IPv4 too. */
function covers(bound: string, ip: string): boolean {
  return bound === ip || bound === '::' || (bound === '0.0.0.0' && !ip.includes(':'));
}

function clashes(other: SocketAddress, ip: string, port: number): boolean {
  return other.port === port && (covers(other.ip, ip) || covers(ip, other.ip));
}
