// The columns of Tables, kind by kind, as the real server defines them. `+` marks those of wide output (priority 1),
// `*` the name, `#` a number, `?` a boolean, `@` a date.

const definitions: Readonly<Record<string, string>> = {
  pods: 'Name*,Ready,Status,Restarts,Age,+IP,+Node,+Nominated Node,+Readiness Gates',
  nodes:
    'Name*,Status,Roles,Age,Version,+Internal-IP,+External-IP,+OS-Image,+Kernel-Version,+Container-Runtime',
  namespaces: 'Name*,Status,Age',
  events: 'Last Seen,Type,Reason,Object,+Subobject,+Source,Message,+First Seen,+Count,+Name*',
  services: 'Name*,Type,Cluster-IP,External-IP,Port(s),Age,+Selector',
  endpoints: 'Name*,Endpoints,Age',
  configmaps: 'Name*,Data,Age',
  secrets: 'Name*,Type,Data,Age',
  serviceaccounts: 'Name*,Secrets,Age',
  persistentvolumes:
    'Name*,Capacity,Access Modes,Reclaim Policy,Status,Claim,StorageClass,VolumeAttributesClass,Reason,Age,+VolumeMode',
  persistentvolumeclaims:
    'Name*,Status,Volume,Capacity,Access Modes,StorageClass,VolumeAttributesClass,Age,+VolumeMode',
  resourcequotas: 'Name*,Request,Limit,Age',
  replicationcontrollers: 'Name*,Desired#,Current#,Ready#,Age,+Containers,+Images,+Selector',
  podtemplates: 'Name*,Containers,Images,Pod Labels',
  'deployments.apps': 'Name*,Ready,Up-to-date,Available,Age,+Containers,+Images,+Selector',
  'replicasets.apps': 'Name*,Desired#,Current#,Ready#,Age,+Containers,+Images,+Selector',
  'statefulsets.apps': 'Name*,Ready,Age,+Containers,+Images',
  'daemonsets.apps':
    'Name*,Desired#,Current#,Ready#,Up-to-date#,Available#,Node Selector,Age,+Containers,+Images,+Selector',
  'controllerrevisions.apps': 'Name*,Controller,Revision,Age',
  'jobs.batch': 'Name*,Status,Completions,Duration,Age,+Containers,+Images,+Selector',
  'cronjobs.batch':
    'Name*,Schedule,Timezone,Suspend?,Active#,Last Schedule,Age,+Containers,+Images,+Selector',
  'endpointslices.discovery.k8s.io': 'Name*,AddressType,Ports,Endpoints,Age',
  'poddisruptionbudgets.policy': 'Name*,Min Available,Max Unavailable,Allowed Disruptions#,Age',
  'priorityclasses.scheduling.k8s.io': 'Name*,Value#,Global-Default?,Age,PreemptionPolicy',
  'leases.coordination.k8s.io': 'Name*,Holder,Age',
  'horizontalpodautoscalers.autoscaling': 'Name*,Reference,Targets,MinPods,MaxPods,Replicas,Age',
  'storageclasses.storage.k8s.io':
    'Name*,Provisioner,ReclaimPolicy,VolumeBindingMode,AllowVolumeExpansion,Age',
  'ingresses.networking.k8s.io': 'Name*,Class,Hosts,Address,Ports,Age',
  'networkpolicies.networking.k8s.io': 'Name*,Pod-Selector,Age',
  'roles.rbac.authorization.k8s.io': 'Name*,Created At@',
  'rolebindings.rbac.authorization.k8s.io': 'Name*,Role,Age,+Users,+Groups,+ServiceAccounts',
};

/** What the default converter gives to kinds without a printer of their own. */
const fallback = 'Name*,Created At@';

export interface ColumnDefinition {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly description: string;
  /** 0, or 1 for columns of wide output only. */
  readonly priority: number;
}

const types: Readonly<Record<string, string>> = { '#': 'integer', '?': 'boolean', '@': 'date' };

function parseColumn(text: string): ColumnDefinition {
  const isWide = text.startsWith('+');
  const bare = isWide ? text.slice(1) : text;
  const mark = bare.slice(-1);
  const type = types[mark];
  return {
    name: type !== undefined || mark === '*' ? bare.slice(0, -1) : bare,
    type: type ?? 'string',
    format: mark === '*' ? 'name' : '',
    description: '',
    priority: isWide ? 1 : 0,
  };
}

const parsed = new Map<string, readonly ColumnDefinition[]>();

/** The columns of a resource by its qualified name (`pods`, `deployments.apps`). */
export function columnsOf(qualifiedResource: string): readonly ColumnDefinition[] {
  const text = definitions[qualifiedResource] ?? fallback;
  let columns = parsed.get(text);
  if (columns === undefined) parsed.set(text, (columns = text.split(',').map(parseColumn)));
  return columns;
}
