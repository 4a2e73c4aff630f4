// Defaults of the core kinds beside Pods (pkg/apis/core/v1/defaults.go) and of storage and discovery.
import type {
  Endpoints,
  EndpointSlice,
  LimitRange,
  Namespace,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  Secret,
  Service,
  StorageClass,
} from '../generated/types.ts';

export function defaultService(given: Service): Service {
  if (given.spec === undefined) return given;
  const { spec } = given;
  const type = spec.type || 'ClusterIP';
  const ports = spec.ports?.map((port) => ({
    ...port,
    protocol: port.protocol || 'TCP',
    targetPort:
      port.targetPort === undefined || port.targetPort === 0 ? port.port : port.targetPort,
  }));
  const isExternal = type === 'ExternalName';
  const reachesNodes = type === 'NodePort' || type === 'LoadBalancer';
  const sticky = spec.sessionAffinity === 'ClientIP';
  return {
    ...given,
    spec: {
      ...spec,
      type,
      sessionAffinity: spec.sessionAffinity || 'None',
      ...(sticky
        ? {
            sessionAffinityConfig: spec.sessionAffinityConfig ?? {
              clientIP: { timeoutSeconds: 10_800 },
            },
          }
        : {}),
      ...(ports === undefined ? {} : { ports }),
      ...(isExternal ? {} : { internalTrafficPolicy: spec.internalTrafficPolicy ?? 'Cluster' }),
      ...(reachesNodes ? { externalTrafficPolicy: spec.externalTrafficPolicy || 'Cluster' } : {}),
      ...(type === 'LoadBalancer'
        ? { allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts ?? true }
        : {}),
    },
  };
}

export function defaultSecret(given: Secret): Secret {
  return { ...given, type: given.type || 'Opaque' };
}

/** Every namespace carries its own name as a label, and the finalizer of the namespace controller. */
export function defaultNamespace(given: Namespace): Namespace {
  const { name } = given.metadata ?? {};
  if (!name) return given;
  const labels = { ...given.metadata?.labels, 'kubernetes.io/metadata.name': name };
  return { ...given, metadata: { ...given.metadata, labels } };
}

/** A Node made by hand has an empty status, as Go's struct has. */
export function defaultNode(given: Node): Node {
  return { ...given, spec: given.spec ?? {}, status: given.status ?? {} };
}

export function defaultClaimSpec(spec: PersistentVolumeClaimSpec): PersistentVolumeClaimSpec {
  return { ...spec, volumeMode: spec.volumeMode ?? 'Filesystem' };
}

export function defaultClaim(given: PersistentVolumeClaim): PersistentVolumeClaim {
  if (given.spec === undefined) return given;
  return {
    ...given,
    spec: defaultClaimSpec(given.spec),
    status: { ...given.status, phase: given.status?.phase ?? 'Pending' },
  };
}

export function defaultVolume(given: PersistentVolume): PersistentVolume {
  if (given.spec === undefined) return given;
  const { spec } = given;
  return {
    ...given,
    spec: {
      ...spec,
      persistentVolumeReclaimPolicy: spec.persistentVolumeReclaimPolicy || 'Retain',
      volumeMode: spec.volumeMode ?? 'Filesystem',
      ...(spec.hostPath === undefined ? {} : { hostPath: { type: '', ...spec.hostPath } }),
    },
    status: { ...given.status, phase: given.status?.phase ?? 'Pending' },
  };
}

export function defaultStorageClass(given: StorageClass): StorageClass {
  return {
    ...given,
    reclaimPolicy: given.reclaimPolicy ?? 'Delete',
    volumeBindingMode: given.volumeBindingMode ?? 'Immediate',
  };
}

export function defaultEndpoints(given: Endpoints): Endpoints {
  if (!given.subsets) return given;
  const subsets = given.subsets.map((subset) => ({
    ...subset,
    ...(subset.ports === undefined
      ? {}
      : { ports: subset.ports.map((port) => ({ ...port, protocol: port.protocol || 'TCP' })) }),
  }));
  return { ...given, subsets };
}

export function defaultEndpointSlice(given: EndpointSlice): EndpointSlice {
  if (!given.ports) return given;
  const ports = given.ports.map((port) => ({ name: '', protocol: 'TCP', ...port }));
  return { ...given, ports };
}

/** Limits of containers fill each other in: default from max, defaultRequest from default, else from min. */
export function defaultLimitRange(given: LimitRange): LimitRange {
  if (!Array.isArray(given.spec?.limits)) return given;
  const limits = given.spec.limits.map((item) => {
    if (item.type !== 'Container') return item;
    const byDefault = { ...item.max, ...item.default };
    const requests = { ...item.min, ...byDefault, ...item.defaultRequest };
    return {
      ...item,
      ...(Object.keys(byDefault).length > 0 ? { default: byDefault } : {}),
      ...(Object.keys(requests).length > 0 ? { defaultRequest: requests } : {}),
    };
  });
  return { ...given, spec: { ...given.spec, limits } };
}
