import { describe, expect, it } from 'vitest';
import { applyDefaults } from '../../src/sim/api/defaults/defaults.ts';
import { decode, normaliseObject } from '../../src/sim/api/decode.ts';
import type { ManagedFieldsEntry } from '../../src/sim/api/generated/types.ts';
import type { Kind, KubeObject } from '../../src/sim/api/objects.ts';
import type { Writer } from '../../src/sim/apiserver/managed-fields/managers.ts';
import { managersAfterUpdate } from '../../src/sim/apiserver/managed-fields/managers.ts';
import type { RecordedObject } from './recorded-objects.ts';
import { recordedObjects } from './recorded-objects.ts';

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';
const recorded: readonly RecordedObject[] = [...recordedObjects()];
const managersOf = (object: KubeObject): readonly ManagedFieldsEntry[] =>
  object.metadata?.managedFields ?? [];

function writerOf(entry: ManagedFieldsEntry): Writer {
  return {
    manager: entry.manager ?? '',
    operation: 'Update',
    subresource: entry.subresource ?? '',
    now: entry.time ?? '',
  };
}

describe('managers of recorded objects', () => {
  it('are those of every object that kubectl apply created', () => {
    let checked = 0;
    const seen = new Set<string>();
    for (const { type, object } of recorded) {
      const uid = object.metadata?.uid ?? '';
      const text = object.metadata?.annotations?.[annotation];
      const isFirst = !seen.has(uid);
      seen.add(uid);
      const [entry, ...others] = managersOf(object);
      // DaemonSets carry an annotation of the server's own that the file does not have.
      if (type !== 'ADDED' || !isFirst || text === undefined || object.kind === 'DaemonSet')
        continue;
      if (entry?.manager !== 'kubectl-client-side-apply' || others.length > 0) continue;
      const file = JSON.parse(text) as KubeObject;
      const annotations = { ...file.metadata?.annotations, [annotation]: text };
      const kind = object.kind as Kind;
      const decoded = decode(kind, { ...file, metadata: { ...file.metadata, annotations } });
      if (!decoded.ok) throw new Error(decoded.message);
      const next = normaliseObject(kind, applyDefaults(kind, decoded.object));
      expect(managersAfterUpdate(kind, undefined, next, writerOf(entry))).toEqual([entry]);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(200);
  });

  it('change as recorded from one state of an object to the next', () => {
    const last = new Map<string, KubeObject>();
    const wrong: string[] = [];
    let checked = 0;
    for (const { type, object, scenario } of recorded) {
      const uid = object.metadata?.uid ?? '';
      const before = last.get(uid);
      last.set(uid, object);
      if (type !== 'MODIFIED' || before === undefined) continue;
      const writer = soleWriter(managersOf(before), managersOf(object));
      if (writer === undefined) continue;
      const own = managersAfterUpdate(object.kind as Kind, before, object, writer);
      checked += 1;
      if (JSON.stringify(sorted(own)) === JSON.stringify(sorted(managersOf(object)))) continue;
      wrong.push(`${scenario} ${object.kind ?? ''} ${writer.manager} ${writer.subresource}`);
    }
    expect(checked).toBeGreaterThan(3000);
    // The server changed these once more after it had noted the managers, or two writes came as one event.
    expect(wrong).toEqual([
      'cluster-17-statefulset-parallel StatefulSet kubectl-client-side-apply ',
      'cluster-20-daemonset DaemonSet kubectl-set ',
      'cluster-20-daemonset DaemonSet kubectl-patch ',
      'cluster-32-service-kinds Service kubectl-patch ',
      'cluster-34-terminating-endpoints Deployment kubectl-client-side-apply ',
      'pod-44-resize-in-place Pod kubectl-patch resize',
    ]);
  });
});

/** The one entry that the write renewed, or undefined when it cannot be told. */
function soleWriter(
  before: readonly ManagedFieldsEntry[],
  after: readonly ManagedFieldsEntry[],
): Writer | undefined {
  const known = new Set(before.map((entry) => JSON.stringify(entry)));
  const changed = after.filter((entry) => !known.has(JSON.stringify(entry)));
  const identity = (entry: ManagedFieldsEntry): string =>
    JSON.stringify({ ...entry, fieldsV1: undefined });
  const renewed = changed.filter(
    (entry) => !before.some((earlier) => identity(earlier) === identity(entry)),
  );
  const candidates = renewed.length === 1 ? renewed : changed;
  const [entry] = candidates;
  return entry === undefined || candidates.length > 1 ? undefined : writerOf(entry);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
