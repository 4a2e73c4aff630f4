// The sockets of a process, as part of the kernel's contract.
import type { Blocking, ProcessInfo } from '../types.ts';

/** A stream between two ends; text, not bytes. */
export interface Connection {
  read(maxLength?: number): Blocking<string | undefined>;
  write(text: string): Blocking<void>;
  /** Tells the other side that no more will be written. */
  closeWrite(): void;
  close(): void;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
}

export interface SocketAddress {
  readonly ip: string;
  readonly port: number;
}

export interface Listener {
  readonly address: SocketAddress;
  /** Waits for the next connection; undefined once closed. */
  accept(): Blocking<Connection | undefined>;
  close(): void;
}

/** Socket calls of one process, in its network namespace. They throw ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, EADDRINUSE, ECONNRESET. */
export interface Sockets {
  /** ip '0.0.0.0' or '::' for all addresses. Ports below 1024 need uid 0 or NET_BIND_SERVICE, which containers have. */
  listen(address: SocketAddress): Listener;
  connect(address: SocketAddress, timeoutMs?: number): Blocking<Connection>;
  /** One question to a DNS server and its answer, undefined when none came within the time. */
  datagram(to: SocketAddress, payload: string, timeoutMs: number): Blocking<string | undefined>;
  /** Interfaces of the namespace: name, addresses with prefix length, MAC. */
  interfaces(): readonly NetworkInterface[];
  routes(): readonly {
    readonly destination: string;
    readonly gateway: string | undefined;
    readonly device: string;
  }[];
  listening(): readonly { readonly address: SocketAddress; readonly process: ProcessInfo }[];
  connections(): readonly {
    readonly local: SocketAddress;
    readonly remote: SocketAddress;
    readonly state: string;
  }[];
}

export interface NetworkInterface {
  readonly name: string;
  readonly index: number;
  readonly addresses: readonly string[];
  readonly mac: string;
  readonly mtu: number;
  /** The other end of the pair, on the node: `eth0@if7`. */
  readonly peerIndex?: number;
}
