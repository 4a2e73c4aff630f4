// Field numbers of the messages that typed clients send in protobuf (the generated.proto files of k8s.io/api, v1.33), for
// the kinds that kubectl creates with them. `+Name=1` is a message whose fields belong to the one around it.

export const messageTable = `
Affinity nodeAffinity=1 podAffinity=2 podAntiAffinity=3
AppArmorProfile type=1 localhostProfile=2
Binding metadata=1 target=2
Capabilities add=1 drop=2
ClientIPConfig timeoutSeconds=1
ClusterTrustBundleProjection name=1 signerName=2 labelSelector=3 optional=5 path=4
ConfigMap metadata=1 immutable=4 data=2 binaryData=3
ConfigMapEnvSource +LocalObjectReference=1 optional=2
ConfigMapKeySelector +LocalObjectReference=1 key=2 optional=3
ConfigMapProjection +LocalObjectReference=1 items=2 optional=4
ConfigMapVolumeSource +LocalObjectReference=1 items=2 defaultMode=3 optional=4
Container name=1 image=2 command=3 args=4 workingDir=5 ports=6 envFrom=19 env=7 resources=8 resizePolicy=23 restartPolicy=24 volumeMounts=9 volumeDevices=21 livenessProbe=10 readinessProbe=11 startupProbe=22 lifecycle=12 terminationMessagePath=13 terminationMessagePolicy=20 imagePullPolicy=14 securityContext=15 stdin=16 stdinOnce=17 tty=18
ContainerPort name=1 hostPort=2 containerPort=3 protocol=4 hostIP=5
ContainerResizePolicy resourceName=1 restartPolicy=2
ContainerResourceMetricSource name=1 target=2 container=3
CronJob metadata=1 spec=2
CronJobSpec schedule=1 timeZone=8 startingDeadlineSeconds=2 concurrencyPolicy=3 suspend=4 jobTemplate=5 successfulJobsHistoryLimit=6 failedJobsHistoryLimit=7
CrossVersionObjectReference kind=1 name=2 apiVersion=3
DeleteOptions gracePeriodSeconds=1 preconditions=2 orphanDependents=3 propagationPolicy=4 dryRun=5 ignoreStoreReadErrorWithClusterBreakingPotential=6
Deployment metadata=1 spec=2
DeploymentSpec replicas=1 selector=2 template=3 strategy=4 minReadySeconds=5 revisionHistoryLimit=6 paused=7 progressDeadlineSeconds=9
DeploymentStrategy type=1 rollingUpdate=2
DownwardAPIProjection items=1
DownwardAPIVolumeFile path=1 fieldRef=2 resourceFieldRef=3 mode=4
DownwardAPIVolumeSource items=1 defaultMode=2
EmptyDirVolumeSource medium=1 sizeLimit=2
EnvFromSource prefix=1 configMapRef=2 secretRef=3
EnvVar name=1 value=2 valueFrom=3
EnvVarSource fieldRef=1 resourceFieldRef=2 configMapKeyRef=3 secretKeyRef=4
EphemeralContainer +EphemeralContainerCommon=1 targetContainerName=2
EphemeralContainerCommon name=1 image=2 command=3 args=4 workingDir=5 ports=6 envFrom=19 env=7 resources=8 resizePolicy=23 restartPolicy=24 volumeMounts=9 volumeDevices=21 livenessProbe=10 readinessProbe=11 startupProbe=22 lifecycle=12 terminationMessagePath=13 terminationMessagePolicy=20 imagePullPolicy=14 securityContext=15 stdin=16 stdinOnce=17 tty=18
Eviction metadata=1 deleteOptions=2
ExecAction command=1
ExternalMetricSource metric=1 target=2
GRPCAction port=1 service=2
HPAScalingPolicy type=1 value=2 periodSeconds=3
HPAScalingRules stabilizationWindowSeconds=3 selectPolicy=1 policies=2 tolerance=4
HTTPGetAction path=1 port=2 host=3 scheme=4 httpHeaders=5
HTTPHeader name=1 value=2
HorizontalPodAutoscaler metadata=1 spec=2
HorizontalPodAutoscalerBehavior scaleUp=1 scaleDown=2
HorizontalPodAutoscalerSpec scaleTargetRef=1 minReplicas=2 maxReplicas=3 metrics=4 behavior=5
HostAlias ip=1 hostnames=2
HostPathVolumeSource path=1 type=2
Job metadata=1 spec=2
JobSpec parallelism=1 completions=2 activeDeadlineSeconds=3 podFailurePolicy=11 successPolicy=16 backoffLimit=7 backoffLimitPerIndex=12 maxFailedIndexes=13 selector=4 manualSelector=5 template=6 ttlSecondsAfterFinished=8 completionMode=9 suspend=10 podReplacementPolicy=14 managedBy=15
JobTemplateSpec metadata=1 spec=2
KeyToPath key=1 path=2 mode=3
LabelSelector matchLabels=1 matchExpressions=2
LabelSelectorRequirement key=1 operator=2 values=3
Lifecycle postStart=1 preStop=2 stopSignal=3
LifecycleHandler exec=1 httpGet=2 tcpSocket=3 sleep=4
LocalObjectReference name=1
MetricIdentifier name=1 selector=2
MetricSpec type=1 object=2 pods=3 resource=4 containerResource=7 external=5
MetricTarget type=1 value=2 averageValue=3 averageUtilization=4
Namespace metadata=1 spec=2
NamespaceSpec finalizers=1
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution=1 preferredDuringSchedulingIgnoredDuringExecution=2
NodeSelector nodeSelectorTerms=1
NodeSelectorRequirement key=1 operator=2 values=3
NodeSelectorTerm matchExpressions=1 matchFields=2
ObjectFieldSelector apiVersion=1 fieldPath=2
ObjectMeta name=1 generateName=2 namespace=3 selfLink=4 uid=5 resourceVersion=6 generation=7 creationTimestamp=8 deletionTimestamp=9 deletionGracePeriodSeconds=10 labels=11 annotations=12 ownerReferences=13 finalizers=14 managedFields=17
ObjectMetricSource describedObject=1 target=2 metric=3
ObjectReference kind=1 namespace=2 name=3 uid=4 apiVersion=5 resourceVersion=6 fieldPath=7
OwnerReference apiVersion=5 kind=1 name=3 uid=4 controller=6 blockOwnerDeletion=7
PersistentVolumeClaimVolumeSource claimName=1 readOnly=2
Pod metadata=1 spec=2
PodAffinity requiredDuringSchedulingIgnoredDuringExecution=1 preferredDuringSchedulingIgnoredDuringExecution=2
PodAffinityTerm labelSelector=1 namespaces=2 topologyKey=3 namespaceSelector=4 matchLabelKeys=5 mismatchLabelKeys=6
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution=1 preferredDuringSchedulingIgnoredDuringExecution=2
PodDNSConfig nameservers=1 searches=2 options=3
PodDNSConfigOption name=1 value=2
PodDisruptionBudget metadata=1 spec=2
PodDisruptionBudgetSpec minAvailable=1 selector=2 maxUnavailable=3 unhealthyPodEvictionPolicy=4
PodFailurePolicy rules=1
PodFailurePolicyOnExitCodesRequirement containerName=1 operator=2 values=3
PodFailurePolicyOnPodConditionsPattern type=1
PodFailurePolicyRule action=1 onExitCodes=2 onPodConditions=3
PodOS name=1
PodReadinessGate conditionType=1
PodResourceClaim name=1 resourceClaimName=3 resourceClaimTemplateName=4
PodSchedulingGate name=1
PodSecurityContext seLinuxOptions=1 windowsOptions=8 runAsUser=2 runAsGroup=6 runAsNonRoot=3 supplementalGroups=4 supplementalGroupsPolicy=12 fsGroup=5 sysctls=7 fsGroupChangePolicy=9 seccompProfile=10 appArmorProfile=11 seLinuxChangePolicy=13
PodSpec volumes=1 initContainers=20 containers=2 ephemeralContainers=34 restartPolicy=3 terminationGracePeriodSeconds=4 activeDeadlineSeconds=5 dnsPolicy=6 nodeSelector=7 serviceAccountName=8 serviceAccount=9 automountServiceAccountToken=21 nodeName=10 hostNetwork=11 hostPID=12 hostIPC=13 shareProcessNamespace=27 securityContext=14 imagePullSecrets=15 hostname=16 subdomain=17 affinity=18 schedulerName=19 tolerations=22 hostAliases=23 priorityClassName=24 priority=25 dnsConfig=26 readinessGates=28 runtimeClassName=29 enableServiceLinks=30 preemptionPolicy=31 overhead=32 topologySpreadConstraints=33 setHostnameAsFQDN=35 os=36 hostUsers=37 schedulingGates=38 resourceClaims=39 resources=40
PodTemplateSpec metadata=1 spec=2
PodsMetricSource metric=1 target=2
Preconditions uid=1 resourceVersion=2
PreferredSchedulingTerm weight=1 preference=2
PriorityClass metadata=1 value=2 globalDefault=3 description=4 preemptionPolicy=5
Probe +ProbeHandler=1 initialDelaySeconds=2 timeoutSeconds=3 periodSeconds=4 successThreshold=5 failureThreshold=6 terminationGracePeriodSeconds=7
ProbeHandler exec=1 httpGet=2 tcpSocket=3 grpc=4
ProjectedVolumeSource sources=1 defaultMode=2
ResourceClaim name=1 request=2
ResourceFieldSelector containerName=1 resource=2 divisor=3
ResourceMetricSource name=1 target=2
ResourceQuota metadata=1 spec=2
ResourceQuotaSpec hard=1 scopes=2 scopeSelector=3
ResourceRequirements limits=1 requests=2 claims=3
RollingUpdateDeployment maxUnavailable=1 maxSurge=2
SELinuxOptions user=1 role=2 type=3 level=4
ScopeSelector matchExpressions=1
ScopedResourceSelectorRequirement scopeName=1 operator=2 values=3
SeccompProfile type=1 localhostProfile=2
Secret metadata=1 immutable=5 data=2 stringData=4 type=3
SecretEnvSource +LocalObjectReference=1 optional=2
SecretKeySelector +LocalObjectReference=1 key=2 optional=3
SecretProjection +LocalObjectReference=1 items=2 optional=4
SecretVolumeSource secretName=1 items=2 defaultMode=3 optional=4
SecurityContext capabilities=1 privileged=2 seLinuxOptions=3 windowsOptions=10 runAsUser=4 runAsGroup=8 runAsNonRoot=5 readOnlyRootFilesystem=6 allowPrivilegeEscalation=7 procMount=9 seccompProfile=11 appArmorProfile=12
Service metadata=1 spec=2
ServiceAccount metadata=1 secrets=2 imagePullSecrets=3 automountServiceAccountToken=4
ServiceAccountTokenProjection audience=1 expirationSeconds=2 path=3
ServicePort name=1 protocol=2 appProtocol=6 port=3 targetPort=4 nodePort=5
ServiceSpec ports=1 selector=2 clusterIP=3 clusterIPs=18 type=4 externalIPs=5 sessionAffinity=7 loadBalancerIP=8 loadBalancerSourceRanges=9 externalName=10 externalTrafficPolicy=11 healthCheckNodePort=12 publishNotReadyAddresses=13 sessionAffinityConfig=14 ipFamilies=19 ipFamilyPolicy=17 allocateLoadBalancerNodePorts=20 loadBalancerClass=21 internalTrafficPolicy=22 trafficDistribution=23
SessionAffinityConfig clientIP=1
SleepAction seconds=1
SuccessPolicy rules=1
SuccessPolicyRule succeededIndexes=1 succeededCount=2
Sysctl name=1 value=2
TCPSocketAction port=1 host=2
Toleration key=1 operator=2 value=3 effect=4 tolerationSeconds=5
TopologySpreadConstraint maxSkew=1 topologyKey=2 whenUnsatisfiable=3 labelSelector=4 minDomains=5 nodeAffinityPolicy=6 nodeTaintsPolicy=7 matchLabelKeys=8
Volume name=1 +VolumeSource=2
VolumeDevice name=1 devicePath=2
VolumeMount name=1 readOnly=2 recursiveReadOnly=7 mountPath=3 subPath=4 mountPropagation=5 subPathExpr=6
VolumeProjection secret=1 downwardAPI=2 configMap=3 serviceAccountToken=4 clusterTrustBundle=5
VolumeSource hostPath=1 emptyDir=2 secret=6 persistentVolumeClaim=10 downwardAPI=16 configMap=19 projected=26
WeightedPodAffinityTerm weight=1 podAffinityTerm=2
WindowsSecurityContextOptions gmsaCredentialSpecName=1 gmsaCredentialSpec=2 runAsUserName=3 hostProcess=4
`;
