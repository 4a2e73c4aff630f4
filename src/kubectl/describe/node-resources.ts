// What the Pods of a node ask for, and how much of the node that is.
import type { Container, Node, Pod } from '#sim/api/generated/types.ts';
import { addQuantities, compareQuantities, milliValue, value } from '#sim/api/quantity.ts';
import { ageOf } from './values.ts';
import type { DescribeWriter } from './writer.ts';

type Amounts = Readonly<Record<string, string>>;
type Side = 'requests' | 'limits';

function add(left: Amounts, right: Amounts): Amounts {
  const sum: Record<string, string> = { ...left };
  for (const [name, amount] of Object.entries(right)) {
    const old = sum[name];
    sum[name] = old === undefined ? amount : addQuantities(old, amount);
  }
  return sum;
}

function larger(left: Amounts, right: Amounts): Amounts {
  const most: Record<string, string> = { ...left };
  for (const [name, amount] of Object.entries(right)) {
    const old = most[name];
    if (old === undefined || compareQuantities(amount, old) > 0) most[name] = amount;
  }
  return most;
}

/** What a Pod asks for: its containers and sidecars together, or its largest moment of initialisation. */
function podAmounts({ spec }: Pod, side: Side): Amounts {
  const own = (container: Container): Amounts => container.resources?.[side] ?? {};
  let sum = (spec?.containers ?? []).map(own).reduce(add, {});
  let sidecars: Amounts = {};
  let peak: Amounts = {};
  for (const container of spec?.initContainers ?? []) {
    if (container.restartPolicy === 'Always') {
      sum = add(sum, own(container));
      sidecars = add(sidecars, own(container));
      peak = larger(peak, sidecars);
    } else peak = larger(peak, add(own(container), sidecars));
  }
  const total = larger(sum, peak);
  const pod = larger(total, spec?.resources?.[side] ?? {});
  const overhead = spec?.overhead ?? {};
  return side === 'requests' || Object.keys(pod).length > 0 ? add(pod, overhead) : pod;
}

const amountOf = (amounts: Amounts, name: string): string => amounts[name] ?? '0';

function percent(amount: string, allocatable: string): string {
  const scale = (text: string): number => milliValue(text);
  const whole = scale(allocatable);
  return `${amount} (${whole === 0 ? 0 : Math.trunc((scale(amount) / whole) * 100)}%)`;
}

function percentBytes(amount: string, allocatable: string): string {
  const whole = value(allocatable);
  return `${amount} (${whole === 0 ? 0 : Math.trunc((value(amount) / whole) * 100)}%)`;
}

/** `cpu` is measured in thousandths, everything else in whole units. */
function share(name: string, amounts: Amounts, allocatable: Amounts): string {
  const amount = amountOf(amounts, name);
  const all = amountOf(allocatable, name);
  return name === 'cpu' ? percent(amount, all) : percentBytes(amount, all);
}

function writePods(
  writer: DescribeWriter,
  pods: readonly Pod[],
  allocatable: Amounts,
  nowMs: number,
): void {
  writer.field(0, 'Non-terminated Pods', `(${pods.length} in total)`);
  writer.line(
    1,
    'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge',
  );
  writer.line(
    1,
    '---------\t----\t\t------------\t----------\t---------------\t-------------\t---',
  );
  for (const pod of pods) {
    const requests = podAmounts(pod, 'requests');
    const limits = podAmounts(pod, 'limits');
    const { namespace = '', name = '', creationTimestamp } = pod.metadata ?? {};
    const cells = [
      `${namespace}\t${name}\t`,
      share('cpu', requests, allocatable),
      share('cpu', limits, allocatable),
      share('memory', requests, allocatable),
      share('memory', limits, allocatable),
      ageOf(creationTimestamp, nowMs),
    ];
    writer.line(1, cells.join('\t'));
  }
}

const standard = ['cpu', 'memory', 'ephemeral-storage'];

export function writeNodeResources(
  writer: DescribeWriter,
  node: Node,
  pods: readonly Pod[],
  nowMs: number,
): void {
  const allocatable = node.status?.allocatable ?? node.status?.capacity ?? {};
  writePods(writer, pods, allocatable, nowMs);
  writer.text(
    'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n',
  );
  writer.line(1, 'Resource\tRequests\tLimits');
  writer.line(1, '--------\t--------\t------');
  const requests = pods.map((pod) => podAmounts(pod, 'requests')).reduce(add, {});
  const limits = pods.map((pod) => podAmounts(pod, 'limits')).reduce(add, {});
  const names = Object.keys(allocatable).sort();
  const hugePages = names.filter((name) => name.startsWith('hugepages-'));
  const extended = names.filter(
    (name) => !standard.includes(name) && !hugePages.includes(name) && name !== 'pods',
  );
  for (const name of [...standard, ...hugePages]) {
    const asked = share(name, requests, allocatable);
    writer.line(1, `${name}\t${asked}\t${share(name, limits, allocatable)}`);
  }
  for (const name of extended) {
    writer.line(1, `${name}\t${amountOf(requests, name)}\t${amountOf(limits, name)}`);
  }
}
