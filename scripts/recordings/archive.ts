// Recordings of a real cluster as the project keeps them: one gzipped JSON file per scenario instead of folders of raw files.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const parts = ['scenario.yaml', 'transcript.json', 'objects.jsonl', 'events.jsonl'] as const;

/** Per run (`run-1` ...) the text of each raw file. */
type Runs = Record<string, Record<(typeof parts)[number], string>>;

/** Packs each `<name>/run-n/` below a folder into `<name>.json.gz`. Returns the bytes written. */
export function packRecordings(from: string, to: string): number {
  mkdirSync(to, { recursive: true });
  let bytes = 0;
  for (const name of readdirSync(from).sort()) {
    const runs: Runs = {};
    for (const run of readdirSync(join(from, name)).sort()) {
      const read = (part: string) => readFileSync(join(from, name, run, part), 'utf8');
      runs[run] = Object.fromEntries(parts.map((part) => [part, read(part)])) as Runs[string];
    }
    const packed = gzipSync(JSON.stringify(runs), { level: 9 });
    writeFileSync(join(to, `${name}.json.gz`), packed);
    bytes += packed.length;
  }
  return bytes;
}

/** Lays packed recordings out as folders again; all of them, or the named ones. Returns the names. */
export function unpackRecordings(from: string, to: string, only?: readonly string[]): string[] {
  const names = readdirSync(from)
    .map((file) => file.replace(/\.json\.gz$/, ''))
    .filter((name) => only === undefined || only.includes(name))
    .sort();
  for (const name of names) {
    const runs = JSON.parse(
      gunzipSync(readFileSync(join(from, `${name}.json.gz`))).toString(),
    ) as Runs;
    for (const [run, files] of Object.entries(runs)) {
      const folder = join(to, name, run);
      mkdirSync(folder, { recursive: true });
      for (const part of parts) writeFileSync(join(folder, part), files[part]);
    }
  }
  return names;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [from, to] = process.argv.slice(2);
  if (from === undefined || to === undefined) {
    process.stderr.write(
      'Usage: node scripts/recordings/archive.ts RECORDINGS-FOLDER PACKED-FOLDER\n',
    );
    process.exit(2);
  }
  process.stdout.write(`${packRecordings(from, to)} bytes in ${to}\n`);
}
