// The filters in the order of the default profile: the first that rejects a node gives that node's reason.
import { interPodAffinity } from './inter-pod-affinity.ts';
import {
  nodeAffinity,
  nodeName,
  nodePorts,
  nodeUnschedulable,
  taintToleration,
} from './node-basics.ts';
import { resourcesFit } from './resources-fit.ts';
import { topologySpread } from './topology-spread.ts';
import { volumeBinding } from './volume-binding.ts';
import type { NodeInfo, SchedulablePod } from '../node-info.ts';
import type { Filter, FilterContext, Rejection } from './filter.ts';

/** pkg/scheduler/apis/config/v1/default_plugins.go */
const order: readonly Filter[] = [
  nodeUnschedulable,
  nodeName,
  taintToleration,
  nodeAffinity,
  nodePorts,
  resourcesFit,
  volumeBinding,
  topologySpread,
  interPodAffinity,
];

/** Why the node cannot take the Pod; undefined when it can. */
export function filterNode(
  pod: SchedulablePod,
  node: NodeInfo,
  context: FilterContext,
): Rejection | undefined {
  for (const filter of order) {
    const rejection = filter(pod, node, context);
    if (rejection !== undefined) return rejection;
  }
  return undefined;
}
