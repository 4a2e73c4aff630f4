import { describe, expect, it } from 'vitest';
import type { Pod, ResourceQuota } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';
import { pod, refusal, testServer } from '../testing.ts';

const resources = (given: object): KubeObject =>
  pod('p', { containers: [{ name: 'shop', image: 'pause', resources: given }] });
const named = (object: KubeObject, name: string): KubeObject => ({ ...object, metadata: { name } });

const limits = {
  metadata: { name: 'shop-limits' },
  spec: {
    limits: [
      {
        type: 'Container',
        default: { cpu: '100m', memory: '64Mi' },
        defaultRequest: { cpu: '50m', memory: '32Mi' },
        min: { cpu: '10m', memory: '8Mi' },
        max: { cpu: '200m', memory: '128Mi' },
      },
    ],
  },
};

describe('LimitRanger', () => {
  it('fills in requests and limits, and notes what it did', () => {
    const { create } = testServer();
    create('limitranges', limits);
    const plain = create('pods', resources({})).body as Pod;
    expect(plain.metadata?.annotations).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu, memory request for container shop; cpu, memory limit for container shop',
    });
    const limited = create('pods', named(resources({ limits: { cpu: '20m' } }), 'q')).body as Pod;
    expect(limited.spec?.containers[0]?.resources).toEqual({
      limits: { cpu: '20m', memory: '64Mi' },
      requests: { cpu: '20m', memory: '32Mi' },
    });
    expect(limited.status?.qosClass).toBe('Burstable');
  });

  it('refuses what is outside its bounds', () => {
    const { create } = testServer();
    create('limitranges', limits);
    const big = resources({ limits: { cpu: '1', memory: '1Gi' } });
    expect(refusal(create('pods', big))).toBe(
      'pods "p" is forbidden: [maximum cpu usage per Container is 200m, but limit is 1, maximum memory usage per Container is 128Mi, but limit is 1Gi]',
    );
    const small = resources({
      requests: { cpu: '1m', memory: '16Mi' },
      limits: { cpu: '100m', memory: '16Mi' },
    });
    expect(refusal(create('pods', small))).toBe(
      'pods "p" is forbidden: minimum cpu usage per Container is 10m, but request is 1m',
    );
  });
});

describe('ResourceQuota', () => {
  const hard = { pods: '3', 'requests.cpu': '120m', 'limits.memory': '256Mi' };

  const withQuota = (used: Record<string, string>) => {
    const test = testServer();
    test.create('resourcequotas', { metadata: { name: 'shop-quota' }, spec: { hard } });
    const client = test.server.client('resourcequota-controller');
    const stored = client.get('ResourceQuota', 'default', 'shop-quota');
    client.updateStatus('ResourceQuota', { ...stored, status: { hard, used } } as never);
    return test;
  };

  it('counts what it lets in, and refuses what would exceed it', () => {
    const used = { pods: '1', 'requests.cpu': '70m', 'limits.memory': '128Mi' };
    const { create, request } = withQuota(used);
    const another = (cpu: string): KubeObject =>
      resources({ requests: { cpu }, limits: { cpu, memory: '32Mi' } });
    expect(refusal(create('pods', another('100m')))).toBe(
      'pods "p" is forbidden: exceeded quota: shop-quota, requested: requests.cpu=100m, used: requests.cpu=70m, limited: requests.cpu=120m',
    );
    expect(refusal(create('pods', another('50m')))).toBe('accepted');
    const quota = request({ verb: 'get', resource: 'resourcequotas', name: 'shop-quota' });
    expect((quota.body as ResourceQuota).status?.used).toEqual({
      pods: '2',
      'requests.cpu': '120m',
      'limits.memory': '160Mi',
    });
  });

  it('wants to be told what it counts', () => {
    const { create } = withQuota({ pods: '0', 'requests.cpu': '0', 'limits.memory': '0' });
    expect(refusal(create('pods', pod('bare')))).toBe(
      'pods "bare" is forbidden: failed quota: shop-quota: must specify limits.memory for: main; requests.cpu for: main',
    );
  });
});

describe('PodSecurity', () => {
  const level = 'pod-security.kubernetes.io/';

  it('refuses what the level of the namespace forbids, and warns of what another would', () => {
    const { create } = testServer();
    const labels = { [`${level}enforce`]: 'baseline', [`${level}warn`]: 'restricted' };
    create('namespaces', { metadata: { name: 'tight', labels } });
    create('serviceaccounts', { metadata: { name: 'default', namespace: 'tight' } });
    const inTight = (spec: object): KubeObject => {
      const object = pod('c', spec as Record<string, unknown>);
      return { ...object, metadata: { name: 'c', namespace: 'tight' } };
    };
    const containers = [
      { name: 'c', image: 'nginx', ports: [{ containerPort: 80, hostPort: 8080 }] },
    ];
    expect(refusal(create('pods', inTight({ containers, hostNetwork: false })))).toBe(
      'pods "c" is forbidden: violates PodSecurity "baseline:latest": hostPort (container "c" uses hostPort 8080)',
    );
    expect(create('pods', inTight({})).warnings).toEqual([
      'would violate PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "main" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "main" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "main" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "main" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    ]);
  });

  it('accepts a Pod that does all that level restricted asks for', () => {
    const { create } = testServer();
    const labels = { [`${level}enforce`]: 'restricted', [`${level}enforce-version`]: 'v1.33' };
    create('namespaces', { metadata: { name: 'tight', labels } });
    create('serviceaccounts', { metadata: { name: 'default', namespace: 'tight' } });
    const securityContext = {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    };
    const object = pod('c', { containers: [{ name: 'c', image: 'nginx', securityContext }] });
    const response = create('pods', { ...object, metadata: { name: 'c', namespace: 'tight' } });
    expect([refusal(response), response.warnings]).toEqual(['accepted', []]);
  });

  it('refuses labels that name no level', () => {
    const { create } = testServer();
    const labels = { [`${level}enforce`]: 'strict' };
    expect(refusal(create('namespaces', { metadata: { name: 'tight', labels } }))).toBe(
      'Namespace "tight" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted',
    );
  });
});

describe('smaller plugins', () => {
  it('Priority refuses a number that is not that of the class', () => {
    const { create } = testServer();
    create(
      'priorityclasses',
      { metadata: { name: 'high' }, value: 1000 },
      { group: 'scheduling.k8s.io' },
    );
    const body = create('pods', pod('a', { priorityClassName: 'high' })).body as Pod;
    expect(body.spec?.priority).toBe(1000);
    expect(refusal(create('pods', pod('b', { priority: 7 })))).toBe(
      'pods "b" is forbidden: the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    );
  });

  it('DefaultStorageClass and StorageObjectInUseProtection complete a claim', () => {
    const { create } = testServer();
    const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
    const storage = { group: 'storage.k8s.io' };
    create(
      'storageclasses',
      { metadata: { name: 'fast', annotations }, provisioner: 'x' },
      storage,
    );
    const claim = create('persistentvolumeclaims', {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    });
    expect(claim.body.metadata?.finalizers).toEqual(['kubernetes.io/pvc-protection']);
    expect((claim.body.spec as { storageClassName: string }).storageClassName).toBe('fast');
  });

  it('PersistentVolumeClaimResize lets a claim grow when its class does', () => {
    const { create, request, server } = testServer();
    const spec = (storage: string): object => ({
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'slow',
      resources: { requests: { storage } },
    });
    create('persistentvolumeclaims', { metadata: { name: 'data' }, spec: spec('1Gi') });
    const grow = (): string =>
      refusal(
        request({
          verb: 'patch',
          resource: 'persistentvolumeclaims',
          name: 'data',
          patchType: 'application/merge-patch+json',
          body: { spec: { resources: { requests: { storage: '2Gi' } } } },
        }),
      );
    expect(grow()).toContain('spec: Forbidden: spec is immutable after creation');
    const client = server.client('persistentvolume-controller');
    const claim = client.get('PersistentVolumeClaim', 'default', 'data');
    client.updateStatus('PersistentVolumeClaim', { ...claim, status: { phase: 'Bound' } } as never);
    expect(grow()).toBe(
      'persistentvolumeclaims "data" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    );
  });

  it('TaintNodesByCondition keeps Pods off a new node', () => {
    const { create } = testServer();
    const node = create('nodes', { metadata: { name: 'node-1' } }).body;
    expect(node.spec).toEqual({
      taints: [{ effect: 'NoSchedule', key: 'node.kubernetes.io/not-ready' }],
    });
  });
});
