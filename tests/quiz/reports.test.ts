// The two reports, as design/commands.md and other people's scripts expect them.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

function run(script: string, ...words: string[]) {
  const path = fileURLToPath(new URL(`../../scripts/${script}.ts`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...words], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('quiz-report --json lists each question with these fields', () => {
  const rows = JSON.parse(run('quiz-report', '--json').stdout) as Record<string, unknown>[];
  const fields = ['id', 'lesson', 'format', 'claims', 'misconceptions', 'proved', 'options'];
  for (const row of rows) expect(Object.keys(row)).toEqual(fields);
  expect(rows[0]).toMatchObject({ id: 'what-is-created', proved: 'simulator', claims: ['C01'] });
});

test('at most a quarter of the questions are about concepts only', () => {
  const rows = JSON.parse(run('quiz-report', '--json').stdout) as { proved: string }[];
  const concept = rows.filter(({ proved }) => proved === 'concept').length;
  expect(concept).toBeLessThanOrEqual(rows.length / 4);
});

test('claims --json knows all 55 claims, and places by lesson and id', () => {
  const claims = JSON.parse(run('claims', '--json').stdout) as Record<string, unknown>;
  const ids = Array.from({ length: 55 }, (_, at) => `C${String(at + 1).padStart(2, '0')}`);
  expect(Object.keys(claims)).toEqual(ids);
  expect(claims.C01).toEqual({
    taught: ['01-what-is-a-pod'],
    shown: expect.arrayContaining(['01-what-is-a-pod#pod-runs']),
    asked: expect.arrayContaining(['01-what-is-a-pod#what-is-created']),
  });
});

test.each(['quiz-report', 'claims'])('%s explains itself and refuses unknown flags', (script) => {
  expect(run(script, '--help')).toMatchObject({ status: 0, stderr: '' });
  const refused = run(script, '--nope');
  expect([refused.status, refused.stdout]).toEqual([1, '']);
  expect(refused.stderr).toContain("Unknown option '--nope'");
});
