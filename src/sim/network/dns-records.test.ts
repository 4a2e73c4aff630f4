import { describe, expect, it } from 'vitest';
import type { DnsType } from '../kernel/commands/dns/message.ts';
import { answerDns } from './dns-records.ts';
import { ServiceTable } from './services.ts';
import { fakeClient, namespace, service, slice } from './testing.ts';

const client = fakeClient(
  namespace('default'),
  namespace('shop'),
  service('web', {
    type: 'ClusterIP',
    clusterIP: '10.96.1.2',
    ports: [{ name: 'http', port: 80 }],
  }),
  service('db', { type: 'ClusterIP', clusterIP: 'None', ports: [{ name: 'sql', port: 5432 }] }),
  service('empty', { type: 'ClusterIP', clusterIP: 'None', ports: [] }),
  service('elsewhere', { type: 'ExternalName', externalName: 'db.example.com' }),
  slice(
    'db',
    [{ name: 'sql', port: 5432 }],
    [
      { addresses: ['10.244.1.7'], hostname: 'db-0', conditions: { ready: true } },
      { addresses: ['10.244.0.9'], conditions: { ready: true } },
      { addresses: ['10.244.0.8'], hostname: 'db-2', conditions: { ready: false } },
    ],
  ),
);
const source = { client, services: new ServiceTable(client) };
const ask = (name: string, type: DnsType = 'A'): string => {
  const { status, records } = answerDns(source, { name, type });
  return [status, ...records.map((record) => `${record.type} ${record.data}`)].join(' | ');
};

describe('cluster DNS', () => {
  it('answers a Service with its virtual address, in its own namespace only', () => {
    expect(ask('web.default.svc.cluster.local')).toBe('NOERROR | A 10.96.1.2');
    expect(ask('WEB.default.svc.cluster.local.')).toBe('NOERROR | A 10.96.1.2');
    expect(ask('web.default.svc.cluster.local', 'AAAA')).toBe('NOERROR');
    expect(ask('web.shop.svc.cluster.local')).toBe('NXDOMAIN');
    expect(ask('web.nowhere.svc.cluster.local')).toBe('NXDOMAIN');
    expect(ask('web.cluster.local')).toBe('NXDOMAIN');
  });

  it('answers a headless Service with its ready Pods, and their own names', () => {
    expect(ask('db.default.svc.cluster.local')).toBe('NOERROR | A 10.244.1.7 | A 10.244.0.9');
    expect(ask('db-0.db.default.svc.cluster.local')).toBe('NOERROR | A 10.244.1.7');
    expect(ask('10-244-0-9.db.default.svc.cluster.local')).toBe('NOERROR | A 10.244.0.9');
    expect(ask('db-2.db.default.svc.cluster.local')).toBe('NXDOMAIN');
    expect(ask('empty.default.svc.cluster.local')).toBe('NXDOMAIN');
  });

  it('answers ports, addresses, aliases and Pods by address', () => {
    expect(ask('_http._tcp.web.default.svc.cluster.local', 'SRV')).toBe(
      'NOERROR | SRV 0 100 80 web.default.svc.cluster.local',
    );
    expect(ask('_sql._tcp.db.default.svc.cluster.local', 'SRV')).toBe(
      'NOERROR | SRV 0 50 5432 db-0.db.default.svc.cluster.local | ' +
        'SRV 0 50 5432 10-244-0-9.db.default.svc.cluster.local',
    );
    expect(ask('_https._tcp.web.default.svc.cluster.local', 'SRV')).toBe('NXDOMAIN');
    expect(ask('2.1.96.10.in-addr.arpa', 'PTR')).toBe(
      'NOERROR | PTR web.default.svc.cluster.local',
    );
    expect(ask('7.1.244.10.in-addr.arpa', 'PTR')).toBe(
      'NOERROR | PTR db-0.db.default.svc.cluster.local',
    );
    expect(ask('9.9.9.9.in-addr.arpa', 'PTR')).toBe('NXDOMAIN');
    expect(ask('elsewhere.default.svc.cluster.local')).toBe('NOERROR | CNAME db.example.com');
    expect(ask('10-244-3-1.default.pod.cluster.local')).toBe('NOERROR | A 10.244.3.1');
    expect(ask('example.com')).toBe('NXDOMAIN');
  });
});
