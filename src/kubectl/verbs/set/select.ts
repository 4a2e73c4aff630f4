// Containers by a pattern with `*`, as `-c` of the set commands takes it.
import type { Container } from '#sim/api/generated/types.ts';

/** Whether a name fits a pattern in which `*` stands for anything. */
export function fitsPattern(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  if (parts.length === 1) return pattern === name;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = parts.at(-1) ?? '';
  return name.length - at >= last.length && name.endsWith(last);
}

/** Changes the containers whose names fit. */
export function changeSelected(
  containers: readonly Container[],
  pattern: string,
  change: (container: Container) => Container,
): readonly Container[] {
  return containers.map((one) => (fitsPattern(pattern, one.name) ? change(one) : one));
}
