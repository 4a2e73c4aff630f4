import { describe, expect, it } from 'vitest';
import { ruleKey, ServiceTable } from './services.ts';
import { fakeClient, service, slice } from './testing.ts';

const web = service('web', {
  type: 'NodePort',
  clusterIP: '10.96.1.2',
  ports: [{ port: 80, nodePort: 30_080, targetPort: 8080 }],
});
const pod = (ip: string, ready: boolean, leaving = false) => ({
  addresses: [ip],
  nodeName: 'node-1',
  conditions: { ready, serving: ready || leaving, terminating: leaving },
});

describe('rules of Services', () => {
  it('sends to ready Pods by virtual address and by node port', () => {
    const client = fakeClient(web, slice('web', [{ port: 8080 }], [pod('10.244.0.2', true)]));
    const { rules } = new ServiceTable(client);
    const backends = [{ ip: '10.244.0.2', port: 8080, nodeName: 'node-1' }];
    expect(rules.get(ruleKey('10.96.1.2', 80, 'TCP'))?.backends).toEqual(backends);
    expect(rules.get(ruleKey('*', 30_080, 'TCP'))?.backends).toEqual(backends);
    expect(rules.get(ruleKey('10.96.1.2', 8080, 'TCP'))).toBeUndefined();
  });

  it('falls back to Pods that still serve while they terminate, and else has nobody', () => {
    const client = fakeClient(web);
    const { rules } = new ServiceTable(client);
    const who = () => rules.get(ruleKey('10.96.1.2', 80, 'TCP'))?.backends.map(({ ip }) => ip);
    expect(who()).toEqual([]);
    const leaving = pod('10.244.0.3', false, true);
    client.put(slice('web', [{ port: 8080 }], [pod('10.244.0.2', true), leaving]));
    expect(who()).toEqual(['10.244.0.2']);
    client.put(slice('web', [{ port: 8080 }], [pod('10.244.0.2', false), leaving]));
    expect(who()).toEqual(['10.244.0.3']);
    client.remove('Service', 'default', 'web');
    expect(who()).toBeUndefined();
  });
});
