// `npm run cluster`: the simulated cluster as a Kubernetes API on loopback, for the real kubectl and other clients.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serveCluster, writeKubeconfig } from '../src/http/serve-cluster.ts';
import { Cluster } from '../src/sim/cluster.ts';
import { nodeSpec } from '../src/sim/node/spec.ts';

const usage = `Usage: npm run cluster -- [--nodes N] [--port N] [--speed X] [--seed N] [--kubeconfig FILE]

Serves an empty simulated cluster as a Kubernetes API on 127.0.0.1 and prints the path of a kubeconfig for it.
  --nodes N          how many nodes (1 to 9, default 3)
  --port N           the port (default: a free one)
  --speed X          virtual seconds per second (default 1; 0 stands still)
  --seed N           another cluster of the same kind
  --kubeconfig FILE  where to write the kubeconfig (default: a new folder for temporary files)

Time and faults, as JSON: GET or POST /lab/clock {"speed"|"advanceMs"|"jump"}, GET or POST /lab/faults
{"fault", "node"}, POST /lab/reset.
Left out here: --lesson and --metrics.`;

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function number(text: string | undefined, otherwise: number, name: string, most: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isFinite(value) || value < 0 || value > most) {
    fail(`--${name} needs a number up to ${most}, not "${text ?? ''}"`);
  }
  return value;
}

function readOptions() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      options: {
        nodes: text,
        port: text,
        speed: text,
        seed: text,
        kubeconfig: text,
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    fail(`${(error as Error).message}\n\n${usage}`);
  }
}

const values = readOptions();
if (values.help === true) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const nodes = Math.max(1, Math.floor(number(values.nodes, 3, 'nodes', 9)));
const seed = Math.floor(number(values.seed, 1, 'seed', 2 ** 31));
const served = await serveCluster({
  port: Math.floor(number(values.port, 0, 'port', 65_535)),
  speed: number(values.speed, 1, 'speed', 1000),
  makeCluster: () =>
    new Cluster({
      seed,
      startMs: Date.now(),
      nodes: Array.from({ length: nodes }, (_, index) => nodeSpec(index + 1)),
      imagesPresent: true,
    }),
});
const file = values.kubeconfig ?? join(mkdtempSync(join(tmpdir(), 'podlab-')), 'kubeconfig');
writeKubeconfig(file, served.url);
process.stdout.write(`${file}\n`);
