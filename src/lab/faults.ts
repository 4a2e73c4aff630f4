// Faults as acts: from the prompt's `lab` command, from the picture's menu, from lab.yaml and scenario files.
import type { Cluster } from '#sim/cluster.ts';

type Fault = (cluster: Cluster, node: string) => void;

const faults: Readonly<Record<string, Fault>> = {
  'power-off': (cluster, node) => cluster.powerOff(node),
  'power-on': (cluster, node) => cluster.powerOn(node),
  'cable-out': (cluster, node) => cluster.cableOut(node),
  'cable-in': (cluster, node) => cluster.cableIn(node),
  'kubelet-stop': (cluster, node) => cluster.stopKubelet(node),
  'kubelet-start': (cluster, node) => cluster.startKubelet(node),
};

/** What can be done to a node. */
export const faultNames: readonly string[] = Object.keys(faults);

/**
 * Does something to a node.
 * @param text such as `power-off node-2`
 * @returns what is wrong with the text; undefined when it was done
 */
export function applyFault(cluster: Cluster, text: string): string | undefined {
  const [name = '', node = '', ...more] = text.trim().split(/\s+/);
  const fault = Object.hasOwn(faults, name) ? faults[name] : undefined;
  if (fault === undefined || more.length > 0) {
    return `unknown fault "${text}"; write one of ${faultNames.join(', ')} and the name of a node`;
  }
  if (!cluster.nodes.has(node)) {
    return `there is no node "${node}"; this lab has ${[...cluster.nodes.keys()].join(', ')}`;
  }
  fault(cluster, node);
  return undefined;
}
