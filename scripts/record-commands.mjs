// Records what the real programs print for the command lines in src/sim/kernel/commands/recorded/lines.txt. Needs busybox 1.35 and
// Debian 12's coreutils, sed, grep, diffutils, findutils and mawk; only needed when lines are added.
// Usage: node scripts/record-commands.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordedFiles, wordsOf } from '../src/sim/kernel/commands/recorded/cases.ts';

const target = new URL('../src/sim/kernel/commands/recorded/', import.meta.url);
const lines = readFileSync(new URL('lines.txt', target), 'utf8').trimEnd().split('\n');
const applets = new Set(execFileSync('busybox', ['--list'], { encoding: 'utf8' }).split('\n'));

for (const flavour of ['busybox', 'gnu']) {
  const results = {};
  for (const marked of lines) {
    // `@gnu` or `@busybox` before a line: for that flavour alone.
    const [mark] = /^@\w+ |/.exec(marked);
    if (mark !== '' && mark !== `@${flavour} `) continue;
    const line = marked.slice(mark.length);
    const { words, stdin } = wordsOf(line);
    const [name, ...rest] = words;
    if (flavour === 'busybox' && !applets.has(name)) continue;
    const folder = mkdtempSync(join(tmpdir(), 'record-'));
    const home = join(folder, 'work');
    mkdirSync(home);
    for (const [path, text] of Object.entries(recordedFiles)) writeFileSync(join(home, path), text);
    // The programs by the name that they were called with; kill and the like of the system, not of a shell.
    const argv0 = flavour === 'gnu' && name === 'awk' ? 'mawk' : name;
    const result = spawnSync(flavour === 'busybox' ? '/bin/busybox' : argv0, rest, {
      cwd: home,
      input: stdin,
      argv0: name,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C', HOME: '/root' },
      timeout: 5000,
    });
    rmSync(folder, { recursive: true });
    if (result.error) throw new Error(`${line}: ${result.error.message}`);
    results[line] = { stdout: result.stdout, stderr: shorten(result.stderr), code: result.status };
  }
  writeFileSync(new URL(`${flavour}.json`, target), `${JSON.stringify(results, undefined, 2)}\n`);
}

/** Usage texts are the programs' own words; only that there was one is kept. */
function shorten(stderr) {
  const banner = stderr.indexOf('BusyBox v');
  return banner < 0 ? stderr : `${stderr.slice(0, banner)}BusyBox usage\n`;
}
