// The DNS server of the cluster, in a network namespace of its own.
import { parseQuestion, printAnswer } from '../kernel/commands/dns/message.ts';
import type { NetworkNamespace } from '../kernel/net/namespace.ts';
import { answerDns, type DnsSource } from './dns-records.ts';

/** Has port 53 of the namespace answer for the cluster. */
export function serveDns(namespace: NetworkNamespace, source: DnsSource): void {
  namespace.serveDatagrams({ ip: '0.0.0.0', port: 53 }, (payload) => {
    const question = parseQuestion(payload);
    return question === undefined ? undefined : printAnswer(answerDns(source, question));
  });
}

/** Has port 53 of the namespace answer for machines outside the cluster's own names: what the nodes themselves ask. */
export function serveHostNames(
  namespace: NetworkNamespace,
  addressOf: (name: string) => string | undefined,
): void {
  namespace.serveDatagrams({ ip: '0.0.0.0', port: 53 }, (payload) => {
    const question = parseQuestion(payload);
    if (question === undefined) return undefined;
    const name = question.name.toLowerCase();
    const ip = addressOf(name);
    if (ip === undefined) {
      return printAnswer({ status: 'NXDOMAIN', authoritative: false, records: [] });
    }
    const records =
      question.type === 'A' ? [{ name, ttlSeconds: 0, type: 'A' as const, data: ip }] : [];
    return printAnswer({ status: 'NOERROR', authoritative: false, records });
  });
}
