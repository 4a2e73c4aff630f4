// Serves dist/ as it is on a fixed port, for the browser tests.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { preview } from 'astro';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4399' } } });
await preview({
  root: fileURLToPath(new URL('..', import.meta.url)),
  server: { port: Number(values.port), host: 'localhost' },
  logLevel: 'error',
});
