// What a v1.33 API server lists when asked for its resources, in its own order.
// A line per resource: plural, kind, N or C for its scope, then only where they differ from the usual: `verbs=`, `short=`,
// `cat=`, `sub=` (subresources; `name:Kind(verbs)`, and `name:group/version.Kind(verbs)` for kinds of another group).
// `status` alone means the usual one: the same kind, with get, patch and update. `#` starts a group and its version.

export const discoveryTable = `
# v1
bindings Binding N verbs=create
componentstatuses ComponentStatus C verbs=get,list short=cs
configmaps ConfigMap N short=cm
endpoints Endpoints N short=ep
events Event N short=ev
limitranges LimitRange N short=limits
namespaces Namespace C verbs=create,delete,get,list,patch,update,watch short=ns sub=finalize:Namespace(update);status
nodes Node C short=no sub=proxy:NodeProxyOptions(create,delete,get,patch,update);status
persistentvolumeclaims PersistentVolumeClaim N short=pvc sub=status
persistentvolumes PersistentVolume C short=pv sub=status
pods Pod N short=po cat=all sub=attach:PodAttachOptions(create,get);binding:Binding(create);ephemeralcontainers:Pod(get,patch,update);eviction:policy/v1.Eviction(create);exec:PodExecOptions(create,get);log:Pod(get);portforward:PodPortForwardOptions(create,get);proxy:PodProxyOptions(create,delete,get,patch,update);resize:Pod(get,patch,update);status
podtemplates PodTemplate N
replicationcontrollers ReplicationController N short=rc cat=all sub=scale:autoscaling/v1.Scale(get,patch,update);status
resourcequotas ResourceQuota N short=quota sub=status
secrets Secret N
serviceaccounts ServiceAccount N short=sa sub=token:authentication.k8s.io/v1.TokenRequest(create)
services Service N short=svc cat=all sub=proxy:ServiceProxyOptions(create,delete,get,patch,update);status
# apiregistration.k8s.io/v1
apiservices APIService C cat=api-extensions sub=status
# apps/v1
controllerrevisions ControllerRevision N
daemonsets DaemonSet N short=ds cat=all sub=status
deployments Deployment N short=deploy cat=all sub=scale:autoscaling/v1.Scale(get,patch,update);status
replicasets ReplicaSet N short=rs cat=all sub=scale:autoscaling/v1.Scale(get,patch,update);status
statefulsets StatefulSet N short=sts cat=all sub=scale:autoscaling/v1.Scale(get,patch,update);status
# events.k8s.io/v1
events Event N short=ev
# authentication.k8s.io/v1
selfsubjectreviews SelfSubjectReview C verbs=create
tokenreviews TokenReview C verbs=create
# authorization.k8s.io/v1
localsubjectaccessreviews LocalSubjectAccessReview N verbs=create
selfsubjectaccessreviews SelfSubjectAccessReview C verbs=create
selfsubjectrulesreviews SelfSubjectRulesReview C verbs=create
subjectaccessreviews SubjectAccessReview C verbs=create
# autoscaling/v2
horizontalpodautoscalers HorizontalPodAutoscaler N short=hpa cat=all sub=status
# autoscaling/v1
horizontalpodautoscalers HorizontalPodAutoscaler N short=hpa cat=all sub=status
# batch/v1
cronjobs CronJob N short=cj cat=all sub=status
jobs Job N cat=all sub=status
# certificates.k8s.io/v1
certificatesigningrequests CertificateSigningRequest C short=csr sub=approval:CertificateSigningRequest(get,patch,update);status
# networking.k8s.io/v1
ingressclasses IngressClass C
ingresses Ingress N short=ing sub=status
ipaddresses IPAddress C short=ip
networkpolicies NetworkPolicy N short=netpol
servicecidrs ServiceCIDR C sub=status
# policy/v1
poddisruptionbudgets PodDisruptionBudget N short=pdb sub=status
# rbac.authorization.k8s.io/v1
clusterrolebindings ClusterRoleBinding C
clusterroles ClusterRole C
rolebindings RoleBinding N
roles Role N
# storage.k8s.io/v1
csidrivers CSIDriver C
csinodes CSINode C
csistoragecapacities CSIStorageCapacity N
storageclasses StorageClass C short=sc
volumeattachments VolumeAttachment C sub=status
# admissionregistration.k8s.io/v1
mutatingwebhookconfigurations MutatingWebhookConfiguration C cat=api-extensions
validatingadmissionpolicies ValidatingAdmissionPolicy C cat=api-extensions sub=status
validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding C cat=api-extensions
validatingwebhookconfigurations ValidatingWebhookConfiguration C cat=api-extensions
# apiextensions.k8s.io/v1
customresourcedefinitions CustomResourceDefinition C short=crd,crds cat=api-extensions sub=status
# scheduling.k8s.io/v1
priorityclasses PriorityClass C short=pc
# coordination.k8s.io/v1
leases Lease N
# node.k8s.io/v1
runtimeclasses RuntimeClass C
# discovery.k8s.io/v1
endpointslices EndpointSlice N
# flowcontrol.apiserver.k8s.io/v1
flowschemas FlowSchema C sub=status
prioritylevelconfigurations PriorityLevelConfiguration C sub=status
`;
