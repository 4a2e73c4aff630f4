// Structs that are changed as a whole (mapType=atomic tags of k8s.io/api).

/** Structs that server-side apply owns as a whole, wherever they stand. */
export const atomicTypes: ReadonlySet<string> = new Set(
  (
    'ConfigMapKeySelector EndpointAddress EndpointPort EndpointSlicePort LabelSelector ' +
    'LocalObjectReference NodeSelector NodeSelectorTerm ObjectFieldSelector ObjectReference ' +
    'OwnerReference ResourceFieldSelector ScopeSelector SecretKeySelector SecretReference ' +
    'TopologySelectorTerm TypedLocalObjectReference'
  ).split(' '),
);
