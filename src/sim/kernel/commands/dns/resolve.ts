// Names to addresses as the C library does it (getaddrinfo with "files dns"): numbers, /etc/hosts, then the servers of
// resolv.conf with its search list and ndots.
import type { Blocking, Process } from '../../types.ts';
import { asErrno } from '../base/errors.ts';
import { lookUpHosts, readResolverConfig, type ResolverConfig } from './config.ts';
import { parseAnswer, printQuestion, type DnsAnswer, type DnsQuestion } from './message.ts';

const dnsPort = 53;
const maxAliases = 8;

export type Resolution =
  | { readonly kind: 'found'; readonly name: string; readonly addresses: readonly string[] }
  /** No such name (or none with an IPv4 address). */
  | { readonly kind: 'not-found' }
  /** The servers did not answer, or could not. */
  | { readonly kind: 'try-again' };

/** Looks a host name up. Waits for as long as the servers take to answer or not to. */
export function* resolveHost(process: Process, host: string): Blocking<Resolution> {
  if (isAddress(host)) return { kind: 'found', name: host, addresses: [host] };
  if (host === '' || host.length > 253) return { kind: 'not-found' };
  const inHosts = lookUpHosts(process.files, host);
  if (inHosts !== undefined) return { kind: 'found', name: host, addresses: [inHosts] };
  const config = readResolverConfig(process.files);
  let unanswered = false;
  for (const name of candidates(host, config)) {
    const answer = yield* askServers(process, config, { type: 'A', name });
    if (answer === undefined) return { kind: 'try-again' };
    if (answer.status === 'SERVFAIL' || answer.status === 'REFUSED') unanswered = true;
    const addresses = addressesOf(answer, name);
    if (addresses.length > 0) return { kind: 'found', name, addresses };
  }
  return { kind: unanswered ? 'try-again' : 'not-found' };
}

/** The absolute names to ask for, in the resolver's order: resolv.conf(5), "search" and "ndots". */
export function candidates(host: string, config: ResolverConfig): readonly string[] {
  if (host.endsWith('.')) return [host.slice(0, -1)];
  const searched = config.search.map((domain) => `${host}.${domain}`);
  const dots = host.split('.').length - 1;
  return dots >= config.ndots ? [host, ...searched] : [...searched, host];
}

/** Asks the servers in turn, as often as resolv.conf says; undefined when none answered. */
export function* askServers(
  process: Process,
  config: ResolverConfig,
  question: DnsQuestion,
): Blocking<DnsAnswer | undefined> {
  for (let attempt = 0; attempt < config.attempts; attempt += 1) {
    for (const server of config.nameservers) {
      const answer = yield* askServer(process, server, question, config.timeoutMs);
      if (answer !== undefined) return answer;
    }
  }
  return undefined;
}

/** Asks one server once; undefined when no answer came within the time or nobody listens there. */
export function* askServer(
  process: Process,
  server: string,
  question: DnsQuestion,
  timeoutMs: number,
  port: number = dnsPort,
): Blocking<DnsAnswer | undefined> {
  try {
    const to = { ip: server, port };
    const text = yield* process.sockets.datagram(to, printQuestion(question), timeoutMs);
    return text === undefined ? undefined : parseAnswer(text);
  } catch (error) {
    asErrno(error);
    return undefined;
  }
}

/** The addresses an answer gives a name, through aliases. */
export function addressesOf(answer: DnsAnswer, name: string): readonly string[] {
  let owner = name.toLowerCase();
  for (let hops = 0; hops < maxAliases; hops += 1) {
    const own = answer.records.filter((record) => record.name.toLowerCase() === owner);
    const addresses = own.filter((record) => record.type === 'A').map((record) => record.data);
    const alias = own.find((record) => record.type === 'CNAME');
    if (addresses.length > 0 || alias === undefined) return addresses;
    owner = alias.data.toLowerCase();
  }
  return [];
}

/** Whether a host is written as an address already. */
export function isAddress(host: string): boolean {
  return isIpv4(host) || (host.includes(':') && /^[0-9a-fA-F:.]+$/.test(host));
}

export function isIpv4(host: string): boolean {
  const parts = host.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

/** The name under which the address of a PTR record is asked for. */
export function reverseName(address: string): string {
  return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
}
