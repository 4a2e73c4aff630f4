// `npm test`: everything that must hold. Prints what fails as it fails; the last line is "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const temporary = join(root, '.tmp');
const bin = (name: string): string => join(root, 'node_modules', name);

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** Where the stage's runner writes its counts; without it the stage counts as one test. */
  readonly report?: string;
  readonly count?: (report: unknown) => Count;
  readonly env?: Readonly<Record<string, string>>;
  /** Looks at the sources only; runs nothing of them. */
  readonly static?: true;
}

const usage = `Usage: npm test | npm run test:long | npm run check

  --long         full counts of what is otherwise a fixed sample
  --static       only format, lint, dependency rule and types (npm run check)
  --only NAME    only the stages whose name contains NAME`;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        long: { type: 'boolean' },
        static: { type: 'boolean' },
        only: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}\n`);
    process.exit(2);
  }
}

const values = readOptions();
if (values.help === true) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const long = values.long === true ? { PODLAB_TEST_LONG: '1' } : {};

/** A port that nobody listens on: another run of the tests, or a left-over server, must not disturb this one. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const vitestCount = (report: unknown): Count => {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = report as Record<string, number>;
  const brokenFiles = (numFailedTests ?? 0) === 0 ? (numFailedTestSuites ?? 0) : 0;
  return { passed: numPassedTests ?? 0, failed: (numFailedTests ?? 0) + brokenFiles };
};

const playwrightCount = (report: unknown): Count => {
  const { stats, errors } = report as {
    stats: { expected: number; unexpected: number; flaky: number };
    errors: unknown[];
  };
  const failed = stats.unexpected + stats.flaky;
  return { passed: stats.expected, failed: failed === 0 ? errors.length : failed };
};

const vitestReport = join(temporary, 'vitest.json');
const playwrightReport = join(temporary, 'playwright.json');
const stages: readonly Stage[] = [
  {
    name: 'format',
    static: true,
    command: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
  },
  { name: 'lint', static: true, command: [bin('eslint/bin/eslint.js'), '--max-warnings=0', '.'] },
  {
    name: 'dependency rule',
    static: true,
    command: [
      bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config=.dependency-cruiser.mjs',
      'src',
    ],
  },
  {
    name: 'types of the pure rooms',
    static: true,
    command: [bin('typescript/bin/tsc'), '-p', 'src/tsconfig.pure.json'],
  },
  {
    name: 'types',
    static: true,
    command: [bin('astro/bin/astro.mjs'), 'check', '--minimumFailingSeverity=error'],
  },
  {
    name: 'unit, lesson and parity tests',
    command: [
      bin('vitest/vitest.mjs'),
      'run',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile=${vitestReport}`,
    ],
    report: vitestReport,
    count: vitestCount,
    env: long,
  },
  { name: 'build', command: ['scripts/build.ts'] },
  {
    name: 'browser tests',
    command: [bin('playwright/cli.js'), 'test', '--reporter=line,json'],
    report: playwrightReport,
    count: playwrightCount,
    env: {
      PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
      PODLAB_TEST_PORT: String(await freePort()),
      ...long,
    },
  },
];

function run(stage: Stage): Count {
  process.stdout.write(`\n== ${stage.name}\n`);
  if (stage.report !== undefined) rmSync(stage.report, { force: true });
  const { status } = spawnSync(process.execPath, stage.command, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...stage.env },
  });
  const asOne = status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (stage.report === undefined || stage.count === undefined) return asOne;
  try {
    const counted = stage.count(JSON.parse(readFileSync(stage.report, 'utf8')));
    return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
  } catch {
    return { passed: 0, failed: 1 };
  }
}

mkdirSync(temporary, { recursive: true });
let passed = 0;
let failed = 0;
const broken: string[] = [];
for (const stage of stages) {
  if (values.static === true && stage.static !== true) continue;
  if (values.only !== undefined && !stage.name.includes(values.only)) continue;
  const began = performance.now();
  const count = run(stage);
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(`   ${count.passed} passed, ${count.failed} failed, ${seconds} s\n`);
  if (count.failed > 0) broken.push(stage.name);
  passed += count.passed;
  failed += count.failed;
}
if (broken.length > 0) process.stdout.write(`\nFailed: ${broken.join(', ')}\n`);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
