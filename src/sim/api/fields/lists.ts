// How lists and maps are merged, per field: `set` and `map(keys)` for server-side apply, `merge=key` and `retainKeys` for
// strategic merge patches. A list that is not named here is replaced as a whole (atomic).
// Source: the x-kubernetes-* extensions that a v1.33 API server publishes of itself (listType, listMapKey,
// patchStrategy, patchMergeKey tags of k8s.io/api).

export const mergeRules = `
Container env:map(name),merge=name ports:map(containerPort,protocol),merge=containerPort volumeDevices:map(devicePath),merge=devicePath volumeMounts:map(mountPath),merge=mountPath
ContainerStatus allocatedResourcesStatus:map(name),merge=name volumeMounts:map(mountPath),merge=mountPath
DaemonSetStatus conditions:map(type),merge=type
DeploymentSpec strategy:retainKeys
DeploymentStatus conditions:map(type),merge=type
Endpoint addresses:set
EphemeralContainer env:map(name),merge=name ports:map(containerPort,protocol),merge=containerPort volumeDevices:map(devicePath),merge=devicePath volumeMounts:map(mountPath),merge=mountPath
HorizontalPodAutoscalerStatus conditions:map(type),merge=type
JobStatus conditions:merge=type
NamespaceStatus conditions:map(type),merge=type
NodeSpec podCIDRs:set,merge
NodeStatus addresses:map(type),merge=type conditions:map(type),merge=type
ObjectMeta finalizers:set,merge ownerReferences:map(uid),merge=uid
PersistentVolumeClaimStatus conditions:map(type),merge=type
PersistentVolumeSpec claimRef:granular
PodDisruptionBudgetSpec selector:replace
PodDisruptionBudgetStatus conditions:map(type),merge=type
PodFailurePolicyOnExitCodesRequirement values:set
PodSpec containers:map(name),merge=name ephemeralContainers:map(name),merge=name hostAliases:map(ip),merge=ip imagePullSecrets:map(name),merge=name initContainers:map(name),merge=name nodeSelector:atomic resourceClaims:map(name),merge=name,retainKeys schedulingGates:map(name),merge=name topologySpreadConstraints:map(topologyKey,whenUnsatisfiable),merge=topologyKey volumes:map(name),merge=name,retainKeys
PodStatus conditions:map(type),merge=type hostIPs:merge=ip podIPs:map(ip),merge=ip resourceClaimStatuses:map(name),merge=name,retainKeys
ReplicaSetStatus conditions:map(type),merge=type
ResourceRequirements claims:map(name)
ResourceStatus resources:map(resourceID)
ServiceAccount secrets:map(name),merge=name
ServiceSpec ports:map(port,protocol),merge=port selector:atomic
ServiceStatus conditions:map(type),merge=type
StatefulSetStatus conditions:map(type),merge=type
UncountedTerminatedPods failed:set succeeded:set
`;
