// Builds the site into dist/. A stamp of all inputs beside it lets a second `npm start` skip the work.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'dist/.inputs');
const inputs = ['src', 'content', 'public', 'scripts', 'astro.config.mjs', 'package-lock.json'];

function* filesUnder(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* filesUnder(join(path, name));
}

function inputDigest(): string {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const path = join(root, input);
    if (!existsSync(path)) continue;
    for (const file of filesUnder(path)) {
      if (/\.test\.ts$/.test(file)) continue;
      hash.update(file.slice(root.length)).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** Builds the site; returns whether that worked. `onlyIfChanged` leaves a build that is up to date alone. */
export async function buildCourse({ onlyIfChanged }: { onlyIfChanged: boolean }): Promise<boolean> {
  const digest = inputDigest();
  if (onlyIfChanged && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest) {
    return true;
  }
  process.stderr.write('Building the course (some seconds)\n');
  const manifest = createRequire(import.meta.url).resolve('astro/package.json');
  const bin = (JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { astro: string } }).bin.astro;
  const { status } = spawnSync(process.execPath, [join(dirname(manifest), bin), 'build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  if (status !== 0) return false;
  writeFileSync(stampFile, digest);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await buildCourse({ onlyIfChanged: false })) ? 0 : 1;
}
