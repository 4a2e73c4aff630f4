// Every distinct state of every object that the real cluster showed, for tests that hold a rule against all of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { KubeObject } from '../../src/sim/api/objects.ts';

const folder = fileURLToPath(new URL('./data/scenarios/', import.meta.url));

export interface RecordedObject {
  readonly scenario: string;
  readonly type: string;
  readonly object: KubeObject;
}

/** Objects of the first run of each scenario, in the order in which they were seen. */
export function* recordedObjects(): Generator<RecordedObject> {
  for (const file of readdirSync(folder).sort()) {
    const scenario = file.replace('.json.gz', '');
    const runs = JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString()) as Record<
      string,
      Record<string, string>
    >;
    const lines = (runs['run-1']?.['objects.jsonl'] ?? '').split('\n').filter(Boolean);
    for (const line of lines) {
      const { type, object } = JSON.parse(line) as { type: string; object: KubeObject };
      yield { scenario, type, object };
    }
  }
}
