import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { AnyStored } from '../../apiserver/store/entry.ts';
import { withGeneratedSelector } from '../../apiserver/registry/job-strategy.ts';
import { applyDefaults } from '../defaults/defaults.ts';
import type { Kind, KubeObject } from '../objects.ts';
import { invalidStatus } from '../messages.ts';
import { validateCreate } from './validate.ts';

interface Recorded {
  readonly file: string;
  readonly run: string;
  readonly stderr: string;
}

const folder = new URL('../../../../tests/recordings/data/', import.meta.url);
const { results } = JSON.parse(readFileSync(new URL('invalid.json', folder), 'utf8')) as {
  results: Recorded[];
};

/** The manifests that the real server called invalid, and its words as kubectl prints them. */
const cases = results.filter(
  ({ run, stderr, file }) =>
    run.startsWith('kubectl create -f') &&
    /^The \w+ ".*" is invalid: /.test(stderr) &&
    // The server's own allocation of ports and lists and updates belong to its tests.
    !/allocated|range of valid ports/.test(stderr) &&
    !/^(013|018|167)/.test(file),
);

/** kubectl's form of a Status with reason Invalid. */
function printed(kind: string, group: string, name: string, object: KubeObject): string {
  const { details } = invalidStatus(kind, group, name, validateCreate(kind as Kind, object));
  const lines = (details?.causes ?? []).map(({ field, message }) => `${field}: ${message}`);
  const list = lines.length === 1 ? lines[0] : `\n${lines.map((line) => `* ${line}`).join('\n')}`;
  return `The ${kind} "${name}" is invalid: ${list}\n`;
}

describe('validation', () => {
  it('has enough of the corpus to be worth something', () => {
    expect(cases.length).toBeGreaterThan(45);
  });

  it.each(cases)('says of $file what the real server said', ({ file, stderr }) => {
    const given = load(readFileSync(new URL(`invalid/${file}`, folder), 'utf8')) as KubeObject;
    const metadata = { namespace: 'rec-invalid', uid: 'u-1', ...given.metadata };
    const filled = applyDefaults(given.kind as Kind, { ...given, metadata });
    const isJob = given.kind === 'Job';
    const object = isJob ? withGeneratedSelector(filled as AnyStored) : filled;
    expect(printed(given.kind ?? '', '', given.metadata?.name ?? '', object)).toBe(stderr);
  });
});
