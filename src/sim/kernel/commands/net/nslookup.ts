// nslookup, as busybox and as BIND have it.
import { command, type Call } from '../base/command.ts';
import { readResolverConfig, type ResolverConfig } from '../dns/config.ts';
import type { DnsAnswer, DnsQuestion, DnsRecord, DnsType } from '../dns/message.ts';
import { candidates, isIpv4, reverseName } from '../dns/resolve.ts';
import type { Blocking } from '../../types.ts';
import { ask, serverOf, typeOf, type DnsServer } from './dns-server.ts';

/** Every record as nslookup shows it. */
function nslookupLine({ name, type, data }: DnsRecord): string {
  switch (type) {
    case 'A':
    case 'AAAA':
      return `Name:\t${name}\nAddress: ${data}\n`;
    case 'CNAME':
      return `${name}\tcanonical name = ${data}\n`;
    case 'PTR':
      return `${name}\tname = ${data}\n`;
    case 'SRV':
      return `${name}\tservice = ${data}\n`;
    case 'TXT':
      return `${name}\ttext = "${data}"\n`;
    case 'NS':
      return `${name}\tnameserver = ${data}\n`;
    case 'MX':
      return `${name}\tmail exchanger = ${data}\n`;
    default:
      return `${name}\t${type} ${data}\n`;
  }
}

/** What nslookup asks: for a name without a dot the search list, addresses of both kinds. */
function questionsOf(
  name: string,
  types: readonly DnsType[],
  config: ResolverConfig,
): DnsQuestion[] {
  if (types.length > 0) return types.map((type) => ({ type, name }));
  if (isIpv4(name)) return [{ type: 'PTR', name: reverseName(name) }];
  const names =
    name.includes('.') || config.search.length === 0
      ? [name]
      : config.search.map((domain) => `${name}.${domain}`);
  const plain = names.map((each) => each.replace(/\.$/, ''));
  return (['A', 'AAAA'] as const).flatMap((type) => plain.map((each) => ({ type, name: each })));
}

export const nslookup = command({
  options: 'q:t:d{type}:{query}:{debug}',
  long: { type: 'type', query: 'query', debug: 'debug', querytype: 'query' },
  usage: '[-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]',
  // Its options are long ones with one hyphen.
  rewrite: (words) =>
    words.map((word) => (/^-(type|query|querytype|debug)\b/.test(word) ? `-${word}` : word)),
  *run(call) {
    const [name, serverWord] = call.operands;
    if (name === undefined) return yield* call.misuse();
    const words = ['type', 'query', 'q', 't'].flatMap((option) => call.values(option));
    const types = words.flatMap((word) => word.split(',')).map(typeOf);
    if (types.includes(undefined))
      return yield* call.fail(`invalid query type "${words[0] ?? ''}"`);
    const config = readResolverConfig(call.process.files);
    const server = yield* serverOf(call, serverWord, config);
    if (server === undefined) return yield* call.fail(`bad address '${serverWord ?? ''}'`);
    const known = types.filter((type) => type !== undefined);
    return yield* call.gnu
      ? bindLookup(call, name, known, server, config)
      : busyboxLookup(call, questionsOf(name, known, config), server, config, serverWord);
  },
});

function* busyboxLookup(
  call: Call,
  questions: readonly DnsQuestion[],
  server: DnsServer,
  config: ResolverConfig,
  serverWord: string | undefined,
): Blocking<number> {
  let text = '';
  let failed = false;
  for (const question of questions) {
    const answer = yield* ask(call, server, question, config);
    if (answer === undefined) {
      yield* call.out.print(';; connection timed out; no servers could be reached\n\n');
      return 1;
    }
    if (answer.status !== 'NOERROR') {
      text += `** server can't find ${question.name}: ${answer.status}\n\n`;
      failed = true;
    } else {
      if (!answer.authoritative) text += 'Non-authoritative answer:\n';
      text += `${answer.records.map(nslookupLine).join('')}\n`;
    }
  }
  const address = `${server.ip}:${server.port}`;
  yield* call.out.print(`Server:\t\t${serverWord ?? server.ip}\nAddress:\t${address}\n\n${text}`);
  return failed ? 1 : 0;
}

/** nslookup of BIND: the first name of the search list that there is. */
function* bindLookup(
  call: Call,
  name: string,
  types: readonly DnsType[],
  server: DnsServer,
  config: ResolverConfig,
): Blocking<number> {
  const address = isIpv4(name) && types.length === 0;
  const names = address ? [reverseName(name)] : candidates(name, config);
  const type = types[0] ?? (address ? 'PTR' : 'A');
  let answer: DnsAnswer | undefined;
  for (const each of names) {
    answer = yield* ask(call, server, { type, name: each }, config);
    if (answer === undefined || answer.status === 'NOERROR') break;
  }
  if (answer === undefined) {
    yield* call.out.print(`;; connection timed out; no servers could be reached\n\n`);
    return 1;
  }
  call.out.put(`Server:\t\t${server.ip}\nAddress:\t${server.ip}#${server.port}\n\n`);
  if (answer.status !== 'NOERROR') {
    call.out.put(`** server can't find ${name}: ${answer.status}\n\n`);
    return 1;
  }
  if (!answer.authoritative) call.out.put('Non-authoritative answer:\n');
  const lines = answer.records.map(nslookupLine).join('');
  call.out.put(lines === '' ? `*** Can't find ${name}: No answer\n\n` : `${lines}\n`);
  return 0;
}
