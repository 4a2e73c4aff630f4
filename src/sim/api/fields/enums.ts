// The values that the API documents for a field, as `kubectl explain` lists them (in alphabetical order).
// Validation has its own lists, in the order in which its messages name them.

const posixSignals =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT ' +
  'RTMAX RTMAX-1 RTMAX-10 RTMAX-11 RTMAX-12 RTMAX-13 RTMAX-14 RTMAX-2 RTMAX-3 RTMAX-4 RTMAX-5 ' +
  'RTMAX-6 RTMAX-7 RTMAX-8 RTMAX-9 RTMIN RTMIN+1 RTMIN+10 RTMIN+11 RTMIN+12 RTMIN+13 RTMIN+14 ' +
  'RTMIN+15 RTMIN+2 RTMIN+3 RTMIN+4 RTMIN+5 RTMIN+6 RTMIN+7 RTMIN+8 RTMIN+9 SEGV STKFLT STOP SYS ' +
  'TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ';

/** Every signal a container may name as its stop signal. */
export const stopSignals: readonly string[] = posixSignals.split(' ').map((name) => `SIG${name}`);

const rules: readonly (readonly [fields: string, values: readonly string[]])[] = [
  [
    'Container.imagePullPolicy EphemeralContainer.imagePullPolicy ImageVolumeSource.pullPolicy',
    ['Always', 'IfNotPresent', 'Never'],
  ],
  [
    'Container.terminationMessagePolicy EphemeralContainer.terminationMessagePolicy',
    ['FallbackToLogsOnError', 'File'],
  ],
  [
    'ContainerPort.protocol EndpointPort.protocol EndpointSlicePort.protocol PortStatus.protocol ServicePort.protocol',
    ['SCTP', 'TCP', 'UDP'],
  ],
  ['ContainerStatus.stopSignal Lifecycle.stopSignal', stopSignals],
  ['AppArmorProfile.type SeccompProfile.type', ['Localhost', 'RuntimeDefault', 'Unconfined']],
  ['AzureDiskVolumeSource.cachingMode', ['None', 'ReadOnly', 'ReadWrite']],
  ['AzureDiskVolumeSource.kind', ['Dedicated', 'Managed', 'Shared']],
  ['CronJobSpec.concurrencyPolicy', ['Allow', 'Forbid', 'Replace']],
  ['DaemonSetUpdateStrategy.type StatefulSetUpdateStrategy.type', ['OnDelete', 'RollingUpdate']],
  ['DeploymentStrategy.type', ['Recreate', 'RollingUpdate']],
  ['EndpointSlice.addressType', ['FQDN', 'IPv4', 'IPv6']],
  ['HTTPGetAction.scheme', ['HTTP', 'HTTPS']],
  [
    'HostPathVolumeSource.type',
    [
      '',
      'BlockDevice',
      'CharDevice',
      'Directory',
      'DirectoryOrCreate',
      'File',
      'FileOrCreate',
      'Socket',
    ],
  ],
  ['JobSpec.completionMode', ['Indexed', 'NonIndexed']],
  ['JobSpec.podReplacementPolicy', ['Failed', 'TerminatingOrFailed']],
  ['ModifyVolumeStatus.status', ['InProgress', 'Infeasible', 'Pending']],
  ['NamespaceStatus.phase', ['Active', 'Terminating']],
  ['NodeSelectorRequirement.operator', ['DoesNotExist', 'Exists', 'Gt', 'In', 'Lt', 'NotIn']],
  ['NodeStatus.phase', ['Pending', 'Running', 'Terminated']],
  [
    'PersistentVolumeClaimSpec.accessModes PersistentVolumeClaimStatus.accessModes PersistentVolumeSpec.accessModes',
    ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'],
  ],
  ['PersistentVolumeClaimSpec.volumeMode PersistentVolumeSpec.volumeMode', ['Block', 'Filesystem']],
  ['PersistentVolumeClaimStatus.phase', ['Bound', 'Lost', 'Pending']],
  [
    'PersistentVolumeSpec.persistentVolumeReclaimPolicy StorageClass.reclaimPolicy',
    ['Delete', 'Recycle', 'Retain'],
  ],
  ['PersistentVolumeStatus.phase', ['Available', 'Bound', 'Failed', 'Pending', 'Released']],
  ['PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy', ['AlwaysAllow', 'IfHealthyBudget']],
  ['PodFailurePolicyOnExitCodesRequirement.operator', ['In', 'NotIn']],
  ['PodFailurePolicyRule.action', ['Count', 'FailIndex', 'FailJob', 'Ignore']],
  ['PodSecurityContext.fsGroupChangePolicy', ['Always', 'OnRootMismatch']],
  ['PodSecurityContext.supplementalGroupsPolicy', ['Merge', 'Strict']],
  ['PodSpec.dnsPolicy', ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']],
  ['PodSpec.preemptionPolicy PriorityClass.preemptionPolicy', ['Never', 'PreemptLowerPriority']],
  ['PodSpec.restartPolicy', ['Always', 'Never', 'OnFailure']],
  ['PodStatus.phase', ['Failed', 'Pending', 'Running', 'Succeeded', 'Unknown']],
  ['PodStatus.qosClass', ['BestEffort', 'Burstable', 'Guaranteed']],
  [
    'ResourceQuotaSpec.scopes ScopedResourceSelectorRequirement.scopeName',
    [
      'BestEffort',
      'CrossNamespacePodAffinity',
      'NotBestEffort',
      'NotTerminating',
      'PriorityClass',
      'Terminating',
      'VolumeAttributesClass',
    ],
  ],
  ['ScopedResourceSelectorRequirement.operator', ['DoesNotExist', 'Exists', 'In', 'NotIn']],
  ['SecurityContext.procMount', ['Default', 'Unmasked']],
  ['ServiceSpec.externalTrafficPolicy ServiceSpec.internalTrafficPolicy', ['Cluster', 'Local']],
  ['ServiceSpec.ipFamilies', ['', 'IPv4', 'IPv6']],
  ['ServiceSpec.ipFamilyPolicy', ['PreferDualStack', 'RequireDualStack', 'SingleStack']],
  ['ServiceSpec.sessionAffinity', ['ClientIP', 'None']],
  ['ServiceSpec.type', ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']],
  ['StatefulSetSpec.podManagementPolicy', ['OrderedReady', 'Parallel']],
  ['StorageClass.volumeBindingMode', ['Immediate', 'WaitForFirstConsumer']],
  ['Taint.effect Toleration.effect', ['NoExecute', 'NoSchedule', 'PreferNoSchedule']],
  ['Toleration.operator', ['Equal', 'Exists']],
  [
    'TopologySpreadConstraint.nodeAffinityPolicy TopologySpreadConstraint.nodeTaintsPolicy',
    ['Honor', 'Ignore'],
  ],
  ['TopologySpreadConstraint.whenUnsatisfiable', ['DoNotSchedule', 'ScheduleAnyway']],
  ['VolumeMount.mountPropagation', ['Bidirectional', 'HostToContainer', 'None']],
];

/** Documented values by `Type.field`; for a list, of its elements. */
export const enums: ReadonlyMap<string, readonly string[]> = new Map(
  rules.flatMap(([fields, values]) => fields.split(' ').map((field) => [field, values] as const)),
);
