// `npm start`: builds the course when something changed since the last build, and serves it on a local address.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { preview } from 'astro';
import { buildCourse } from './build.ts';

const usage = `Usage: npm start -- [--port N] [--no-open]

Builds the course when something changed and serves it; prints the address as a line of its own.
  --port N    the first port to try (default 4321); when it is taken, the next free one is used
  --no-open   do not open the browser`;

const firstPort = 4321;
const root = fileURLToPath(new URL('..', import.meta.url));

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function readOptions(): { port: number; open: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    if (values.help === true) {
      process.stdout.write(`${usage}\n`);
      process.exit(0);
    }
    const port = values.port === undefined ? firstPort : Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      fail(`--port needs a number from 1 to 65535, not "${values.port ?? ''}"`);
    }
    return { port, open: values['no-open'] !== true };
  } catch (error) {
    fail(`${(error as Error).message}\n\n${usage}`);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, 'localhost', () => probe.close(() => resolve(true)));
  });
}

async function firstFree(port: number): Promise<number> {
  for (let candidate = port; candidate < Math.min(port + 100, 65536); candidate += 1) {
    if (await isFree(candidate)) return candidate;
  }
  fail(`no free port from ${port} on; name another with: npm start -- --port N`);
}

function openBrowser(url: string): void {
  const nobodyIsWatching = !process.stdout.isTTY || process.env['CI'] !== undefined;
  if (nobodyIsWatching) return;
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return;
  }
  const command = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  if (process.platform === 'linux' && spawnSync('which', [command]).status !== 0) return;
  spawn(command, [url], { stdio: 'ignore', detached: true }).unref();
}

const options = readOptions();
if (!(await buildCourse({ onlyIfChanged: true }))) fail('the course could not be built');
const port = await firstFree(options.port);
if (port !== options.port) {
  process.stderr.write(`Port ${options.port} is taken; using ${port}.\n`);
}
await preview({ root, server: { port, host: 'localhost' }, logLevel: 'error' });
const url = `http://localhost:${port}/`;
process.stdout.write(`\nPodlab is ready. Stop it with Ctrl-C.\n\n${url}\n`);
if (options.open) openBrowser(url);
