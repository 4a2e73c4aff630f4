// How many Pods of a workload are in which phase.
import type { LabelSelector, Pod } from '#sim/api/generated/types.ts';
import { formatSelector, requirementsOf } from '#sim/api/selector.ts';
import { listPods } from '../pods/pod-of.ts';
import type { Session } from '../session.ts';
import type { DescribeWriter } from './writer.ts';

export function podsOfSelector(
  session: Session,
  namespace: string,
  selector: LabelSelector | undefined,
): readonly Pod[] {
  if (selector === undefined) return [];
  const list = listPods(session, namespace, formatSelector(requirementsOf(selector)));
  return list.items ?? [];
}

export function writePodStatus(writer: DescribeWriter, pods: readonly Pod[]): void {
  const count = (phase: string): number =>
    pods.filter(({ status }) => status?.phase === phase).length;
  writer.line(
    0,
    `Pods Status:\t${count('Running')} Running / ${count('Pending')} Waiting / ` +
      `${count('Succeeded')} Succeeded / ${count('Failed')} Failed`,
  );
}
