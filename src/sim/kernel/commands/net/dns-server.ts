// The server that nslookup, host and dig ask.
import type { Call } from '../base/command.ts';
import type { ResolverConfig } from '../dns/config.ts';
import { dnsTypes, type DnsAnswer, type DnsQuestion, type DnsType } from '../dns/message.ts';
import { askServer, resolveHost } from '../dns/resolve.ts';
import type { Blocking } from '../../types.ts';

export interface DnsServer {
  readonly ip: string;
  readonly port: number;
}

/** `10.96.0.10`, `10.96.0.10:5353`, or a name; undefined when it cannot be found. */
export function* serverOf(
  call: Call,
  word: string | undefined,
  config: ResolverConfig,
): Blocking<DnsServer | undefined> {
  const [host = '', port] = (word ?? config.nameservers[0] ?? '').split(/[:#](?=\d+$)/);
  const resolved = yield* resolveHost(call.process, host);
  if (resolved.kind !== 'found') return undefined;
  return { ip: resolved.addresses[0] ?? host, port: Number(port ?? 53) };
}

export function* ask(
  call: Call,
  server: DnsServer,
  question: DnsQuestion,
  config: ResolverConfig,
): Blocking<DnsAnswer | undefined> {
  for (let attempt = 0; attempt < config.attempts; attempt += 1) {
    const waitMs = config.timeoutMs / config.attempts;
    const answer = yield* askServer(call.process, server.ip, question, waitMs, server.port);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

export function typeOf(word: string): DnsType | undefined {
  return dnsTypes.find((type) => type === word.toUpperCase());
}
