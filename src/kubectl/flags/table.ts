// The flags of every command of kubectl 1.33, read off its own help. A line is a command (dots for blanks) and its
// flags in the notation of flags/spec.ts; `@` names a group. Facts only: what they are for stands in help/.

export const flagGroups: Readonly<Record<string, string>> = {
  '@print': 'allow-missing-template-keys!true o,output= show-managed-fields!false template=',
  '@file': 'f,filename* k,kustomize= R,recursive!false',
  '@create': '@print dry-run=none field-manager=kubectl-create save-config!false validate=strict',
};

/** The flags that every command takes (`kubectl options`). */
export const globalFlags =
  'as= as-group+ as-uid= cache-dir= certificate-authority= client-certificate= client-key= cluster= context= ' +
  'disable-compression!false insecure-skip-tls-verify!false kubeconfig= log-flush-frequency~5s ' +
  'match-server-version!false n,namespace= password= profile=none profile-output=profile.pprof ' +
  'request-timeout=0 s,server= tls-server-name= token= user= username= v,v#0 vmodule= warnings-as-errors!false';

/** Flags without which a command does not run, by command. */
export const requiredFlags: Readonly<Record<string, readonly string[]>> = {
  run: ['image'],
  scale: ['replicas'],
  autoscale: ['max'],
  'create deployment': ['image'],
  'create cronjob': ['image', 'schedule'],
  'create clusterrolebinding': ['clusterrole'],
  'create service externalname': ['external-name'],
};

export const flagTable = `
create: @print @file dry-run=none edit!false field-manager=kubectl-create raw= save-config!false
  l,selector= validate=strict windows-line-endings!false
create.clusterrole: @create aggregation-rule= non-resource-url* resource* resource-name* verb*
create.clusterrolebinding: @create clusterrole= group* serviceaccount* user*
create.configmap: @create append-hash!false from-env-file* from-file* from-literal+
create.cronjob: @create image= restart= schedule=
create.deployment: @create image* port%-1 r,replicas%1
create.ingress: @create annotation+ class= default-backend= rule+
create.job: @create from= image=
create.namespace: @create
create.poddisruptionbudget: @create max-unavailable= min-available= selector=
create.priorityclass: @create description= global-default!false
  preemption-policy=PreemptLowerPriority value%0
create.quota: @create hard= scopes=
create.role: @create resource* resource-name* verb*
create.rolebinding: @create clusterrole= group* role= serviceaccount* user*
create.secret.docker-registry: @create append-hash!false docker-email= docker-password=
  docker-server=https://index.docker.io/v1/ docker-username= from-file*
create.secret.generic: @create append-hash!false from-env-file* from-file* from-literal+ type=
create.secret.tls: @create append-hash!false cert= key=
create.service.clusterip: @create clusterip= tcp*
create.service.externalname: @create external-name= tcp*
create.service.loadbalancer: @create tcp*
create.service.nodeport: @create node-port%0 tcp*
create.serviceaccount: @create
create.token: @print audience+ bound-object-kind= bound-object-name= bound-object-uid= duration~0s
expose: @print @file cluster-ip= dry-run=none external-ip= field-manager=kubectl-expose l,labels=
  load-balancer-ip= name= override-type=merge overrides= port= protocol= save-config!false
  selector= session-affinity= target-port= type=
run: @print @file annotations+ attach!false cascade=background command!false dry-run=none env+
  expose!false field-manager=kubectl-run force!false grace-period#-1 image= image-pull-policy=
  l,labels= leave-stdin-open!false override-type=merge overrides= pod-running-timeout~1m0s port=
  privileged!false q,quiet!false restart=Always rm!false save-config!false i,stdin!false
  timeout~0s t,tty!false wait!false
set.env: @print @file all!false c,containers=* dry-run=none e,env+ field-manager=kubectl-set from=
  keys* list!false local!false overwrite!true prefix= resolve!false l,selector=
set.image: @print @file all!false dry-run=none field-manager=kubectl-set local!false l,selector=
set.resources: @print @file all!false c,containers=* dry-run=none field-manager=kubectl-set
  limits= local!false requests= l,selector=
set.selector: @print all!false dry-run=none field-manager=kubectl-set f,filename* local!false
  R,recursive!true resource-version=
set.serviceaccount: @print @file all!false dry-run=none field-manager=kubectl-set local!false
set.subject: @print @file all!false dry-run=none field-manager=kubectl-set group* local!false
  l,selector= serviceaccount* user*
explain: api-version= output=plaintext recursive!false
get: @print @file A,all-namespaces!false chunk-size#500 field-selector= ignore-not-found!false
  L,label-columns* no-headers!false output-watch-events!false raw= l,selector= server-print!true
  show-kind!false show-labels!false sort-by= subresource= w,watch!false watch-only!false
edit: @print @file field-manager=kubectl-edit output-patch!false save-config!false subresource=
  validate=strict windows-line-endings!false
delete: @file all!false A,all-namespaces!false cascade=background dry-run=none field-selector=
  force!false grace-period#-1 ignore-not-found!false i,interactive!false now!false o,output= raw=
  l,selector= timeout~0s wait!true
rollout.history: @print @file revision#0 l,selector=
rollout.pause: @print @file field-manager=kubectl-rollout l,selector=
rollout.restart: @print @file field-manager=kubectl-rollout l,selector=
rollout.resume: @print @file field-manager=kubectl-rollout l,selector=
rollout.status: @file revision#0 l,selector= timeout~0s w,watch!true
rollout.undo: @print @file dry-run=none l,selector= to-revision#0
scale: @print @file all!false current-replicas#-1 dry-run=none replicas#0 resource-version=
  l,selector= timeout~0s
autoscale: @print @file cpu-percent%-1 dry-run=none field-manager=kubectl-autoscale max%-1 min%-1
  name= save-config!false
certificate.approve: @print @file force!false
certificate.deny: @print @file force!false
cluster-info.dump: A,all-namespaces!false allow-missing-template-keys!true namespaces*
  o,output=json output-directory= pod-running-timeout~20s show-managed-fields!false template=
top.node: no-headers!false l,selector= show-capacity!false sort-by= use-protocol-buffers!true
top.pod: A,all-namespaces!false containers!false field-selector= no-headers!false l,selector=
  sort-by= sum!false use-protocol-buffers!true
cordon: dry-run=none l,selector=
uncordon: dry-run=none l,selector=
drain: chunk-size#500 delete-emptydir-data!false disable-eviction!false dry-run=none force!false
  grace-period#-1 ignore-daemonsets!false pod-selector= l,selector= skip-wait-for-delete-timeout#0
  timeout~0s
taint: @print all!false dry-run=none field-manager=kubectl-taint overwrite!false l,selector=
  validate=strict
describe: @file A,all-namespaces!false chunk-size#500 l,selector= show-events!true
logs: all-containers!false all-pods!false c,container= f,follow!false ignore-errors!false
  insecure-skip-tls-verify-backend!false limit-bytes#0 max-log-requests#5 pod-running-timeout~20s
  prefix!false p,previous!false l,selector= since~0s since-time= tail#-1 timestamps!false
attach: c,container= pod-running-timeout~1m0s q,quiet!false i,stdin!false t,tty!false
exec: c,container= f,filename* pod-running-timeout~1m0s q,quiet!false i,stdin!false t,tty!false
port-forward: address*localhost pod-running-timeout~1m0s
proxy: accept-hosts=^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$ accept-paths=^.* address=127.0.0.1
  api-prefix=/ append-server-path!false disable-filter!false keepalive~0s p,port#8001
  reject-methods=^$ reject-paths=^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach u,unix-socket=
  w,www= P,www-prefix=/static/
cp: c,container= no-preserve!false retries#0
auth.can-i: A,all-namespaces!false list!false no-headers!false q,quiet!false subresource=
auth.reconcile: @print @file dry-run=none remove-extra-permissions!false
  remove-extra-subjects!false
auth.whoami: @print
debug: arguments-only!false attach!false c,container= copy-to= custom= env+ f,filename* image=
  image-pull-policy= keep-annotations!false keep-init-containers!true keep-labels!false
  keep-liveness!false keep-readiness!false keep-startup!false profile=legacy q,quiet!false
  replace!false same-node!false set-image^ share-processes!true i,stdin!false target= t,tty!false
events: @print A,all-namespaces!false chunk-size#500 for= no-headers!false types* w,watch!false
diff: @file concurrency#1 field-manager=kubectl-client-side-apply force-conflicts!false
  prune!false prune-allowlist+ l,selector= server-side!false show-managed-fields!false
apply: @print @file all!false cascade=background dry-run=none
  field-manager=kubectl-client-side-apply force!false force-conflicts!false grace-period#-1
  openapi-patch!true overwrite!true prune!false prune-allowlist+ l,selector= server-side!false
  subresource= timeout~0s validate=strict wait!false
apply.edit-last-applied: @print @file field-manager=kubectl-client-side-apply validate=strict
  windows-line-endings!false
apply.set-last-applied: @print create-annotation!false dry-run=none f,filename*
apply.view-last-applied: @file all!false o,output=yaml l,selector=
patch: @print @file dry-run=none field-manager=kubectl-patch local!false p,patch= patch-file=
  subresource= type=strategic
replace: @print @file cascade=background dry-run=none field-manager=kubectl-replace force!false
  grace-period#-1 raw= save-config!false subresource= timeout~0s validate=strict wait!false
wait: @print all!false A,all-namespaces!false field-selector= f,filename* for= local!false
  R,recursive!true l,selector= timeout~30s
kustomize: as-current-user!false enable-alpha-plugins!false enable-helm!false e,env+
  helm-api-versions+ helm-command=helm helm-debug!false helm-kube-version=
  load-restrictor=LoadRestrictionsRootOnly mount+ network!false network-name=bridge o,output=
label: @print @file all!false A,all-namespaces!false dry-run=none field-manager=kubectl-label
  field-selector= list!false local!false overwrite!false resource-version= l,selector=
annotate: @print @file all!false A,all-namespaces!false dry-run=none
  field-manager=kubectl-annotate field-selector= list!false local!false overwrite!false
  resource-version= l,selector=
api-resources: api-group= cached!false categories* namespaced!true no-headers!false o,output=
  sort-by= verbs*
config.get-contexts: no-headers!false o,output=
config.set: set-raw-bytes!false
config.set-cluster: certificate-authority= embed-certs!false insecure-skip-tls-verify!false
  proxy-url= server= tls-server-name=
config.set-context: cluster= current!false namespace= user=
config.set-credentials: auth-provider= auth-provider-arg* client-certificate= client-key=
  embed-certs!false exec-api-version= exec-arg* exec-command= exec-env* exec-interactive-mode=
  exec-provide-cluster-info!false password= token= username=
config.view: allow-missing-template-keys!true flatten!false merge!true minify!false o,output=yaml
  raw!false show-managed-fields!false template=
plugin.list: name-only!false
version: client!false o,output=
`;
