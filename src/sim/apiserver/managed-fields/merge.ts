// Server-side apply: a configuration merged into an object, and what the manager gave up taken out
// (structured-merge-diff: typed Merge, merge/update.go prune).
import type { FieldSet } from './field-set.ts';
import { isMember } from './field-set.ts';
import type { Place } from './typed.ts';
import { childPlace, elementKey, elementPlace, isJsonObject, shapeOf } from './typed.ts';

/** The object with every field that the configuration sets. */
export function mergeConfiguration(place: Place, live: unknown, config: unknown): unknown {
  if (live === undefined || live === null || config === undefined) return config;
  const shape = shapeOf(place);
  if (shape === 'fields' && isJsonObject(live) && isJsonObject(config)) {
    const merged: Record<string, unknown> = { ...live };
    for (const name in config) {
      merged[name] = mergeConfiguration(childPlace(place, name), live[name], config[name]);
    }
    return merged;
  }
  if (shape === 'elements' && Array.isArray(live) && Array.isArray(config)) {
    return mergeElements(place, live as readonly unknown[], config as readonly unknown[]);
  }
  return config;
}

/** Elements in the order of the configuration; those that only the object has keep their place among their neighbours. */
function mergeElements(
  place: Place,
  live: readonly unknown[],
  config: readonly unknown[],
): readonly unknown[] {
  const elements = elementPlace(place);
  const present = new Map(live.map((element) => [elementKey(place, element), element]));
  const wanted = new Set(config.map((element) => elementKey(place, element)));
  const merged: unknown[] = [];
  let next = 0;
  const takeUnwanted = (): void => {
    while (next < live.length && !wanted.has(elementKey(place, live[next]))) {
      merged.push(live[next]);
      next += 1;
    }
  };
  for (const element of config) {
    takeUnwanted();
    const key = elementKey(place, element);
    const known = present.get(key);
    if (known === undefined) {
      merged.push(element);
      continue;
    }
    merged.push(mergeConfiguration(elements, known, element));
    if (next < live.length && elementKey(place, live[next]) === key) next += 1;
  }
  while (next < live.length) {
    if (!wanted.has(elementKey(place, live[next]))) merged.push(live[next]);
    next += 1;
  }
  return merged;
}

/**
 * Takes out what the manager applied before and no longer does, unless somebody else has it.
 * @param before what the manager had
 * @param kept what it has now, and what all others have
 */
export function prune(place: Place, value: unknown, before: FieldSet, kept: FieldSet): unknown {
  const shape = shapeOf(place);
  if (shape === 'fields' && isJsonObject(value)) {
    const pruned: Record<string, unknown> = {};
    for (const name in value) {
      const element = `f:${name}`;
      const child = childPlace(place, name);
      const [had, keeps] = [before[element], kept[element]];
      if (isGivenUp(had, keeps)) continue;
      pruned[name] = had === undefined ? value[name] : prune(child, value[name], had, keeps ?? {});
    }
    return pruned;
  }
  if (shape !== 'elements' || !Array.isArray(value)) return value;
  const elements = elementPlace(place);
  return (value as readonly unknown[]).flatMap((item) => {
    const element = elementKey(place, item);
    const [had, keeps] = [before[element], kept[element]];
    if (isGivenUp(had, keeps)) return [];
    return [had === undefined ? item : prune(elements, item, had, keeps ?? {})];
  });
}

function isGivenUp(had: FieldSet | undefined, keeps: FieldSet | undefined): boolean {
  return had !== undefined && isMember(had) && keeps === undefined;
}
