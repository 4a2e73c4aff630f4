// What an update of a Service that does not mention its addresses keeps, and what a change of type gives back
// (pkg/registry/core/service/strategy.go patchAllocatedValues, dropTypeDependentFields).
import type { Service } from '../../api/generated/types.ts';

type Spec = NonNullable<Service['spec']>;

const needsClusterIp = ({ type }: Spec): boolean => type !== 'ExternalName';
const needsNodePort = ({ type }: Spec): boolean => type === 'NodePort' || type === 'LoadBalancer';

/** The spec of an update, completed with what the Service holds already. */
export function keepAllocated(given: Spec, before: Spec): Spec {
  let spec = given;
  if (needsClusterIp(spec) && needsClusterIp(before) && (spec.clusterIP ?? '') === '') {
    if ((spec.clusterIPs ?? []).length === 0) {
      const { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy } = before;
      spec = {
        ...spec,
        clusterIP,
        clusterIPs,
        ipFamilies: spec.ipFamilies ?? ipFamilies,
        ipFamilyPolicy: spec.ipFamilyPolicy ?? ipFamilyPolicy,
      };
    }
  }
  if (needsNodePort(spec) && needsNodePort(before)) spec = keepNodePorts(spec, before);
  return dropTypeDependent(spec, before);
}

function keepNodePorts(spec: Spec, before: Spec): Spec {
  const free = new Map(
    (before.ports ?? []).map(({ port, protocol, nodePort }) => [`${port}/${protocol}`, nodePort]),
  );
  const ports = (spec.ports ?? []).map((port) => {
    if ((port.nodePort ?? 0) !== 0) return port;
    const nodePort = free.get(`${port.port}/${port.protocol}`);
    return nodePort === undefined ? port : { ...port, nodePort };
  });
  return { ...spec, ports };
}

/** Fields that the new type has no use for go, when the update left them as they were. */
function dropTypeDependent(spec: Spec, before: Spec): Spec {
  let next = spec;
  if (needsClusterIp(before) && !needsClusterIp(next) && next.clusterIP === before.clusterIP) {
    next = omit(next, 'clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy');
  }
  if (needsNodePort(before) && !needsNodePort(next)) {
    const held = new Set((before.ports ?? []).map(({ nodePort }) => nodePort));
    const ports = (next.ports ?? []).map((port) =>
      held.has(port.nodePort) ? omit(port, 'nodePort') : port,
    );
    const isPolicyKept = next.externalTrafficPolicy === before.externalTrafficPolicy;
    next = isPolicyKept ? omit({ ...next, ports }, 'externalTrafficPolicy') : { ...next, ports };
  }
  if (before.type === 'LoadBalancer' && next.type !== 'LoadBalancer') {
    next = omit(next, 'allocateLoadBalancerNodePorts', 'healthCheckNodePort');
  }
  return next;
}

/** An object without some of its optional fields. */
function omit<T extends object>(object: T, ...fields: readonly (keyof T)[]): T {
  const copy = { ...object };
  for (const field of fields) delete copy[field];
  return copy;
}
