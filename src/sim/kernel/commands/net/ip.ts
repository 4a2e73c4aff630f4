// ip: addresses, links and routes; shown, not changed.
import { command, type Call } from '../base/command.ts';
import type { NetworkInterface } from '../../types.ts';
import { ipNumber, ipText, sameNetwork } from './addresses.ts';

const objects = ['address', 'link', 'route', 'neighbour'] as const;
type IpObject = (typeof objects)[number];

export const ip = command({
  options: '+46obdsf:n:{brief}{json}{color}',
  long: { brief: 'brief', family: 'f', oneline: 'o' },
  usage: '[OPTIONS] address|route|link|neigh [ARGS]',
  usageCode: 255,
  // Its long options may have one hyphen: -br, -brief, -4.
  rewrite: (words) =>
    words.map((word) =>
      /^-br(i|ie|ief)?$/.test(word)
        ? '--brief'
        : /^-(family|oneline|color|json)$/.test(word)
          ? `-${word}`
          : word,
    ),
  *run(call) {
    const [word, ...rest] = call.operands;
    if (word === undefined) return yield* call.misuse('');
    const object = objectOf(word);
    if (object === undefined) {
      return yield* call.gnu ? unknown(call, word) : call.misuse();
    }
    const isVerb = /^(s|sh|sho|show|l|ls|li|lis|list)$/.test(rest[0] ?? '');
    const words = isVerb ? rest.slice(1) : rest;
    if (
      /^(a|add|d|del|delete|set|flush|change|replace|append)$/.test(words[0] ?? '') &&
      rest.length > 1
    ) {
      return yield* call.fail(
        call.say(
          'RTNETLINK answers: Operation not permitted',
          'RTNETLINK answers: Operation not permitted',
        ),
        2,
      );
    }
    if (object === 'route') return yield* routes(call, words);
    if (object === 'neighbour') return 0;
    const device = words[0] === 'dev' ? words[1] : words[0];
    const all = call.process.sockets.interfaces();
    const shown = all.filter(({ name }) => device === undefined || name === device);
    if (shown.length === 0) {
      const text = call.say(
        `can't find device '${device ?? ''}'`,
        `Device "${device ?? ''}" does not exist.`,
      );
      if (!call.gnu) return yield* call.fail(text);
      yield* call.process.write(2, `${text}\n`);
      return 1;
    }
    for (const each of shown) {
      const text = call.has('brief')
        ? briefLine(each, object)
        : object === 'link'
          ? linkText(call, each)
          : addressText(call, each);
      yield* call.out.print(text);
    }
    return 0;
  },
});

function objectOf(word: string): IpObject | undefined {
  if (word === 'addr' || word === 'a') return 'address';
  if (word === 'n' || word === 'neighbor') return 'neighbour';
  return objects.find((object) => object.startsWith(word));
}

function* unknown(call: Call, word: string) {
  yield* call.process.write(2, `Object "${word}" is unknown, try "ip help".\n`);
  return 1;
}

function isLoopback({ name }: NetworkInterface): boolean {
  return name === 'lo';
}

function headLine(call: Call, each: NetworkInterface): string {
  const { name, index, mtu, peerIndex } = each;
  const label = peerIndex === undefined ? name : `${name}@if${peerIndex}`;
  const lower = call.say(peerIndex === undefined ? '' : ',M-DOWN', '');
  const flags = isLoopback(each)
    ? 'LOOPBACK,UP,LOWER_UP'
    : `BROADCAST,MULTICAST,UP,LOWER_UP${lower}`;
  const state = call.say(
    '',
    isLoopback(each) ? 'state UNKNOWN group default ' : 'state UP group default ',
  );
  const queue =
    isLoopback(each) || peerIndex === undefined ? 'qlen 1000' : call.say('', 'qlen 1000');
  return `${index}: ${label}: <${flags}> mtu ${mtu} qdisc noqueue ${state}${queue}\n`;
}

function linkLine(call: Call, each: NetworkInterface): string {
  const kind = isLoopback(each) ? 'loopback' : 'ether';
  const broadcast = isLoopback(each) ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff';
  const namespace = call.gnu && each.peerIndex !== undefined ? ' link-netnsid 0' : '';
  return `    link/${kind} ${each.mac} brd ${broadcast}${namespace}\n`;
}

function linkText(call: Call, each: NetworkInterface): string {
  return headLine(call, each) + linkLine(call, each);
}

function addressText(call: Call, each: NetworkInterface): string {
  const family = call.has('4') ? 'inet' : call.has('6') ? 'inet6' : call.value('f');
  const wanted = each.addresses.filter(
    (address) => family === undefined || (family === 'inet6') === address.includes(':'),
  );
  if (family !== undefined && wanted.length === 0) return '';
  const lines = wanted.map((address) => {
    const scope = isLoopback(each) ? 'host' : 'global';
    const label = address.includes(':') ? ' ' : isLoopback(each) ? ' lo' : ` ${each.name}`;
    const broadcast =
      isLoopback(each) || address.includes(':') ? '' : ` brd ${broadcastOf(address)}`;
    const kind = address.includes(':') ? 'inet6' : 'inet';
    return `    ${kind} ${address}${broadcast} scope ${scope}${label}\n       valid_lft forever preferred_lft forever\n`;
  });
  const link = family === undefined ? linkLine(call, each) : '';
  return headLine(call, each) + link + lines.join('');
}

function briefLine(each: NetworkInterface, object: IpObject): string {
  const label = each.peerIndex === undefined ? each.name : `${each.name}@if${each.peerIndex}`;
  const state = (isLoopback(each) ? 'UNKNOWN' : 'UP').padEnd(14);
  const rest =
    object === 'link' ? `${each.mac} ` : each.addresses.map((address) => `${address} `).join('');
  return `${label.padEnd(16)} ${state} ${rest}\n`;
}

export function broadcastOf(address: string): string {
  const [own = '', prefix = '32'] = address.split('/');
  const size = 2 ** (32 - Number(prefix));
  return ipText(Math.floor(ipNumber(own) / size) * size + size - 1);
}

function* routes(call: Call, words: readonly string[]) {
  const { sockets } = call.process;
  const addresses = sockets.interfaces().flatMap((each) => each.addresses);
  if (words[0] === 'get' && words[1] !== undefined) {
    const target = words[1];
    const route =
      sockets
        .routes()
        .find(({ destination }) => destination !== 'default' && sameNetwork(destination, target)) ??
      sockets.routes().find(({ destination }) => destination === 'default');
    const source =
      addresses
        .find((address) => address.includes('.') && !address.startsWith('127.'))
        ?.split('/')[0] ?? '';
    if (route === undefined)
      return yield* call.fail('RTNETLINK answers: Network is unreachable', 2);
    const via = route.gateway === undefined ? '' : ` via ${route.gateway}`;
    yield* call.out.print(`${target}${via} dev ${route.device}  src ${source} \n`);
    return 0;
  }
  for (const { destination, gateway, device } of sockets.routes()) {
    const source = addresses.find((address) =>
      sameNetwork(destination, address.split('/')[0] ?? ''),
    );
    const direct = source === undefined ? '' : ` src ${source.split('/')[0] ?? ''}`;
    const rest =
      gateway === undefined
        ? `dev ${device} ${call.say(`scope link ${direct} `, `proto kernel scope link${direct} `)}`
        : `via ${gateway} dev ${device} `;
    yield* call.out.print(`${destination} ${rest}\n`);
  }
  return 0;
}
