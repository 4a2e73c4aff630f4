import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackRecordings } from '../../scripts/recordings/archive.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const player = fileURLToPath(new URL('../../scripts/scenario.ts', import.meta.url));

/** Recorded scenarios in which the simulated cluster is told apart from the real one by nothing but chance. */
const same = [
  'pod-01-run-get-describe-delete',
  'pod-02-apply-defaulted-pod',
  'pod-04-two-containers-one-machine',
  'pod-06-port-conflict',
  'pod-08-shared-volume-and-restart',
];

interface Verdicts {
  readonly results: readonly {
    readonly verdict: string;
    readonly differences: readonly unknown[];
  }[];
}

describe('the simulated cluster beside recordings of a real one', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'podlab-recordings-'));
  const real = join(folder, 'real');
  const simulated = join(folder, 'simulated');
  beforeAll(() => unpackRecordings(join(here, 'data', 'scenarios'), real, same));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(same)('%s', (name) => {
    const scenario = join(real, name, 'run-1', 'scenario.yaml');
    execFileSync(process.execPath, [player, scenario, '--out', simulated]);
    const judge = join(here, 'compare', 'compare.mjs');
    const args = [judge, real, simulated, '--json', '--only', name];
    const { results } = JSON.parse(execFileSync(process.execPath, args).toString()) as Verdicts;
    expect(results).toMatchObject([{ verdict: 'SAME', differences: [] }]);
  });
});
