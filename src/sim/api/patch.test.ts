import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode } from './decode.ts';
import {
  applyPatch,
  createMergePatch,
  createThreeWayMergePatch,
  createTwoWayMergePatch,
  type JsonObject,
} from './patch.ts';

const types = {
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
} as const;

// Made with kubectl v1.33.1: `kubectl patch --local -f FILE --type TYPE -p PATCH -o json`.
const patched = JSON.parse(
  readFileSync(new URL('../../../tests/patch/kubectl-patches.json', import.meta.url), 'utf8'),
) as readonly {
  type: keyof typeof types;
  object: JsonObject;
  patch: unknown;
  result?: JsonObject;
  error?: string;
}[];

test('patches objects as the real implementation does, and says why it cannot', () => {
  for (const { type, object, patch, result, error } of patched) {
    const before = JSON.stringify(object);
    const applied = applyPatch('Deployment', object, types[type], patch);
    expect(JSON.stringify(object)).toBe(before);
    if (!applied.ok) {
      expect({ patch, error: `error: ${applied.message}` }).toEqual({ patch, error });
      continue;
    }
    const decoded = decode('Deployment', applied.object);
    expect({ patch, result: decoded.ok && decoded.object }).toEqual({ patch, result });
  }
});

// Random Deployments over few names, so that lists share elements.
const named = (names: readonly string[], make: (name: string) => fc.Arbitrary<object>) =>
  fc
    .shuffledSubarray([...names])
    .chain((some) =>
      fc.tuple(...some.map((name) => make(name).map((rest) => ({ name, ...rest })))),
    );
const value = fc.constantFrom('1', '2', '3');
const map = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { noNullPrototype: true });
const container = () =>
  fc.record(
    {
      image: value,
      env: named(['A', 'B', 'C'], () => fc.record({ value })),
      args: fc.array(value, { maxLength: 3 }),
      resources: fc.record({ limits: fc.dictionary(fc.constantFrom('cpu', 'memory'), value) }),
    },
    { requiredKeys: ['image'] },
  );
const volume = () =>
  fc.oneof(
    fc.constant({ emptyDir: {} }),
    fc.record({ configMap: fc.record({ name: value }) }),
    fc.record({ hostPath: fc.record({ path: value }) }),
  );
const deployment = fc
  .record({
    metadata: fc.record({
      labels: map,
      finalizers: fc.shuffledSubarray(['example.com/a', 'example.com/b', 'example.com/c']),
    }),
    spec: fc.record({
      replicas: fc.integer({ min: 0, max: 3 }),
      template: fc.record({
        spec: fc.record({
          containers: named(['web', 'log', 'box'], container),
          volumes: named(['one', 'two'], volume),
          nodeSelector: map,
        }),
      }),
    }),
  })
  .map((body) => {
    const decoded = decode('Deployment', body);
    return decoded.ok ? (decoded.object as JsonObject) : {};
  });

const strategic = (object: JsonObject, patch: JsonObject): unknown => {
  const applied = applyPatch('Deployment', object, types.strategic, patch);
  if (!applied.ok) return applied.message;
  const decoded = decode('Deployment', applied.object);
  return decoded.ok ? decoded.object : decoded.message;
};

test('a two-way patch turns the one object into the other, and is empty between equals', () => {
  fc.assert(
    fc.property(deployment, deployment, (from, to) => {
      const made = createTwoWayMergePatch('Deployment', from, to);
      expect(made.ok && strategic(from, made.patch)).toEqual(to);
      expect(createTwoWayMergePatch('Deployment', to, to)).toEqual({ ok: true, patch: {} });
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('a merge patch turns the one object into the other', () => {
  fc.assert(
    fc.property(deployment, deployment, (from, to) => {
      const applied = applyPatch('Deployment', from, types.merge, createMergePatch(from, to));
      expect(applied.ok && applied.object).toEqual(to);
    }),
    { seed: 2, numRuns: 200 },
  );
});

test('a three-way patch does what the manifest says, and leaves alone what no manifest ever said', () => {
  const manifest = (env: readonly object[], labels: object) => ({
    metadata: { labels },
    spec: { template: { spec: { containers: [{ name: 'web', image: 'nginx:1.27', env }] } } },
  });
  const original = manifest([{ name: 'OLD', value: '1' }], { app: 'web', gone: 'x' });
  const modified = manifest([{ name: 'NEW', value: '2' }], { app: 'web' });
  const current = {
    ...original,
    metadata: { labels: { app: 'web', gone: 'x', other: 'y' } },
    spec: {
      replicas: 3,
      template: {
        spec: {
          containers: [
            { name: 'injected', image: 'proxy' },
            { name: 'web', image: 'nginx:1.27', env: [{ name: 'OLD', value: '1' }] },
          ],
        },
      },
    },
  };
  const made = createThreeWayMergePatch('Deployment', { original, modified, current });
  expect(made).toEqual({
    ok: true,
    patch: {
      metadata: { labels: { gone: null } },
      spec: {
        template: {
          spec: {
            '$setElementOrder/containers': [{ name: 'web' }],
            containers: [
              {
                name: 'web',
                '$setElementOrder/env': [{ name: 'NEW' }],
                env: [
                  { name: 'NEW', value: '2' },
                  { name: 'OLD', $patch: 'delete' },
                ],
              },
            ],
          },
        },
      },
    },
  });
  const applied = made.ok && applyPatch('Deployment', current, types.strategic, made.patch);
  expect(applied && applied.ok && applied.object).toEqual({
    metadata: { labels: { app: 'web', other: 'y' } },
    spec: {
      replicas: 3,
      template: {
        spec: {
          containers: [
            { name: 'injected', image: 'proxy' },
            { name: 'web', image: 'nginx:1.27', env: [{ name: 'NEW', value: '2' }] },
          ],
        },
      },
    },
  });
});

test('what is left of a patch is shown as the server shows it', () => {
  const current = { metadata: {}, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } };
  const patch = {
    metadata: { annotations: { note: 'x' } },
    spec: {
      '$setElementOrder/containers': [{ name: 'web' }],
      containers: [{ name: 'web', prots: [{ containerPort: 80 }] }],
    },
  };
  const applied = applyPatch('Pod', current, types.strategic, patch);
  expect(applied.ok && applied.shown).toBe('map[metadata:map[annotations:map[note:x]] spec:map[]]');
});

test('a patch that is badly made is refused in words', () => {
  const pod = { spec: { containers: [{ name: 'web' }] } };
  const message = (type: keyof typeof types, patch: unknown) => {
    const applied = applyPatch('Pod', pod, types[type], patch);
    return applied.ok ? undefined : `${applied.kind}: ${applied.message}`;
  };
  expect(message('strategic', { spec: { containers: [{ image: 'x' }] } })).toBe(
    'internal: map: map[image:x] does not contain declared merge key: name',
  );
  expect(message('merge', [])).toBe(
    'bad request: error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
  );
  expect(message('json', { op: 'add' })).toBe(
    'bad request: json: cannot unmarshal object into Go value of type jsonpatch.Patch',
  );
});

test('no patch reaches what JavaScript objects share', () => {
  const patch = JSON.parse(
    '{"__proto__":{"polluted":1},"metadata":{"labels":{"__proto__":"x"}}}',
  ) as unknown;
  for (const type of ['strategic', 'merge'] as const) applyPatch('Pod', {}, types[type], patch);
  applyPatch('Pod', {}, types.json, [{ op: 'add', path: '/__proto__/polluted', value: 1 }]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
