// A decoded YAML value as Go's %#v prints it, for the two messages that show one.
import type { Json } from './construct.ts';

/** `map[interface {}]interface {}{".Values.x":interface {}(nil)}` */
export function goValue(value: Json): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(goInner).join(', ')}}`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(
      ([key, inner]) => `${JSON.stringify(key)}:${goInner(inner)}`,
    );
    return `map[interface {}]interface {}{${pairs.join(', ')}}`;
  }
  return goInner(value);
}

/** The same for a value inside another. */
export function goInner(value: Json): string {
  if (value === null) return 'interface {}(nil)';
  return typeof value === 'object' ? goValue(value) : JSON.stringify(value);
}
