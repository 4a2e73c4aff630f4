// `KEY=VALUE:EFFECT`, `KEY:EFFECT-` and `KEY-` (kubectl/pkg/cmd/taint/utils.go).
import type { Taint } from '#sim/api/generated/types.ts';
import { checkLabelValue, checkQualifiedName } from '#sim/api/names.ts';

export interface TaintChanges {
  readonly add: readonly Taint[];
  /** An effect of '' means all effects of the key. */
  readonly remove: readonly Taint[];
}

export const isTaintSpec = (word: string): boolean =>
  word.includes('=') || word.includes(':') || word.endsWith('-');

/** `key=value:NoSchedule`, as messages name a taint. */
export function formatTaint({ key, value = '', effect }: Taint): string {
  if (effect === '') return value === '' ? key : `${key}=${value}:`;
  return value === '' ? `${key}:${effect}` : `${key}=${value}:${effect}`;
}

export const sameTaint = (a: Taint, b: Taint): boolean => a.key === b.key && a.effect === b.effect;

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** @returns the taint, or what is wrong with the text */
function parseTaint(spec: string): Taint | string {
  const invalid = `invalid taint spec: ${spec}`;
  const [name = '', effect = '', ...more] = spec.split(':');
  if (more.length > 0) return invalid;
  let [key, value] = [name, ''];
  if (spec.includes(':')) {
    if (!effects.includes(effect)) {
      return `invalid taint effect: ${effect}, unsupported taint effect`;
    }
    const [left = '', right = '', ...rest] = name.split('=');
    if (rest.length > 0) return invalid;
    [key, value] = [left, right];
    const problems = checkLabelValue(value);
    if (problems.length > 0) return `${invalid}, ${problems.join('; ')}`;
  }
  const problems = checkQualifiedName(key);
  if (problems.length > 0) return `${invalid}, ${problems.join('; ')}`;
  return { key, ...(value === '' ? {} : { value }), effect };
}

/** Reads all specs. @returns the changes, or the first thing that is wrong */
export function parseTaints(specs: readonly string[]): TaintChanges | string {
  const add: Taint[] = [];
  const remove: Taint[] = [];
  for (const spec of specs) {
    const removes = spec.endsWith('-');
    const taint = parseTaint(removes ? spec.slice(0, -1) : spec);
    if (typeof taint === 'string') return taint;
    if (removes) {
      remove.push({ key: taint.key, effect: taint.effect });
      continue;
    }
    if (taint.effect === '') return `invalid taint spec: ${spec}`;
    if (add.some((other) => sameTaint(other, taint))) {
      const { key, value = '', effect } = taint;
      return `duplicated taints with the same key and effect: {${key} ${value} ${effect} <nil>}`;
    }
    add.push(taint);
  }
  return { add, remove };
}
