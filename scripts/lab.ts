// `npm run lab`: the workstation's shell in one's own terminal, without a browser.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { load } from 'js-yaml';
import { LabSession } from '../src/lab/session.ts';
import { labSchema, type LabFile } from '../src/lab/schema.ts';
import { explainDocs } from './scenario/cluster.ts';
import { runLine } from './scenario/play.ts';

const usage = `Usage: npm run lab -- [--lesson SLUG] [--nodes N] [--seed N] [--files DIR] [--script FILE]

The workstation's shell of a simulated cluster. Without a lesson it is empty, with N nodes (default 3).
  --lesson SLUG  the lab of a lesson, such as 01-what-is-a-pod
  --nodes N      how many nodes (1 to 9)
  --seed N       another cluster of the same kind
  --files DIR    files for the home folder
  --script FILE  runs a command line per line and prints one JSON object per line:
                 {"line", "stdout", "stderr", "exitCode", "atMs", "ms"}, times in virtual milliseconds
Left out here: --metrics (the lab has no metrics server yet).`;

const lessons = fileURLToPath(new URL('../content/lessons/en/', import.meta.url));
/** How far one line may run before the prompt comes back anyway: an hour. */
const longestLineMs = 3_600_000;

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        lesson: { type: 'string' },
        nodes: { type: 'string' },
        seed: { type: 'string' },
        files: { type: 'string' },
        script: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    fail(`${(error as Error).message}\n\n${usage}`);
  }
}

function whole(text: string | undefined, otherwise: number, name: string, most: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > most) {
    fail(`--${name} needs a whole number up to ${most}, not "${text}"`);
  }
  return value;
}

function filesIn(folder: string): Record<string, string> {
  try {
    const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    return Object.fromEntries(
      names.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]),
    );
  } catch {
    fail(`there is no folder ${folder}`);
  }
}

function readLesson(slug: string): { file: LabFile; files: Record<string, string> } {
  let text: string;
  try {
    text = readFileSync(join(lessons, slug, 'lab.yaml'), 'utf8');
  } catch {
    fail(`there is no lesson "${slug}"; there are ${readdirSync(lessons).join(', ')}`);
  }
  return { file: labSchema.parse(load(text)), files: filesIn(join(lessons, slug, 'manifests')) };
}

/** A lab without goals, for whoever wants the cluster alone. */
function emptyLab(nodes: number): LabFile {
  return {
    title: 'An empty cluster',
    seed: 1,
    nodes,
    addons: [],
    start: [],
    goals: [],
    predictions: [],
    solution: [],
    routes: [],
    words: [],
  };
}

const options = readOptions();
if (options.help === true) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const nodes = whole(options.nodes, 3, 'nodes', 9);
if (nodes === 0) fail('--nodes needs at least 1');
const lesson = options.lesson;
const { file, files } =
  lesson === undefined ? { file: emptyLab(nodes), files: {} } : readLesson(lesson);
const session = new LabSession({
  definition: {
    lesson: lesson ?? 'empty',
    file,
    files: { ...files, ...(options.files === undefined ? {} : filesIn(options.files)) },
  },
  seed: whole(options.seed, file.seed, 'seed', 2_147_483_647),
  docs: explainDocs,
});

function runScript(path: string): void {
  const { cluster, workstation } = session;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    fail(`there is no file ${path}`);
  }
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const atMs = session.nowMs - session.startMs;
    const result = runLine({ cluster, workstation, namespace: 'default' }, line);
    const { stdout, stderr, exit, ms } = result;
    process.stdout.write(`${JSON.stringify({ line, stdout, stderr, exitCode: exit, atMs, ms })}\n`);
  }
}

function showChunks(): void {
  for (const chunk of session.drain()) {
    if (chunk.kind === 'output') process.stdout.write(chunk.text);
    if (chunk.kind === 'closed') process.exit(0);
  }
}

/** A line at a time; between lines the cluster's clock stands still. */
function interact(): void {
  showChunks();
  const reader = createInterface({ input: process.stdin, terminal: false });
  reader.on('line', (text) => {
    session.act({ do: 'line', terminal: 0, text });
    const untilMs = session.nowMs + longestLineMs;
    while (session.nowMs < untilMs && !session.advanceUntilSettled(session.nowMs + 1000))
      showChunks();
    showChunks();
  });
  reader.on('close', () => process.exit(0));
  process.on('SIGINT', () => {
    session.act({ do: 'keys', terminal: 0, keys: 'ctrl-c' });
    session.advanceUntilSettled(session.nowMs + 1000);
    showChunks();
  });
}

if (options.script === undefined) interact();
else runScript(options.script);
