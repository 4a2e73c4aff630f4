// The hash in the names of a Deployment's ReplicaSets. Real clusters hash Go's print of the template; this one hashes its
// JSON with sorted keys, so the letters differ and the rule (same template, same name) holds.
import type { PodTemplateSpec } from '../../api/generated/types.ts';

const letters = 'bcdfghjklmnpqrstvwxz2456789';

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
}

/** The label under which the template's hash travels. */
export const templateHashLabel = 'pod-template-hash';

/** A template without the label that was added to it. */
export function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const labels = { ...template.metadata?.labels };
  delete labels[templateHashLabel];
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** Whether two templates are the same but for the hash label. */
export function sameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return canonical(withoutHash(a)) === canonical(withoutHash(b));
}

/** FNV-1a of the template and the collision count, in decimal, in letters that spell no words (rand.SafeEncodeString). */
export function templateHash(template: PodTemplateSpec, collisionCount = 0): string {
  let hash = 0x811c9dc5;
  const text = `${canonical(template)}${collisionCount}`;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return [...String(hash)]
    .map((digit) => letters[digit.charCodeAt(0) % letters.length] ?? '')
    .join('');
}
