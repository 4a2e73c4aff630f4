// Puts current values into a text: `${pod/shop {.status.phase}}` becomes `Running`.
import type { KubeObject } from '#sim/api/objects.ts';
import type { Observation } from './observation.ts';
import { fitsName, valuesAt } from './tests.ts';

/** What stands in place of a value that the cluster does not have (yet). */
const nothing = 'none';

function objectOf(observation: Observation, reference: string): KubeObject | undefined {
  const [kind = '', name = ''] = reference.split('/');
  return observation.list(kind).find((object) => fitsName(object.metadata?.name ?? '', name));
}

function valueOf(observation: Observation, expression: string): string {
  const space = expression.indexOf(' ');
  const object = objectOf(observation, expression.slice(0, space));
  if (object === undefined) return nothing;
  const values = valuesAt(object, expression.slice(space + 1));
  return values.length === 0 ? nothing : values.map(String).join(', ');
}

/**
 * Fills the placeholders of a text.
 * @param text may hold `${Kind/name {.json.path}}`; a * at the end of the name stands for anything.
 */
export function fill(text: string, observation: Observation): string {
  let filled = '';
  let rest = text;
  for (;;) {
    const start = rest.indexOf('${');
    if (start < 0) return filled + rest;
    const end = rest.indexOf('}}', start);
    if (end < 0) return filled + rest;
    filled += rest.slice(0, start) + valueOf(observation, rest.slice(start + 2, end + 1));
    rest = rest.slice(end + 2);
  }
}
