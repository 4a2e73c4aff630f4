import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { placeOf, readManifest } from './yaml-in.ts';

interface Answer {
  readonly text: string;
  readonly error?: string;
  /** Absent where kubectl stopped at a document that is no object of the API. */
  readonly documents?: readonly unknown[];
}
// Made with kubectl v1.33.1: `kubectl label --local -f FILE zz=1 -o json`, without the label.
const answers = JSON.parse(
  readFileSync(new URL('../../../tests/yaml/kubectl-answers.json', import.meta.url), 'utf8'),
) as readonly Answer[];

test('reads what kubectl reads, and refuses the rest in its words', () => {
  for (const { text, error, documents } of answers) {
    const manifest = readManifest(text);
    expect({ text, error: manifest.error?.message }).toEqual({ text, error });
    if (documents === undefined) continue;
    const values = manifest.documents.map(({ value }) => value);
    expect({ text, values }).toEqual({ text, values: documents });
  }
  expect(answers.length).toBeGreaterThan(200);
});

test('refuses the unreadable manifests of the corpus as kubectl did', () => {
  const folder = new URL('../../../tests/recordings/data/', import.meta.url);
  const { results } = JSON.parse(readFileSync(new URL('invalid.json', folder), 'utf8')) as {
    results: { file: string; run: string; stderr: string }[];
  };
  for (const file of readdirSync(new URL('invalid/', folder))) {
    const recorded = results.find((result) => result.file === file);
    if (recorded?.run !== `kubectl create -f ${file}`) continue;
    const said = /error parsing \S+: (.*)\n/.exec(recorded.stderr)?.[1];
    const text = readFileSync(new URL(`invalid/${file}`, folder), 'utf8');
    expect({ file, error: readManifest(text).error?.message }).toEqual({ file, error: said });
  }
});

test('marks the true place of a mistake, where kubectl names the line before', () => {
  expect(readManifest('kind: Pod\nmetadata:\n  name: web\n labels: {}\n').error).toEqual({
    message: 'error converting YAML to JSON: yaml: line 3: did not find expected key',
    line: 4,
    column: 2,
  });
  const second = 'kind: Pod\n---\n# two\nkind: Pod\nmetadata:\n\tname: web\n';
  expect(readManifest(second).error).toEqual({
    message:
      'error converting YAML to JSON: yaml: line 4: found character that cannot start any token',
    line: 6,
    column: 1,
  });
});

test('finds the place of a field in its document, or of what surrounds it', () => {
  const text =
    'kind: A\n---\nkind: B\nmetadata:\n  labels: {app.kubernetes.io/name: x, app: y}\nspec:\n  list:\n  - a: 1\n  - b: {c: 2}\n';
  const document = readManifest(text).documents[1];
  const place = (path: string) => {
    const found = document && placeOf(document, path);
    return found && `${found.line}:${found.column}${found.exact ? '' : ' around'}`;
  };
  expect(place('spec.list[1].b.c')).toBe('9:9');
  expect(place('spec.list[0]')).toBe('8:5');
  expect(place('metadata.labels.app.kubernetes.io/name')).toBe('5:12');
  expect(place('metadata.labels[app]')).toBe('5:39');
  expect(place('spec.list[1].b.missing')).toBe('9:5 around');
  expect(place('')).toBe('3:1');
});

test('keys come sorted, also where JavaScript would order them otherwise or treat them specially', () => {
  const { documents } = readManifest('b: 1\n__proto__: {x: 1}\na: 2\n"é": 3\n');
  expect(JSON.stringify(documents[0]?.value)).toBe('{"__proto__":{"x":1},"a":2,"b":1,"é":3}');
  const { documents: json } = readManifest('{"b":{"__proto__":1,"a":2},"a":1}');
  expect(JSON.stringify(json[0]?.value)).toBe('{"a":1,"b":{"__proto__":1,"a":2}}');
});

test('what is too large, too deep or repeats itself without end is refused with a message', () => {
  expect(readManifest(`a: ${'x'.repeat(300_000)}`).error?.message).toBe(
    'the file has 300003 bytes; this simulator reads manifests of up to 262144 bytes',
  );
  expect(readManifest('['.repeat(20_000)).error?.message).toBe(
    'error converting YAML to JSON: yaml: line 1: exceeded max depth of 100',
  );
  expect(readManifest(`{"a":${'['.repeat(20_000)}`).error?.message).toContain('exceeded max depth');
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x,x]',
    ...Array.from({ length: 8 }, (_, level) => {
      const [name, from] = [`n${level}`, level === 0 ? 'a' : `n${level - 1}`];
      return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${from}`).join(',')}]`;
    }),
  ].join('\n');
  expect(readManifest(bomb).error?.message).toBe(
    'error converting YAML to JSON: yaml: document contains excessive aliasing',
  );
});
