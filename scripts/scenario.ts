// `npm run scenario -- FILE... --out DIR`: plays scenario files in virtual time and writes what a recording holds.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readScenario } from './scenario/file.ts';
import { playScenario } from './scenario/play.ts';

const usage = `Usage: npm run scenario -- FILE... --out DIR

Plays scenario files (tests/recordings/compare/FORMAT.md) on a fresh simulated cluster each and writes
DIR/<name>/run-1/ with scenario.yaml, transcript.json, objects.jsonl, events.jsonl and meta.json.`;

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function readOptions(): { readonly files: readonly string[]; readonly out: string } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { out: { type: 'string' }, help: { type: 'boolean' } },
    });
    if (values.help === true) {
      process.stdout.write(`${usage}\n`);
      process.exit(0);
    }
    if (positionals.length === 0 || values.out === undefined) fail(usage);
    return { files: positionals, out: values.out };
  } catch (error) {
    fail(`${(error as Error).message}\n\n${usage}`);
  }
}

/** Where the recording of the same file began, if one lies beside it; else a full minute. */
function startOf(file: string): number {
  const beside = join(dirname(file), 'transcript.json');
  if (!existsSync(beside)) return Date.UTC(2026, 10, 24, 16, 0, 0);
  const { startedAt } = JSON.parse(readFileSync(beside, 'utf8')) as { startedAt: string };
  return Date.parse(startedAt);
}

const { files, out } = readOptions();
let failed = false;
for (const file of files) {
  if (!existsSync(file)) fail(`there is no file ${file}`);
  const scenario = readScenario(file);
  const { transcript, objects, events, stopped } = playScenario(scenario, startOf(file));
  const folder = join(out, scenario.name, 'run-1');
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('scenario.yaml', scenario.text);
  write('transcript.json', `${JSON.stringify(transcript, null, 1)}\n`);
  write('objects.jsonl', objects.map((line) => `${line}\n`).join(''));
  write('events.jsonl', events.map((line) => `${line}\n`).join(''));
  write(
    'meta.json',
    `${JSON.stringify({ scenario: scenario.name, run: 1, stopped: stopped ?? null })}\n`,
  );
  if (stopped !== undefined) {
    failed = true;
    process.stderr.write(`${scenario.name} stopped early: ${stopped}\n`);
  }
}
process.exitCode = failed ? 1 : 0;
