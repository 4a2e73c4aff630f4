import { describe, expect, it } from 'vitest';
import { JsonPath } from './jsonpath.ts';
import { JsonPathError } from './nodes.ts';

const data = {
  kind: 'List',
  items: [
    { metadata: { name: 'once', labels: { 'a.b/c': 'x' } }, status: { phase: 'Succeeded', n: 1 } },
    {
      metadata: { name: 'pair' },
      status: { phase: 'Running', n: 2 },
      spec: { nodeName: 'node-2' },
    },
    { metadata: { name: 'stuck' }, status: { phase: 'Pending', n: 3 } },
  ],
  nul: null,
};

function text(template: string, allowMissing = true): string {
  try {
    return new JsonPath(template, allowMissing).text(data);
  } catch (thrown) {
    if (thrown instanceof JsonPathError) return `ERROR ${thrown.message}`;
    throw thrown;
  }
}

describe('jsonpath', () => {
  it.each([
    ['{.kind}', 'List'],
    ['{.items[*].metadata.name}', 'once pair stuck'],
    [
      '{.items[0].metadata.name} {.items[-1].metadata.name} {.items[0:2].metadata.name}',
      'once stuck once pair',
    ],
    [
      '{range .items[*]}{.metadata.name}{"\\t"}{.status.phase}{"\\n"}{end}!',
      'once\tSucceeded\npair\tRunning\nstuck\tPending\n!',
    ],
    ['{.items[?(@.status.phase=="Running")].metadata.name}', 'pair'],
    ["{.items[?(@.spec.nodeName=='node-2')].metadata.name}", 'pair'],
    ['{.items[?(@.status.n>1)].metadata.name}', 'pair stuck'],
    ['{.items[?(@.spec)].metadata.name}', 'pair'],
    ['{.items[0].metadata.labels}', '{"a.b/c":"x"}'],
    ['{.items[0].metadata.labels.a\\.b/c}', 'x'],
    ["{.items[0].metadata.labels['a\\.b/c']}", 'x'],
    ["{.items[0]['metadata.name','status.phase']}", 'once Succeeded'],
    ['{..name}', 'once pair stuck'],
    ['{.nul}', 'null'],
    ['{.nope}', ''],
    ['{range .nope[*]}{.x}{end}after', 'after'],
    ['{range .items[*]}{range .nope[*]}x{end}{.status.n}{end}', '123'],
  ])('%s', (template, expected) => {
    expect(text(template)).toBe(expected);
  });

  it.each([
    ['{.status.phase', 'unclosed action'],
    ['{.a}{\\n}', "unrecognized character in action: U+005C '\\'"],
    ['{.items[9]}', 'array index out of bounds: index 9, length 3'],
    ['{.kind[0]}', 'string is not array or slice'],
    ['{end}', 'not in range, nothing to end'],
    ['{foo}', 'unrecognized identifier foo'],
    ['{.items[x]}', 'invalid array index x'],
    ['{.items[?(@.status.n=="1")]}', 'incompatible types for comparison'],
  ])('%s fails as the real client does', (template, expected) => {
    expect(text(template)).toBe(`ERROR ${expected}`);
  });

  it('names a missing key where those are not allowed', () => {
    expect(text('{.nope}', false)).toBe('ERROR nope is not found');
  });
});
