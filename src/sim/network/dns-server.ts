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
