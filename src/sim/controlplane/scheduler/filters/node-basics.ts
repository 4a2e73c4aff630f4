// Filters about the node alone: cordon, name, taints, selector, host ports.
import type { Taint, Toleration } from '../../../api/generated/types.ts';
import { hostPortsOf } from '../node-info.ts';
import { matchesNodeSelectorTerms } from '../node-affinity.ts';
import { rejected, type Filter } from './filter.ts';

/** Whether one toleration covers a taint (k8s.io/api/core/v1/toleration.go). */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { key = '', operator = 'Equal', value = '', effect = '' } = toleration;
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  if (key === '' && operator !== 'Exists') return false;
  return operator === 'Exists' || value === (taint.value ?? '');
}

/** The first taint of the given effects that the tolerations do not cover. */
export function untolerated(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
  effects: readonly string[],
): Taint | undefined {
  return taints
    .filter(({ effect }) => effects.includes(effect))
    .find((taint) => !tolerations.some((toleration) => tolerates(toleration, taint)));
}

/** NodeUnschedulable: a cordoned node takes only Pods that tolerate the taint of that name. */
export const nodeUnschedulable: Filter = (pod, { node }) => {
  if (node.spec.unschedulable !== true) return undefined;
  const taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
  const isTolerated = (pod.spec.tolerations ?? []).some((one) => tolerates(one, taint));
  return isTolerated ? undefined : rejected('node(s) were unschedulable');
};

export const nodeName: Filter = (pod, { node }) =>
  pod.spec.nodeName === undefined || pod.spec.nodeName === node.metadata.name
    ? undefined
    : rejected("node(s) didn't match the requested node name");

export const taintToleration: Filter = (pod, { node }) => {
  const taint = untolerated(node.spec.taints ?? [], pod.spec.tolerations ?? [], [
    'NoSchedule',
    'NoExecute',
  ]);
  if (taint === undefined) return undefined;
  return rejected(`node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`);
};

export const nodeAffinity: Filter = (pod, { node }) => {
  const selector = Object.entries(pod.spec.nodeSelector ?? {});
  const labels = node.metadata.labels ?? {};
  const terms =
    pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms;
  const fits =
    selector.every(([key, wanted]) => labels[key] === wanted) &&
    (terms === undefined || matchesNodeSelectorTerms(terms, node));
  return fits ? undefined : rejected("node(s) didn't match Pod's node affinity/selector");
};

/** NodePorts: the same port on the same (or every) address of the node. */
export const nodePorts: Filter = (pod, info) => {
  const clashes = hostPortsOf(pod).some((wanted) => {
    const [protocol, address, port] = wanted.split('/');
    return [...info.hostPorts.keys()].some((used) => {
      const [usedProtocol, usedAddress, usedPort] = used.split('/');
      const sameAddress =
        address === usedAddress || address === '0.0.0.0' || usedAddress === '0.0.0.0';
      return protocol === usedProtocol && port === usedPort && sameAddress;
    });
  });
  return clashes
    ? rejected("node(s) didn't have free ports for the requested pod ports", true)
    : undefined;
};
