// Who manages which fields of an object: `metadata.managedFields` on every write
// (apimachinery/pkg/util/managedfields, structured-merge-diff/merge Updater.Update).
import type { ManagedFieldsEntry } from '../../api/generated/types.ts';
import { normaliseObject } from '../../api/decode.ts';
import { resourceOf, typeOfKind } from '../../api/kinds.ts';
import type { Kind, KubeObject } from '../../api/objects.ts';
import { parseTime } from '../../runtime/time.ts';
import type { Comparison } from './compare.ts';
import { compare } from './compare.ts';
import type { FieldSet } from './field-set.ts';
import { difference, intersection, isEmptySet, union, without } from './field-set.ts';
import type { Json } from './typed.ts';
import { rootPlace } from './typed.ts';

export interface Writer {
  readonly manager: string;
  readonly operation: 'Update' | 'Apply';
  /** '' for the object itself. */
  readonly subresource: string;
  /** metav1.Time of the write; '' for writes of a Scale, which carry none. */
  readonly now: string;
}

/** Fields that nobody manages (managedfields/internal/stripmeta.go). */
const unmanaged = [
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata', 'f:name'],
  ['f:metadata', 'f:namespace'],
  ['f:metadata', 'f:creationTimestamp'],
  ['f:metadata', 'f:deletionTimestamp'],
  ['f:metadata', 'f:deletionGracePeriodSeconds'],
  ['f:metadata', 'f:selfLink'],
  ['f:metadata', 'f:uid'],
  ['f:metadata', 'f:generation'],
  ['f:metadata', 'f:managedFields'],
  ['f:metadata', 'f:resourceVersion'],
] as const;

/** How many Update entries an object keeps; older ones are folded into one (capmanagers.go). */
const maxUpdateManagers = 10;
const foldedManager = 'ancient-changes';

const emptyObjects = new Map<Kind, Json>();

/** An object of a kind as Go encodes an empty one: what every new object is compared with. */
export function emptyObject(kind: Kind): Json {
  let empty = emptyObjects.get(kind);
  if (empty === undefined) {
    empty = normaliseObject<KubeObject>(kind, {}) as Json;
    emptyObjects.set(kind, empty);
  }
  return empty;
}

/** What a write can own: the status subresource no spec, every other write no status (GetResetFields). */
export function ownable(set: FieldSet, kind: Kind, subresource: string): FieldSet {
  if (subresource === 'status') return without(set, [...unmanaged, ['f:spec']]);
  const hasStatus = emptyObject(kind).status !== undefined;
  return without(set, hasStatus ? [...unmanaged, ['f:status']] : unmanaged);
}

/**
 * The managers after a write: the writer gains what it added and changed, everybody loses what others changed and what
 * is gone.
 * @param old the state before, or undefined for a new object
 */
export function managersAfterUpdate(
  kind: Kind,
  old: KubeObject | undefined,
  next: KubeObject,
  writer: Writer,
): readonly ManagedFieldsEntry[] {
  const changes = compareObjects(kind, old, next);
  const before = old?.metadata?.managedFields ?? [];
  const changed = union(changes.added, changes.modified);
  const gained = ownable(changed, kind, writer.subresource);
  const kept = before.flatMap((entry) => withoutLost(entry, changed, changes.removed));
  if (isEmptySet(gained)) return sameOr(before, kept);
  return foldOld(sortEntries(addTo(kept, kind, writer, gained)));
}

export function compareObjects(
  kind: Kind,
  old: KubeObject | undefined,
  next: KubeObject,
): Comparison {
  const place = rootPlace(typeOfKind(kind));
  return compare(place, (old as Json | undefined) ?? emptyObject(kind), next as Json);
}

const fieldsOf = (entry: ManagedFieldsEntry): FieldSet => (entry.fieldsV1 ?? {}) as FieldSet;

/** An entry less what the write took or removed; no entry when nothing is left. */
export function withoutLost(
  entry: ManagedFieldsEntry,
  changed: FieldSet,
  removed: FieldSet,
): readonly ManagedFieldsEntry[] {
  const fields = fieldsOf(entry);
  const taken = intersection(fields, changed);
  const gone = intersection(fields, removed);
  if (isEmptySet(taken) && isEmptySet(gone)) return [entry];
  const left = difference(difference(fields, taken), gone);
  return isEmptySet(left) ? [] : [{ ...entry, fieldsV1: left as object }];
}

/** Keeps the list itself when no entry changed. */
function sameOr(
  before: readonly ManagedFieldsEntry[],
  kept: readonly ManagedFieldsEntry[],
): readonly ManagedFieldsEntry[] {
  const isSame = before.length === kept.length && before.every((entry, i) => entry === kept[i]);
  return isSame ? before : kept;
}

/** Whether an entry is the writer's own: an applier is known by its name, an updater also by the version. */
export function isOwn(entry: ManagedFieldsEntry, apiVersion: string, writer: Writer): boolean {
  return (
    entry.manager === writer.manager &&
    entry.operation === writer.operation &&
    (entry.subresource ?? '') === writer.subresource &&
    (writer.operation === 'Apply' || entry.apiVersion === apiVersion)
  );
}

function addTo(
  entries: readonly ManagedFieldsEntry[],
  kind: Kind,
  writer: Writer,
  gained: FieldSet,
): readonly ManagedFieldsEntry[] {
  const { apiVersion } = resourceOf(kind);
  const own = entries.find((entry) => isOwn(entry, apiVersion, writer));
  const fields = own === undefined ? gained : union(fieldsOf(own), gained);
  return [...entries.filter((entry) => entry !== own), makeEntry(apiVersion, writer, fields)];
}

export function makeEntry(
  apiVersion: string,
  { manager, operation, subresource, now }: Writer,
  fields: FieldSet,
): ManagedFieldsEntry {
  return {
    apiVersion,
    fieldsType: 'FieldsV1',
    fieldsV1: fields as object,
    manager,
    operation,
    ...(subresource === '' ? {} : { subresource }),
    ...(now === '' ? {} : { time: now }),
  };
}

const rank = (entry: ManagedFieldsEntry): readonly string[] => [
  entry.operation ?? '',
  String(parseTime(entry.time ?? '') ?? 0).padStart(16, '0'),
  entry.manager ?? '',
  entry.apiVersion ?? '',
  entry.subresource ?? '',
];

/** Appliers first, then by time, name, version, subresource (managedfields.go sortEncodedManagedFields). */
export function sortEntries(entries: readonly ManagedFieldsEntry[]): readonly ManagedFieldsEntry[] {
  const ranked = entries.map((entry) => ({ entry, rank: rank(entry) }));
  ranked.sort((a, b) => {
    for (const [i, left] of a.rank.entries()) {
      const right = b.rank[i] ?? '';
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  });
  return ranked.map(({ entry }) => entry);
}

/** Folds the oldest updaters of one version together once there are too many. */
function foldOld(entries: readonly ManagedFieldsEntry[]): readonly ManagedFieldsEntry[] {
  const updaters = entries.filter(({ operation }) => operation === 'Update');
  const excess = updaters.length - maxUpdateManagers;
  if (excess <= 0) return entries;
  const [oldest] = updaters;
  const candidates = updaters.filter(({ apiVersion }) => apiVersion === oldest?.apiVersion);
  const folded = new Set(candidates.slice(0, excess + 1));
  let fields: FieldSet = {};
  let time: string | undefined;
  for (const entry of folded) {
    fields = union(fields, fieldsOf(entry));
    time = entry.time;
  }
  const bucket: ManagedFieldsEntry = {
    apiVersion: oldest?.apiVersion,
    fieldsType: 'FieldsV1',
    fieldsV1: fields as object,
    manager: foldedManager,
    operation: 'Update',
    time,
  };
  return sortEntries([...entries.filter((entry) => !folded.has(entry)), bucket]);
}
