import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCompactJson, toJson } from './json-out.ts';
import { readManifest } from './yaml-in.ts';
import { toYaml } from './yaml-out.ts';

// Printed by kubectl v1.33.1: `kubectl label --local -f FILE zz=1 -o yaml` and `-o json`.
const printed = JSON.parse(
  readFileSync(new URL('../../../tests/yaml/kubectl-prints.json', import.meta.url), 'utf8'),
) as readonly { object: unknown; yaml: string; json: string }[];

test('prints YAML byte for byte as kubectl does', () => {
  for (const { object, yaml } of printed) expect(toYaml(object)).toBe(yaml);
});

test('prints JSON byte for byte as kubectl does', () => {
  for (const { object, json } of printed) expect(toJson(object)).toBe(json);
});

test('writes JSON on one line with sorted keys, as annotations keep it', () => {
  expect(toCompactJson({ b: [1, {}, []], a: { d: 'x<y>&z', c: null }, e: undefined })).toBe(
    '{"a":{"c":null,"d":"x\\u003cy\\u003e\\u0026z"},"b":[1,{},[]]}',
  );
});

test('what is printed is read back as it was', () => {
  const text = fc.string({ unit: fc.constantFrom(...' \n\t:-#"\'\\ab01.yesno~{}[]&*!|>%@`,?é') });
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(text, tie('any'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).any;
  fc.assert(
    fc.property(fc.dictionary(text, value, { minKeys: 1, noNullPrototype: true }), (object) => {
      const { documents, error } = readManifest(toYaml(object));
      expect(error).toBeUndefined();
      expect(documents[0]?.value).toEqual(object);
      expect(readManifest(toJson(object)).documents[0]?.value).toEqual(object);
    }),
    { seed: 1, numRuns: 300 },
  );
});
