import { describe, expect, it } from 'vitest';
import type { NetworkNamespace, Route } from '../kernel/net/namespace.ts';
import { Machine } from '../kernel/machine.ts';
import { Clock } from '../runtime/clock.ts';
import { Random } from '../runtime/random.ts';
import { createClusterNetwork } from './cluster-network.ts';
import { fakeClient, service, slice } from './testing.ts';

function network(backends: readonly string[] = []) {
  const clock = new Clock({ startMs: 0 });
  const machine = new Machine({ clock, random: new Random(1, 'machine'), name: 'any' });
  const client = fakeClient(
    service('web', {
      type: 'NodePort',
      clusterIP: '10.96.1.2',
      ports: [{ port: 80, nodePort: 30_080, targetPort: 8080 }],
    }),
    service('sticky', {
      clusterIP: '10.96.1.3',
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
      ports: [{ port: 80 }],
    }),
    ...['web', 'sticky'].map((name) =>
      slice(
        name,
        [{ port: 8080 }],
        backends.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
      ),
    ),
  );
  const fabric = createClusterNetwork({
    clock,
    random: new Random(1, 'network'),
    client,
    dnsIp: '10.96.0.10',
    dnsNamespace: machine.createNetwork(),
  });
  const add = (name: string, ip: string, podCidr: string) => {
    const namespace = machine.createNetwork();
    fabric.addNode({ name, ip, podCidr, namespace });
    return namespace;
  };
  const hosts = {
    'node-1': add('node-1', '10.250.0.11', '10.244.0.0/24'),
    'node-2': add('node-2', '10.250.0.12', '10.244.1.0/24'),
  };
  const workstation = machine.createNetwork();
  fabric.addHost('workstation', '10.250.0.1', workstation);
  const pod = (node: string, hostPort?: number): NetworkNamespace => {
    const namespace = machine.createNetwork();
    const mappings =
      hostPort === undefined ? [] : [{ hostPort, containerPort: 8080, protocol: 'TCP' as const }];
    fabric.attachPod(node, namespace, mappings);
    return namespace;
  };
  const way = (from: NetworkNamespace, ip: string, port = 80): string =>
    describeRoute(from.way({ ip, port }, 'TCP'));
  return { clock, fabric, hosts, workstation, pod, way, client };
}

function describeRoute(route: Route): string {
  if ('dropped' in route) return 'dropped';
  if ('error' in route) return `${route.error} after ${route.afterMs} ms`;
  const { ip, port } = route.destination;
  return `${ip}:${port} seen as ${route.sourceIp}`;
}

describe('the network', () => {
  it('leads from every Pod to every Pod without translation', () => {
    const { pod, way } = network();
    const [near, far] = [pod('node-1'), pod('node-2')];
    pod('node-1');
    expect(way(near, '10.244.0.3')).toBe('10.244.0.3:80 seen as 10.244.0.2');
    expect(way(far, '10.244.0.2')).toBe('10.244.0.2:80 seen as 10.244.1.2');
    expect(way(near, '127.0.0.1')).toBe('127.0.0.1:80 seen as 127.0.0.1');
  });

  it('shows the node as the caller where the node speaks for itself or for others', () => {
    const { pod, way, hosts, workstation } = network(['10.244.0.2']);
    const [web, far] = [pod('node-1'), pod('node-2')];
    expect(way(hosts['node-2'], '10.244.0.2')).toBe('10.244.0.2:80 seen as 10.250.0.12');
    expect(way(hosts['node-1'], '10.244.0.2')).toBe('10.244.0.2:80 seen as 10.244.0.1');
    expect(way(far, '10.96.1.2')).toBe('10.244.0.2:8080 seen as 10.244.1.2');
    expect(way(web, '10.96.1.2')).toBe('10.244.0.2:8080 seen as 10.244.0.1');
    expect(way(hosts['node-2'], '10.96.1.2')).toBe('10.244.0.2:8080 seen as 10.250.0.12');
    expect(way(far, '10.250.0.11', 30_080)).toBe('10.244.0.2:8080 seen as 10.244.0.1');
    expect(way(far, '10.250.0.12', 30_080)).toBe('10.244.0.2:8080 seen as 10.250.0.12');
    expect(way(hosts['node-1'], '10.250.0.11', 30_080)).toBe('10.244.0.2:8080 seen as 10.244.0.1');
    expect(way(workstation, '10.250.0.12', 30_080)).toBe('10.244.0.2:8080 seen as 10.250.0.12');
  });

  it('keeps the cluster to itself: the workstation reaches node ports, not Services', () => {
    const { pod, way, workstation } = network(['10.244.0.2']);
    pod('node-1');
    expect(way(workstation, '10.96.1.2')).toBe('dropped');
    expect(way(pod('node-1'), '10.250.0.1')).toBe('10.250.0.1:80 seen as 10.250.0.11');
    expect(way(pod('node-1'), '93.184.216.34')).toBe('dropped');
  });

  it('leads host ports into their Pods', () => {
    const { pod, way, hosts } = network();
    pod('node-1', 9000);
    expect(way(pod('node-2'), '10.250.0.11', 9000)).toBe('10.244.0.2:8080 seen as 10.244.1.2');
    expect(way(hosts['node-1'], '10.250.0.11', 9000)).toBe('10.244.0.2:8080 seen as 10.244.0.1');
    expect(way(pod('node-2'), '10.250.0.12', 9000)).toBe('10.250.0.12:9000 seen as 10.244.1.3');
  });

  it('refuses a Service without endpoints, and loses what no rule speaks of', () => {
    const { pod, way } = network();
    const client = pod('node-1');
    expect(way(client, '10.96.1.2')).toBe('ECONNREFUSED after 1000 ms');
    expect(way(client, '10.96.1.2', 8080)).toBe('dropped');
    expect(way(client, '10.244.0.99')).toBe('EHOSTUNREACH after 3060 ms');
    expect(way(client, '10.244.1.99')).toBe('dropped');
  });

  it('spreads connections over the Pods, unless clients stay with theirs', () => {
    const { pod, way, clock } = network(['10.244.0.2', '10.244.0.3', '10.244.1.2']);
    for (const node of ['node-1', 'node-1', 'node-2']) pod(node);
    const [client, other] = [pod('node-2'), pod('node-2')];
    const answers = (ip: string, from = client) =>
      new Set(Array.from({ length: 30 }, () => way(from, ip).split(':')[0]));
    expect(answers('10.96.1.2').size).toBe(3);
    expect(answers('10.96.1.3').size).toBe(1);
    expect(answers('10.96.1.3', other).size).toBe(1);
    const seen = new Set<string | undefined>();
    for (let hours = 0; hours < 20; hours += 1) {
      clock.advanceTo(clock.nowMs() + 3_600_000);
      seen.add(way(client, '10.96.1.3').split(':')[0]);
    }
    expect(seen.size).toBe(3);
  });

  it('loses packets without a cable and finds nobody without power', () => {
    const { pod, way, fabric, hosts, client } = network(['10.244.1.2']);
    const [near, far, neighbour] = [pod('node-1'), pod('node-2'), pod('node-2')];
    fabric.setCable('node-2', false);
    expect(way(near, '10.96.1.2')).toBe('dropped');
    expect(way(far, '10.244.0.2')).toBe('dropped');
    expect(way(far, '10.96.0.10', 53)).toBe('dropped');
    expect(way(neighbour, '10.244.1.2')).toBe('10.244.1.2:80 seen as 10.244.1.3');
    expect(fabric.isConnected('node-2')).toBe(false);
    client.remove('Service', 'default', 'web');
    expect(way(neighbour, '10.96.1.2')).toBe('10.244.1.2:8080 seen as 10.244.1.3');
    fabric.setCable('node-2', true);
    expect(way(neighbour, '10.96.1.2')).toBe('dropped');
    fabric.setPower('node-2', false);
    expect(way(near, '10.244.1.2')).toBe('EHOSTUNREACH after 3060 ms');
    expect(way(hosts['node-1'], '10.250.0.12')).toBe('EHOSTUNREACH after 3060 ms');
  });

  it('shows interfaces and routes as ip does', () => {
    const { pod, hosts } = network();
    const near = pod('node-1');
    expect(near.interfaces()[1]).toEqual({
      name: 'eth0',
      index: 2,
      addresses: ['10.244.0.2/24'],
      mac: '0a:58:0a:f4:00:02',
      mtu: 1500,
      peerIndex: 6,
    });
    expect(near.routes()).toEqual([
      { destination: 'default', gateway: '10.244.0.1', device: 'eth0' },
      { destination: '10.244.0.0/24', gateway: undefined, device: 'eth0' },
    ]);
    expect(hosts['node-1'].routes()).toEqual([
      { destination: 'default', gateway: '10.250.0.1', device: 'eth0' },
      { destination: '10.244.0.0/24', gateway: undefined, device: 'cni0' },
      { destination: '10.244.1.0/24', gateway: '10.250.0.12', device: 'eth0' },
      { destination: '10.250.0.0/24', gateway: undefined, device: 'eth0' },
    ]);
  });
});
