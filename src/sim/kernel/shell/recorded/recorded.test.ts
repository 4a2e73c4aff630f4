import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packagePrograms } from '../../commands/table.ts';
import { TestMachine } from '../../testing.ts';
import type { Dialect } from '../dialect.ts';
import { sh } from '../sh.ts';

// scripts.txt holds scripts, divided by lines of dashes. What dash 0.5.12 and busybox 1.35 print for them was recorded
// by scripts/record-shells.mjs.

interface Recorded {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

const scripts = read('scripts.txt').split(/^---\n/m);

describe.each<Dialect>(['dash', 'ash'])('%s', (dialect) => {
  const recorded = JSON.parse(read(`${dialect}.json`)) as readonly Recorded[];
  const programs = {
    ...packagePrograms(dialect === 'ash' ? 'busybox' : 'workstation'),
    sh: sh(dialect),
  };
  const files = {
    'tmp/sh': { directory: true as const },
    'etc/hostname': 'box\n',
  };

  it.each(scripts.map((script, index) => [script, recorded[index]] as const))(
    'runs %s',
    (script, expected) => {
      const box = new TestMachine({ programs, files });
      const env = [
        ['PATH', '/bin'],
        ['HOME', '/root'],
      ] as const;
      const { stdout, stderr, status } = box.run(['sh', '-c', script], { env, cwd: '/tmp/sh' });
      expect({ stdout, stderr, code: status?.code }).toEqual(expected);
    },
  );
});
