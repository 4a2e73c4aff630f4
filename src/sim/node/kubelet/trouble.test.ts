import { expect, test } from 'vitest';
import { container, Lab } from './testing/lab.ts';

test('a failing pull is told twice, then waits 10 seconds and more', () => {
  const lab = new Lab();
  lab.runtime.pullMs = 5;
  lab.runtime.pullErrors.set('docker.io/library/nginx:9.99', 'rpc error: not found');
  lab.create('web', { containers: [container('web', { image: 'nginx:9.99' })] });
  lab.run(8000);
  expect(lab.texts()).toEqual([
    'web Pending',
    'web Pending web=ContainerCreating',
    'Pulling: Pulling image "nginx:9.99"',
    'Failed: Failed to pull image "nginx:9.99": rpc error: not found',
    'Failed: Error: ErrImagePull',
    'BackOff: Back-off pulling image "nginx:9.99"',
    'Failed: Error: ImagePullBackOff',
    'web Pending web=ErrImagePull',
  ]);
  lab.run(8000);
  expect(lab.pod('web')?.status.containerStatuses?.[0]?.state).toEqual({
    waiting: {
      reason: 'ImagePullBackOff',
      message: 'Back-off pulling image "nginx:9.99": ErrImagePull: rpc error: not found',
    },
  });
});

test('pulls go one after the other, and the Event tells both times', () => {
  const lab = new Lab();
  lab.runtime.pullMs = 2000;
  lab.create('a', { containers: [container('a', { image: 'redis:7' })] });
  lab.create('b', { containers: [container('b', { image: 'httpd:2' })] });
  lab.run(8000);
  const told = lab.texts().filter((text) => text.startsWith('Pulled'));
  expect(told.map((text) => text.replace(/4\.0\d*s|3\.9\d*s/, 'both'))).toEqual([
    expect.stringMatching(
      /^Pulled: Successfully pulled image "\w+:\d" in 2s \(2s including waiting\)\. Image size: 1000 bytes\.$/,
    ),
    expect.stringMatching(
      /^Pulled: Successfully pulled image "\w+:\d" in 2s \(both including waiting\)\. Image size: 1000 bytes\.$/,
    ),
  ]);
});

test('names that are none and images that may not be pulled are refused in the words of the kubelet', () => {
  const lab = new Lab();
  lab.create('bad', {
    containers: [
      container('web', { image: 'Shop/Web:1.0' }),
      container('tool', { image: 'busybox:0.0.1', imagePullPolicy: 'Never' }),
    ],
  });
  lab.run(3000);
  expect(lab.pod('bad')?.status.containerStatuses?.map(({ state }) => state?.waiting)).toEqual([
    {
      reason: 'ErrImageNeverPull',
      message: 'Container image "busybox:0.0.1" is not present with pull policy of Never',
    },
    {
      reason: 'InvalidImageName',
      message:
        'Failed to apply default image tag "Shop/Web:1.0": couldn\'t parse image name "Shop/Web:1.0": invalid reference format: repository name (Web) must be lowercase',
    },
  ]);
});

test('a container waits for the ConfigMap of its environment, and starts when it is there', () => {
  const lab = new Lab();
  const valueFrom = { configMapKeyRef: { name: 'cfg', key: 'A' } };
  lab.create('env', { containers: [container('shop', { env: [{ name: 'A', valueFrom }] })] });
  lab.run(3000);
  expect(lab.pod('env')?.status.containerStatuses?.[0]?.state).toEqual({
    waiting: { reason: 'CreateContainerConfigError', message: 'configmap "cfg" not found' },
  });
  lab.request('create', 'configmaps', undefined, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cfg' },
    data: { A: '1' },
  });
  lab.run(18_000);
  expect(lab.pod('env')?.status.phase).toBe('Running');
  const env = new Map(lab.runtime.created[0]?.config.env);
  expect(env.get('A')).toBe('1');
});

test('a volume whose Secret is missing is tried after 0.5, 1, 2 and 4 seconds', () => {
  const lab = new Lab();
  lab.create('vol', {
    containers: [container('shop', { volumeMounts: [{ name: 'keys', mountPath: '/k' }] })],
    volumes: [{ name: 'keys', secret: { secretName: 'keys' } }],
  });
  lab.run(9000);
  const tries = lab.diary.filter(({ text }) => text.startsWith('FailedMount'));
  expect(tries[0]?.text).toBe(
    'FailedMount: MountVolume.SetUp failed for volume "keys" : secret "keys" not found',
  );
  const gaps = tries.slice(1).map(({ ms }, index) => ms - (tries[index]?.ms ?? 0));
  expect(gaps).toEqual([500, 1000, 2000, 4000]);
});

test('the files of a ConfigMap volume follow the ConfigMap within a minute and a half', () => {
  const lab = new Lab();
  lab.request('create', 'configmaps', undefined, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cfg' },
    data: { mode: 'demo' },
  });
  lab.create('shop', {
    containers: [container('shop', { volumeMounts: [{ name: 'cfg', mountPath: '/c' }] })],
    volumes: [{ name: 'cfg', configMap: { name: 'cfg' } }],
  });
  lab.run(5000);
  const files = (): unknown =>
    [...(lab.runtime.volumes.find(({ files: all }) => all.has('mode'))?.files ?? [])].map(
      ([path, { text }]) => [path, text],
    );
  lab.request('patch', 'configmaps', 'cfg', { data: { mode: 'live' } });
  lab.run(20_000);
  expect(files()).toEqual([['mode', 'demo']]);
  lab.run(71_000);
  expect(files()).toEqual([['mode', 'live']]);
});

test('a Pod over the limit of its emptyDir is evicted; what its containers exit with decides how it ends', () => {
  const lab = new Lab();
  lab.runtime.behaviours.set('fails', { onTerm: { afterMs: 0, code: 1 } });
  lab.create('shop', {
    containers: [
      container('shop', { command: ['fails'], volumeMounts: [{ name: 'cache', mountPath: '/c' }] }),
    ],
    volumes: [{ name: 'cache', emptyDir: { sizeLimit: '4Mi' } }],
  });
  lab.run(5000);
  const cache = lab.runtime.volumes.find(({ kind }) => kind === 'disk');
  if (cache !== undefined) cache.used = 5 * 1024 ** 2;
  lab.run(140_000);
  expect(lab.texts()).toContain(
    'Evicted: Usage of EmptyDir volume "cache" exceeds the limit "4Mi". ',
  );
  const { phase, reason, message } = lab.pod('shop')?.status ?? {};
  expect([phase, reason, message]).toEqual([
    'Failed',
    'Evicted',
    'Usage of EmptyDir volume "cache" exceeds the limit "4Mi". ',
  ]);
});

test('a Pod the node has no room or no label for is rejected, and says why', () => {
  const lab = new Lab();
  lab.create('big', { containers: [container('a', { resources: { requests: { cpu: '1000' } } })] });
  lab.create('picky', { nodeSelector: { disk: 'ssd' }, containers: [container('a')] });
  lab.run(2000);
  const told = (name: string): unknown => {
    const { phase, reason, message } = lab.pod(name)?.status ?? {};
    return [phase, reason, message];
  };
  expect(told('big')).toEqual([
    'Failed',
    'OutOfcpu',
    "Pod was rejected: Node didn't have enough resource: cpu, requested: 1000000, used: 0, capacity: 2000",
  ]);
  expect(told('picky')).toEqual([
    'Failed',
    'NodeAffinity',
    "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
  ]);
});
