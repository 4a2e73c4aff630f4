// Runs every generator whose inputs have changed since the last run; a second run takes a few milliseconds.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const generated = join(here, '../../src/sim/api/generated');
const stampFile = join(generated, 'stamp.json');
const handWritten = ['encoding', 'go-types', 'lists'].map(
  (name) => `../../src/sim/api/fields/${name}.ts`,
);
/** What each generator writes, and what it reads beside the models. */
const generators = {
  'types.mjs': { output: 'types.ts', inputs: [] },
  'fields.mjs': { output: 'fields.ts', inputs: handWritten },
  'docs.mjs': { output: 'docs.json', inputs: [] },
};

const models = createRequire(import.meta.url).resolve('@kubernetes/client-node');
const modelsVersion = readFileSync(join(dirname(models), '../package.json'), 'utf8');

function fingerprint(generator, inputs) {
  const hash = createHash('sha256').update(modelsVersion);
  for (const file of ['models.mjs', generator, ...inputs])
    hash.update(readFileSync(join(here, file)));
  return hash.digest('hex');
}

const stamps = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
for (const [generator, { output, inputs }] of Object.entries(generators)) {
  const now = fingerprint(generator, inputs);
  if (stamps[generator] === now && existsSync(join(generated, output))) continue;
  await import(pathToFileURL(join(here, generator)).href);
  stamps[generator] = now;
}
mkdirSync(generated, { recursive: true });
writeFileSync(stampFile, JSON.stringify(stamps));
