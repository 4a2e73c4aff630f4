// Finds the Chromium that the browser tests use; with --install also installs one where there is none.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a Chromium or Chrome: CHROMIUM_PATH, Playwright's own, or the system's; undefined when there is none. */
export function findChromium() {
  return [process.env.CHROMIUM_PATH, chromium.executablePath(), ...places].find(
    (path) => path && existsSync(path),
  );
}

/** How the tests start Chromium: closed off from the network, without a GPU, and as root without a sandbox. */
export const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function run(command, args, env = {}) {
  const options = { stdio: 'inherit', env: { ...process.env, ...env } };
  return spawnSync(command, args, options).status === 0;
}

// Ubuntu's package is a stub for a snap that does not run without a session, so apt serves Debian only.
const isDebian = () =>
  existsSync('/etc/debian_version') && !/^ID=ubuntu/m.test(readFileSync('/etc/os-release', 'utf8'));

function install() {
  process.stderr.write('setup: no Chromium found, installing one for the browser tests\n');
  if (isDebian() && process.getuid?.() === 0) {
    return (
      run('apt-get', ['update', '-qq']) &&
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
        DEBIAN_FRONTEND: 'noninteractive',
      })
    );
  }
  const cli = createRequire(import.meta.url).resolve('playwright/cli.js');
  return run(process.execPath, [cli, 'install', '--with-deps', 'chromium']);
}

if (process.argv.includes('--install') && findChromium() === undefined) {
  if (!install() || findChromium() === undefined) {
    process.stderr.write(
      'setup: the browser tests need Chromium and none could be installed (the reason is above).\n' +
        '  Install Chromium or Chrome and run the same command again, or set CHROMIUM_PATH to one.\n',
    );
    process.exit(1);
  }
}
