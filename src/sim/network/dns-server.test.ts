import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../kernel/commands/dns/message.ts';
import { Machine } from '../kernel/machine.ts';
import { Clock } from '../runtime/clock.ts';
import { Random } from '../runtime/random.ts';
import { serveDns, serveHostNames } from './dns-server.ts';
import { ServiceTable } from './services.ts';
import { fakeClient, namespace, service } from './testing.ts';

function server() {
  const clock = new Clock({ startMs: 0 });
  const machine = new Machine({ clock, random: new Random(1, 'any'), name: 'any' });
  const network = machine.createNetwork();
  const ask = (payload: string) => {
    const answer = network.datagramService({ ip: '10.96.0.10', port: 53 })?.(payload, {
      ip: '10.244.0.2',
      port: 40_000,
    });
    return answer === undefined ? undefined : parseAnswer(answer);
  };
  return { network, ask };
}

describe('name servers', () => {
  it('answer for the cluster on port 53', () => {
    const { network, ask } = server();
    const client = fakeClient(
      namespace('default'),
      service('web', { clusterIP: '10.96.1.2', ports: [{ port: 80 }] }),
    );
    serveDns(network, { client, services: new ServiceTable(client) });
    expect(ask('A web.default.svc.cluster.local')).toEqual({
      status: 'NOERROR',
      authoritative: true,
      records: [
        { name: 'web.default.svc.cluster.local', ttlSeconds: 30, type: 'A', data: '10.96.1.2' },
      ],
    });
    expect(ask('A example.com')).toMatchObject({ status: 'NXDOMAIN', authoritative: false });
    expect(ask('nonsense')).toBeUndefined();
  });

  it('know machines, and no names of the cluster, outside it', () => {
    const { network, ask } = server();
    serveHostNames(network, (name) => (name === 'node-1' ? '10.250.0.11' : undefined));
    expect(ask('A node-1')?.records).toEqual([
      { name: 'node-1', ttlSeconds: 0, type: 'A', data: '10.250.0.11' },
    ]);
    expect(ask('A web.default.svc.cluster.local')?.status).toBe('NXDOMAIN');
  });
});
