// Every resource of the API by group, version, plural, singular, short name, category and scope, and which of them the
// simulated cluster models.
import { discoveryTable } from './discovery-table.ts';
import type { Kind } from './objects.ts';

export interface Subresource {
  readonly name: string;
  /** The kind that its body has. */
  readonly kind: string;
  /** '' where it is the group and version of the resource itself. */
  readonly group: string;
  readonly version: string;
  readonly verbs: readonly string[];
}

export interface Resource {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  /** `v1`, `apps/v1`: as manifests write it. */
  readonly apiVersion: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: readonly Subresource[];
  /** The kind in the store, or undefined for a resource that is listed but not modelled. */
  readonly modelled: Kind | undefined;
}

export interface ApiGroupVersion {
  readonly group: string;
  readonly version: string;
  readonly resources: readonly Resource[];
}

const usualVerbs = 'create,delete,deletecollection,get,list,patch,update,watch'.split(',');

const modelledVersions: Readonly<Record<Kind, string>> = {
  Pod: 'v1',
  Node: 'v1',
  Namespace: 'v1',
  Event: 'v1',
  Service: 'v1',
  Endpoints: 'v1',
  EndpointSlice: 'discovery.k8s.io/v1',
  ConfigMap: 'v1',
  Secret: 'v1',
  ServiceAccount: 'v1',
  PersistentVolume: 'v1',
  PersistentVolumeClaim: 'v1',
  LimitRange: 'v1',
  ResourceQuota: 'v1',
  ReplicaSet: 'apps/v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  ControllerRevision: 'apps/v1',
  PodDisruptionBudget: 'policy/v1',
  PriorityClass: 'scheduling.k8s.io/v1',
  Lease: 'coordination.k8s.io/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  StorageClass: 'storage.k8s.io/v1',
};

/** The modelled kinds, in a fixed order. */
export const kinds: readonly Kind[] = Object.keys(modelledVersions) as Kind[];

/** Every group and version the server lists, in its order, the core group first. */
export const groupVersions: readonly ApiGroupVersion[] = parseTable();

/** Every resource the server lists, in its order. */
export const resources: readonly Resource[] = groupVersions.flatMap((group) => group.resources);

const byKind = new Map(
  resources.flatMap((resource) => (resource.modelled ? [[resource.modelled, resource]] : [])) as [
    Kind,
    Resource,
  ][],
);
const byPath = new Map(
  resources.map((resource) => [`${resource.apiVersion}/${resource.plural}`, resource]),
);

/** The resource of a modelled kind. */
export function resourceOf(kind: Kind): Resource {
  const resource = byKind.get(kind);
  if (resource === undefined) throw new Error(`kinds: ${kind} is not in the discovery table`);
  return resource;
}

/** The resource that a request's path names, modelled or not. */
export function resourceAt(group: string, version: string, plural: string): Resource | undefined {
  return byPath.get(`${group === '' ? version : `${group}/${version}`}/${plural}`);
}

/** `apps/v1` -> group `apps`, version `v1`; `v1` -> the core group. */
export function splitApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  if (slash < 0) return { group: '', version: apiVersion };
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** `deployments.apps`, `pods`: how messages name a resource. */
export function groupResource(resource: {
  readonly group: string;
  readonly plural: string;
}): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
}

/** The name of a kind's type in the field table: the API's Event is KubeEvent there. */
export function typeOfKind(kind: string): string {
  return kind === 'Event' ? 'KubeEvent' : kind;
}

function parseTable(): readonly ApiGroupVersion[] {
  const groups: ApiGroupVersion[] = [];
  let list: Resource[] = [];
  let apiVersion = '';
  for (const line of discoveryTable.trim().split('\n')) {
    if (line.startsWith('# ')) {
      apiVersion = line.slice(2);
      list = [];
      groups.push({ ...splitApiVersion(apiVersion), resources: list });
    } else {
      list.push(parseLine(apiVersion, line));
    }
  }
  return groups;
}

function parseLine(apiVersion: string, line: string): Resource {
  const [plural = '', kind = '', scope, ...extras] = line.split(' ');
  const extra = (name: string): string | undefined =>
    extras.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const words = (name: string): readonly string[] => extra(name)?.split(',') ?? [];
  const modelled = (modelledVersions as Readonly<Record<string, string>>)[kind] === apiVersion;
  return {
    ...splitApiVersion(apiVersion),
    apiVersion,
    plural,
    singular: kind.toLowerCase(),
    kind,
    namespaced: scope === 'N',
    verbs: extra('verbs')?.split(',') ?? usualVerbs,
    shortNames: words('short'),
    categories: words('cat'),
    subresources: (extra('sub')?.split(';') ?? []).map((sub) => parseSubresource(sub, kind)),
    modelled: modelled ? (kind as Kind) : undefined,
  };
}

function parseSubresource(text: string, ownKind: string): Subresource {
  const usual = { name: text, group: '', version: '', kind: ownKind };
  if (text === 'status') return { ...usual, verbs: ['get', 'patch', 'update'] };
  const [, name = '', path = '', verbs = ''] = /^(\w+):([^(]+)\(([\w,]+)\)$/.exec(text) ?? [];
  const [, group = '', version = ''] = /^(.+)\/(\w+)\./.exec(path) ?? [];
  const kind = path.slice(path.lastIndexOf('.') + 1);
  return { name, group, version, kind, verbs: verbs.split(',') };
}
