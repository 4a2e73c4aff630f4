import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TestMachine } from '../../testing.ts';
import type { Flavour } from '../base/command.ts';
import { sh } from '../../shell/sh.ts';
import { packagePrograms } from '../table.ts';
import { recordedFiles, wordsOf } from './cases.ts';

interface Recorded {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

function recordingsOf(flavour: Flavour): readonly (readonly [string, Recorded])[] {
  const file = new URL(`${flavour}.json`, import.meta.url);
  return Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Recorded>);
}

const files = Object.fromEntries(
  Object.entries(recordedFiles).map(([name, text]) => [`work/${name}`, text]),
);

describe.each<Flavour>(['busybox', 'gnu'])('the commands of %s', (flavour) => {
  const programs = {
    ...packagePrograms(flavour === 'gnu' ? 'workstation' : 'busybox'),
    sh: sh(flavour === 'gnu' ? 'dash' : 'ash'),
  };

  it.each(recordingsOf(flavour))('%s', (line, recorded) => {
    const box = new TestMachine({ programs, files });
    const { words, stdin } = wordsOf(line);
    const { stdout, stderr, status } = box.run(words, { stdin, cwd: '/work' });
    const shown = stderr.replace(/BusyBox v[^]*/, 'BusyBox usage\n');
    expect({ stdout, stderr: shown, code: status?.code }).toEqual(recorded);
  });
});
