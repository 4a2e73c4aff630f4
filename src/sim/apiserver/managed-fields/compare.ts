// What changes between two states of an object, field by field (structured-merge-diff/typed Compare), and which fields a
// configuration mentions (ToFieldSet).
import { equalJson } from '../equality.ts';
import type { FieldSet } from './field-set.ts';
import { leaf, makeNode } from './field-set.ts';
import type { Json, Place } from './typed.ts';
import { childPlace, elementKey, elementPlace, isBlank, isJsonObject, shapeOf } from './typed.ts';

export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

type Parts = Record<'added' | 'modified' | 'removed', Record<string, FieldSet>>;

/** The three sets of changes from one object to another of the same type. */
export function compare(place: Place, old: Json, next: Json): Comparison {
  const parts: Parts = { added: {}, modified: {}, removed: {} };
  compareFields(place, old, next, parts);
  return parts;
}

function compareFields(place: Place, old: Json, next: Json, parts: Parts): void {
  for (const name in next) {
    const value = next[name];
    if (value === undefined) continue;
    const before = old[name];
    if (before === value) continue;
    compareChild(childPlace(place, name), `f:${name}`, before, value, parts);
  }
  for (const name in old) {
    if (old[name] === undefined || next[name] !== undefined) continue;
    parts.removed[`f:${name}`] = wholeNode(childPlace(place, name), old[name]);
  }
}

function compareChild(
  place: Place,
  element: string,
  before: unknown,
  value: unknown,
  parts: Parts,
): void {
  if (before === undefined) {
    parts.added[element] = wholeNode(place, value);
    return;
  }
  const shape = shapeOf(place);
  if (shape === 'unit' || (isBlank(before) && isBlank(value))) {
    if (!equalJson(before, value)) parts.modified[element] = leaf;
    return;
  }
  const below: Parts = { added: {}, modified: {}, removed: {} };
  if (shape === 'fields') {
    compareFields(
      place,
      isJsonObject(before) ? before : {},
      isJsonObject(value) ? value : {},
      below,
    );
  } else compareElements(place, listOf(before), listOf(value), below);
  for (const part of ['added', 'modified', 'removed'] as const) {
    const node = makeNode(false, below[part]);
    if (node !== undefined) parts[part][element] = node;
  }
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : [];

function compareElements(
  place: Place,
  old: readonly unknown[],
  next: readonly unknown[],
  parts: Parts,
): void {
  const elements = elementPlace(place);
  const before = new Map(old.map((element) => [elementKey(place, element), element]));
  for (const element of next) {
    const key = elementKey(place, element);
    const known = before.get(key);
    before.delete(key);
    if (known !== element) compareChild(elements, key, known, element, parts);
  }
  for (const [key, element] of before) parts.removed[key] = wholeNode(elements, element);
}

/** A value that is all new or all gone: itself and everything below it. */
function wholeNode(place: Place, value: unknown): FieldSet {
  return nodeOf(place, value, () => true) ?? leaf;
}

/** Every field that a configuration sets. Structs count through what is in them, unless that is nothing. */
export function toFieldSet(place: Place, object: Json): FieldSet {
  return nodeOf(place, object, () => false) ?? {};
}

/** @param isOwned whether structs and lists are in the set themselves, beside what is in them */
function nodeOf(place: Place, value: unknown, isOwned: () => boolean): FieldSet | undefined {
  const shape = shapeOf(place);
  if (shape === 'unit' || isBlank(value)) return leaf;
  const children: Record<string, FieldSet> = {};
  if (shape === 'fields') {
    const isMap = place.type.kind === 'map';
    for (const [name, child] of Object.entries(value as Json)) {
      if (child === undefined) continue;
      const node = nodeOf(childPlace(place, name), child, isOwned);
      const kept = isMap ? asMember(node) : node;
      if (kept !== undefined) children[`f:${name}`] = kept;
    }
  } else {
    const elements = elementPlace(place);
    for (const element of listOf(value)) {
      children[elementKey(place, element)] = asMember(nodeOf(elements, element, isOwned)) ?? leaf;
    }
  }
  return makeNode(isOwned(), children);
}

/** List elements and map entries are in a configuration's set themselves. */
function asMember(node: FieldSet | undefined): FieldSet | undefined {
  if (node === undefined || node === leaf) return leaf;
  return makeNode(true, node);
}
