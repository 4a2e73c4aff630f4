// Failed connections in the words of Go's net and net/http packages, which the kubelet passes on.
import type { SocketAddress } from '../../kernel/types.ts';

const calls: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connect: connection refused',
  EHOSTUNREACH: 'connect: no route to host',
  ENETUNREACH: 'connect: network is unreachable',
  ETIMEDOUT: 'i/o timeout',
  ECONNRESET: 'connect: connection reset by peer',
};

/** `dial tcp 10.244.1.5:80: connect: connection refused`. */
export function dialError(to: SocketAddress, code: string): string {
  return `dial tcp ${to.ip}:${to.port}: ${calls[code] ?? `connect: ${code}`}`;
}

/** `read tcp 10.244.1.1:41000->10.244.1.5:80: read: connection reset by peer`. */
export function readError(from: SocketAddress, to: SocketAddress): string {
  const ends = `${from.ip}:${from.port}->${to.ip}:${to.port}`;
  return `read tcp ${ends}: read: connection reset by peer`;
}

/** What http.Client says when its Timeout ends the wait. */
export const clientTimeout =
  'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
