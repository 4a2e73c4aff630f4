import { describe, expect, it } from 'vitest';
import { NetworkBox } from './testing.ts';

describe('nslookup of busybox', () => {
  const box = new NetworkBox();
  const head = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n';

  // The shapes are those of busybox 1.35 against a server that gives the same answers.
  it.each([
    [
      'web.default.svc.cluster.local',
      'Name:\tweb.default.svc.cluster.local\nAddress: 10.244.1.5\n\n\n=> 0',
    ],
    [
      'db.default.svc.cluster.local',
      'Name:\tdb.default.svc.cluster.local\nAddress: 10.244.1.6\nName:\tdb.default.svc.cluster.local\nAddress: 10.244.2.7\n\n\n=> 0',
    ],
    [
      'nx.default.svc.cluster.local',
      "** server can't find nx.default.svc.cluster.local: NXDOMAIN\n\n".repeat(2) + '=> 1',
    ],
    ['fail.x', "** server can't find fail.x: SERVFAIL\n\n".repeat(2) + '=> 1'],
    [
      'shop.example',
      'Non-authoritative answer:\nName:\tshop.example\nAddress: 10.244.1.5\n\nNon-authoritative answer:\n\n=> 0',
    ],
    [
      'alias.default.svc.cluster.local',
      'alias.default.svc.cluster.local\tcanonical name = shop.example\nName:\tshop.example\nAddress: 10.244.1.5\n\nalias.default.svc.cluster.local\tcanonical name = shop.example\n\n=> 0',
    ],
    ['10.244.1.5', '5.1.244.10.in-addr.arpa\tname = web.default.svc.cluster.local\n\n=> 0'],
    [
      '-type=srv web.default.svc.cluster.local',
      'web.default.svc.cluster.local\tservice = 0 100 80 web.default.svc.cluster.local\n\n=> 0',
    ],
  ])('%s', (words, shown) => {
    expect(box.line(`nslookup ${words}`)).toBe(head + shown);
  });

  it('asks for a name without a dot in every domain of the search list, for addresses of both kinds', () => {
    const missing = ['svc', ''].map(
      (part) => `** server can't find web.${part === '' ? '' : 'svc.'}cluster.local: NXDOMAIN\n\n`,
    );
    expect(box.line('nslookup web')).toBe(
      `${head}Name:\tweb.default.svc.cluster.local\nAddress: 10.244.1.5\n\n${missing.join('')}\n${missing.join('')}=> 1`,
    );
  });

  it('gives up after five seconds', () => {
    const startMs = box.clock.nowMs();
    expect(box.line('nslookup mute.x')).toBe(
      ';; connection timed out; no servers could be reached\n\n=> 1',
    );
    expect(Math.round((box.clock.nowMs() - startMs) / 100)).toBe(50);
  });
});

describe('names on the workstation', () => {
  const box = new NetworkBox('gnu');

  it.each([
    [
      'nslookup web',
      'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\nName:\tweb.default.svc.cluster.local\nAddress: 10.244.1.5\n\n=> 0',
    ],
    [
      'nslookup nobody',
      "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n** server can't find nobody: NXDOMAIN\n\n=> 1",
    ],
    ['host web', 'web.default.svc.cluster.local has address 10.244.1.5\n=> 0'],
    ['host nobody', 'Host nobody not found: 3(NXDOMAIN)\n=> 1'],
    [
      'host 10.244.1.5',
      '5.1.244.10.in-addr.arpa domain name pointer web.default.svc.cluster.local.\n=> 0',
    ],
    ['dig +short web', '=> 0'],
    ['dig +search +short web', '10.244.1.5\n=> 0'],
    [
      'dig +short web.default.svc.cluster.local srv',
      '0 100 80 web.default.svc.cluster.local.\n=> 0',
    ],
    ['dig +short -x 10.244.1.5', 'web.default.svc.cluster.local.\n=> 0'],
    [
      'dig @10.9.9.6 web',
      ';; communications error to 10.9.9.6#53: timed out\n;; no servers could be reached\n=> 9',
    ],
    ['getent hosts web', '10.244.1.5      web.default.svc.cluster.local\n=> 0'],
    ['getent hosts nobody', '=> 2'],
    ['getent passwd web', 'web:x:1000:1000::/home/web:/bin/sh\n=> 0'],
    ['ping -c 1 nobody', 'ping: nobody: Name or service not known\n=> 2'],
  ])('%s', (line, shown) => {
    expect(box.line(line)).toBe(shown);
  });
});

describe('the resolver', () => {
  const box = new NetworkBox();

  it('prefers /etc/hosts, then follows the search list, and ndots decides about the order', () => {
    expect(box.line('getent ahosts box | head -n 1')).toBe('10.244.1.5      STREAM box\n=> 0');
    expect(box.line('getent hosts web.default')).toBe(
      '10.244.1.5      web.default.svc.cluster.local\n=> 0',
    );
    expect(box.line('getent hosts shop.example.')).toBe('10.244.1.5      shop.example\n=> 0');
  });

  it('waits for a silent server twice five seconds and then gives up', () => {
    const startMs = box.clock.nowMs();
    expect(box.line('wget -qO- mute')).toBe("wget: bad address 'mute'\n=> 1");
    expect(Math.round((box.clock.nowMs() - startMs) / 100)).toBe(100);
  });
});
