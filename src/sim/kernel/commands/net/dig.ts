// host and dig.
import { command, type Call } from '../base/command.ts';
import { strftime } from '../base/strftime.ts';
import { readResolverConfig } from '../dns/config.ts';
import type { DnsAnswer, DnsQuestion, DnsRecord, DnsType } from '../dns/message.ts';
import { candidates, isIpv4, reverseName } from '../dns/resolve.ts';
import { ask, serverOf, typeOf, type DnsServer } from './dns-server.ts';

export const host = command({
  options: 't:avW:',
  usage: '[-t TYPE] NAME [SERVER]',
  *run(call) {
    const [name, serverWord] = call.operands;
    if (name === undefined) return yield* call.misuse();
    const config = readResolverConfig(call.process.files);
    const server = yield* serverOf(call, serverWord, config);
    const type = typeOf(call.value('t') ?? (isIpv4(name) ? 'PTR' : 'A'));
    if (type === undefined) return yield* call.fail(`invalid type: ${call.value('t') ?? ''}`, 2);
    let answer: DnsAnswer | undefined;
    for (const each of isIpv4(name) ? [reverseName(name)] : candidates(name, config)) {
      answer = server && (yield* ask(call, server, { type, name: each }, config));
      if (answer === undefined || answer.status === 'NOERROR') break;
    }
    if (answer === undefined) {
      yield* call.out.print(';; connection timed out; no servers could be reached\n');
      return 1;
    }
    if (answer.status !== 'NOERROR') {
      const code = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5 }[answer.status];
      yield* call.out.print(`Host ${name} not found: ${code}(${answer.status})\n`);
      return 1;
    }
    const verbs: Partial<Record<DnsType, string>> = {
      A: 'has address',
      AAAA: 'has IPv6 address',
      CNAME: 'is an alias for',
      PTR: 'domain name pointer',
      SRV: 'has SRV record',
    };
    for (const record of answer.records) {
      const end = record.type === 'CNAME' || record.type === 'PTR' ? '.' : '';
      call.out.put(`${record.name} ${verbs[record.type] ?? record.type} ${record.data}${end}\n`);
    }
    if (answer.records.length === 0) call.out.put(`${name} has no ${type} record\n`);
    return 0;
  },
});

export const dig = command({
  options: 'x:t:46p:',
  usage: '[@server] NAME [TYPE] [+short] [+search]',
  usageCode: 10,
  *run(call) {
    const config = readResolverConfig(call.process.files);
    const [names, flags, servers] = [
      call.operands.filter((word) => !/^[@+]/.test(word)),
      call.operands.filter((word) => word.startsWith('+')),
      call.operands.filter((word) => word.startsWith('@')),
    ];
    const reverse = call.value('x');
    const type = typeOf(
      call.value('t') ??
        names.find((word, index) => index > 0 && typeOf(word) !== undefined) ??
        (reverse === undefined ? 'A' : 'PTR'),
    );
    const name = reverse === undefined ? (names[0] ?? '.') : reverseName(reverse);
    const serverWord = servers[0]?.slice(1);
    const server = yield* serverOf(call, serverWord, config);
    if (server === undefined || type === undefined) {
      yield* call.process.write(
        2,
        `dig: couldn't get address for '${serverWord ?? ''}': not found\n`,
      );
      return 10;
    }
    let answer: DnsAnswer | undefined;
    let asked = name;
    // dig asks for the name as it is, unless +search is given.
    for (asked of flags.includes('+search')
      ? candidates(name, config)
      : [name.replace(/\.$/, '')]) {
      answer = yield* ask(call, server, { type, name: asked }, config);
      if (answer === undefined || answer.status === 'NOERROR') break;
    }
    if (answer === undefined) {
      yield* call.out.print(
        `;; communications error to ${server.ip}#${server.port}: timed out\n;; no servers could be reached\n`,
      );
      return 9;
    }
    const { records } = answer;
    if (flags.includes('+short'))
      call.out.put(records.map((record) => `${dotted(record)}\n`).join(''));
    else call.out.put(digText(call, answer, { type, name: asked }, server));
    return 0;
  },
});

/** Names end in a dot, texts are quoted. */
function dotted({ type, data }: DnsRecord): string {
  if (type === 'TXT') return `"${data}"`;
  return /^(CNAME|PTR|SRV|NS|MX)$/.test(type) ? `${data}.` : data;
}

function digText(
  call: Call,
  answer: DnsAnswer,
  { type, name }: DnsQuestion,
  server: DnsServer,
): string {
  const { records, status, authoritative } = answer;
  const row = (record: DnsRecord): string =>
    `${`${record.name}.`.padEnd(23)}\t${record.ttlSeconds}\tIN\t${record.type}\t${dotted(record)}\n`;
  const section = records.length === 0 ? '' : `;; ANSWER SECTION:\n${records.map(row).join('')}\n`;
  const id = call.process.random.below(65_536);
  return `
; <<>> DiG 9.18 <<>> ${call.process.argv.slice(1).join(' ')}
;; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: ${id}
;; flags: qr${authoritative ? ' aa' : ''} rd; QUERY: 1, ANSWER: ${records.length}, AUTHORITY: 0, ADDITIONAL: 0

;; QUESTION SECTION:
;${`${name}.`.padEnd(22)}\tIN\t${type}

${section};; Query time: 0 msec
;; SERVER: ${server.ip}#${server.port}(${server.ip}) (UDP)
;; WHEN: ${strftime('%a %b %d %H:%M:%S %Z %Y', call.process.clock.nowMs())}

`;
}
