// Writes sw.js, which keeps the whole built site on the reader's device. Runs last, because the
// version of the copy is a hash of every file.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

// What a reader never asks for: maps, the worker itself, hosts' settings, pictures for previews.
const LEFT_OUT = /(^|\/)(\.[^/]*|sw\.js|_headers|social\.png)$|\.map$/;
const MOST_BYTES = 8 * 1024 * 1024;

/** The address of a built file below the site's root: `versions/index.html` is `versions/`. */
export function addressOf(file) {
  return file.replace(/(^|\/)index\.html$/, '$1') || './';
}

async function filesUnder(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !LEFT_OUT.test(file))
    .sort();
}

export function offline() {
  return {
    name: 'offline',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const hash = createHash('sha256');
        const files = await filesUnder(root);
        let bytes = 0;
        for (const file of files) {
          const body = await readFile(join(root, file));
          hash.update(file).update(body);
          bytes += body.length;
        }
        if (bytes > MOST_BYTES) {
          throw new Error(
            `the offline copy has ${bytes} bytes; more than ${MOST_BYTES} is too much`,
          );
        }
        const precache = {
          version: hash.digest('hex').slice(0, 12),
          urls: files.map(addressOf),
        };
        const source = await readFile(new URL('../../src/sw/sw.ts', import.meta.url), 'utf8');
        const { code } = await transform(source, {
          loader: 'ts',
          minify: true,
          format: 'iife',
          define: { __PRECACHE__: JSON.stringify(precache) },
        });
        await writeFile(join(root, 'sw.js'), code);
        logger.info(`sw.js keeps ${files.length} files, ${Math.round(bytes / 1024)} kB`);
      },
    },
  };
}
