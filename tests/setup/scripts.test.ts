import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const { scripts } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { scripts: Record<string, string> };
const commands = Object.keys(scripts).filter(
  (name) => name !== 'setup' && !(name.startsWith('pre') && name.slice(3) in scripts),
);

// A shell that has run the host's Node looks there again, past the newer one that the set-up links into
// node_modules/.bin. So the set-up runs in a shell of its own.
it.each(commands)('npm run %s is set up before it, in another shell', (name) => {
  expect(scripts[`pre${name}`]).toMatch(/^node scripts\/setup\.mjs( --browser)?$/);
  expect(scripts[name]).not.toContain('setup.mjs');
});
