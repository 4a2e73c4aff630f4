// Server-side apply (structured-merge-diff/merge Updater.Apply, apimachinery/pkg/util/managedfields).
import type { ManagedFieldsEntry, Status } from '../../api/generated/types.ts';
import { resourceOf, typeOfKind } from '../../api/kinds.ts';
import type { Kind, KubeObject } from '../../api/objects.ts';
import { failure } from '../status.ts';
import {
  compareObjects,
  emptyObject,
  isOwn,
  makeEntry,
  ownable,
  sortEntries,
  withoutLost,
} from './managers.ts';
import type { Writer } from './managers.ts';
import { toFieldSet } from './compare.ts';
import type { FieldSet } from './field-set.ts';
import { formatPath, intersection, isEmptySet, pathsOf, union } from './field-set.ts';
import { mergeConfiguration, prune } from './merge.ts';
import type { Json } from './typed.ts';
import { rootPlace } from './typed.ts';

export interface Merged {
  readonly object: KubeObject;
  /** What the writer applied before. */
  readonly own: ManagedFieldsEntry | undefined;
  /** What it applies now. */
  readonly fields: FieldSet;
}

const fieldsOf = (entry: ManagedFieldsEntry | undefined): FieldSet =>
  (entry?.fieldsV1 ?? {}) as FieldSet;

/**
 * The object that applying a configuration asks for; still to be decoded, defaulted and held against the managers.
 * @param live undefined when the object is to be created
 */
export function mergeApplied(
  kind: Kind,
  live: KubeObject | undefined,
  config: KubeObject,
  writer: Writer,
): Merged {
  const place = rootPlace(typeOfKind(kind));
  const fields = ownable(toFieldSet(place, config as Json), kind, writer.subresource);
  const entries = live?.metadata?.managedFields ?? [];
  const { apiVersion } = resourceOf(kind);
  const own = entries.find((entry) => isOwn(entry, apiVersion, writer));
  const merged = mergeConfiguration(place, live ?? emptyObject(kind), config);
  let kept = fields;
  for (const entry of entries) if (entry !== own) kept = union(kept, fieldsOf(entry));
  const object = prune(place, merged, fieldsOf(own), kept) as KubeObject;
  return { object, own, fields };
}

/** The managers after an apply, or the conflict that forbids it. */
export function managersAfterApply(
  kind: Kind,
  live: KubeObject | undefined,
  next: KubeObject,
  { own, fields }: Merged,
  writer: Writer,
  force: boolean,
):
  | { readonly ok: true; readonly entries: readonly ManagedFieldsEntry[] }
  | { readonly ok: false; readonly status: Status } {
  const before = live?.metadata?.managedFields ?? [];
  const changes = compareObjects(kind, live, next);
  const changed = union(changes.added, changes.modified);
  const others = before.filter((entry) => entry !== own);
  if (!force) {
    const conflicts = others.flatMap((entry) =>
      pathsOf(intersection(fieldsOf(entry), changed)).map((path) => ({ entry, path })),
    );
    if (conflicts.length > 0) return { ok: false, status: applyConflict(conflicts) };
  }
  const kept = others.flatMap((entry) => withoutLost(entry, changed, changes.removed));
  const isSame = own !== undefined && JSON.stringify(own.fieldsV1) === JSON.stringify(fields);
  const isUnchanged =
    isSame &&
    isEmptySet(changed) &&
    isEmptySet(changes.removed) &&
    kept.every((entry, i) => entry === others[i]);
  if (isUnchanged) return { ok: true, entries: before };
  const { apiVersion } = resourceOf(kind);
  const entries = isEmptySet(fields) ? kept : [...kept, makeEntry(apiVersion, writer, fields)];
  return { ok: true, entries: sortEntries(entries) };
}

interface Conflict {
  readonly entry: ManagedFieldsEntry;
  readonly path: readonly string[];
}

function managerText({
  manager = '',
  operation,
  subresource,
  apiVersion,
  time,
}: ManagedFieldsEntry): string {
  const name = JSON.stringify(manager);
  const where = subresource === undefined ? '' : ` with subresource ${JSON.stringify(subresource)}`;
  if (operation !== 'Update') return name + where;
  const at = time === undefined ? '' : ` at ${time}`;
  return `${name}${where} using ${apiVersion ?? ''}${at}`;
}

/** managedfields/internal/conflict.go. */
function applyConflict(conflicts: readonly Conflict[]): Status {
  const texts = conflicts.map(({ entry, path }) => ({
    manager: managerText(entry),
    path: formatPath(path),
  }));
  const causes = texts.map(({ manager, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${manager}`,
    field: path,
  }));
  const [first] = texts;
  if (first !== undefined && texts.length === 1) {
    const message = `Apply failed with 1 conflict: conflict with ${first.manager}: ${first.path}`;
    return failure(409, 'Conflict', message, { causes });
  }
  const managers = [...new Set(texts.map(({ manager }) => manager))].sort();
  const lines = managers.flatMap((manager) => [
    `conflicts with ${manager}:`,
    ...texts.filter((text) => text.manager === manager).map(({ path }) => `- ${path}`),
  ]);
  const message = `Apply failed with ${texts.length} conflicts: ${lines.join('\n')}`;
  return failure(409, 'Conflict', message, { causes });
}
