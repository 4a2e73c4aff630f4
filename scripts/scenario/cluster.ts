// The recording profile of docs: what scenario files and the corpus of bad input run on (three nodes, images present).
import { readFileSync } from 'node:fs';
import { Cluster } from '../../src/sim/cluster.ts';
import { nodeSpec } from '../../src/sim/node/spec.ts';
import type { ExplainDocs } from '../../src/kubectl/server.ts';
import { Workstation } from '../../src/workstation/workstation.ts';

export interface Stage {
  readonly cluster: Cluster;
  readonly workstation: Workstation;
  readonly namespace: string;
}

export interface StageOptions {
  readonly namespace: string;
  /** When the scenario begins, in epoch milliseconds. */
  readonly startMs: number;
  readonly files: Readonly<Record<string, string>>;
}

const seed = 20_261_124;
/** Addresses of the recorded cluster: its Pod networks are not numbered like its nodes. */
const podCidrs = ['10.244.0.0/24', '10.244.1.0/24', '10.244.3.0/24'];

let docs: ExplainDocs | undefined;

/** Field descriptions for `kubectl explain`, read once. */
export function explainDocs(): ExplainDocs {
  const file = new URL('../../src/sim/api/generated/docs.json', import.meta.url);
  docs ??= JSON.parse(readFileSync(file, 'utf8')) as ExplainDocs;
  return docs;
}

/** A fresh cluster that has been up for half an hour, with the scenario's namespace and files. */
export function recordingStage({ namespace, startMs, files }: StageOptions): Stage {
  const cluster = new Cluster({
    seed,
    startMs,
    nodes: podCidrs.map((podCidr, index) => nodeSpec(index + 1, { podCidr })),
    imagesPresent: true,
  });
  if (namespace !== 'default') {
    cluster.server.client('kubernetes-admin').create('Namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    cluster.clock.advanceTo(startMs + 2000);
  }
  const workstation = new Workstation({
    cluster,
    namespace,
    files,
    kubectl: { docs: explainDocs },
  });
  return { cluster, workstation, namespace };
}
