// What ties a Pod to nodes: tolerations and spread constraints.
import type { Toleration, TopologySpreadConstraint } from '#sim/api/generated/types.ts';
import { formatSelector, requirementsOf } from '#sim/api/selector.ts';
import type { DescribeWriter } from './writer.ts';

function tolerationText({
  key = '',
  value,
  effect,
  operator,
  tolerationSeconds,
}: Toleration): string {
  let text = key;
  if (value) text += `=${value}`;
  if (effect) text += `:${effect}`;
  if (operator === 'Exists') text += text === '' ? 'op=Exists' : ' op=Exists';
  return tolerationSeconds === undefined ? text : `${text} for ${tolerationSeconds}s`;
}

const byKey = <T>(keyOf: (item: T) => string) => {
  return (a: T, b: T): number => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0);
};

export function writeTolerations(
  writer: DescribeWriter,
  tolerations: readonly Toleration[],
  indent: string,
): void {
  const sorted = tolerations.toSorted(byKey(({ key = '' }) => key));
  const texts = sorted.length === 0 ? ['<none>'] : sorted.map(tolerationText);
  texts.forEach((text, index) => {
    writer.line(0, `${indent}${index === 0 ? 'Tolerations:' : ''}\t${text}`);
  });
}

export function writeSpreadConstraints(
  writer: DescribeWriter,
  constraints: readonly TopologySpreadConstraint[],
  indent: string,
): void {
  const sorted = constraints.toSorted(byKey(({ topologyKey }) => topologyKey));
  sorted.forEach(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }, index) => {
    const title = index === 0 ? 'Topology Spread Constraints:' : '';
    const selector =
      labelSelector === undefined
        ? ''
        : ` for selector ${formatSelector(requirementsOf(labelSelector)) || '<none>'}`;
    const rule = `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded`;
    writer.line(0, `${indent}${title}\t${rule}${selector}`);
  });
}
