// From what people type (`po`, `Pod`, `deployments.apps`, `cronjobs.v1.batch`) to resources of the server
// (client-go/restmapper, apimachinery/pkg/api/meta).
import type { KubeObject } from '#sim/api/objects.ts';
import type { ResourceInfo } from '#sim/apiserver/discovery/catalog.ts';
import { formatGroupVersion, parseGroupVersion } from '#sim/apiserver/discovery/catalog.ts';
import { Failure } from '../failure.ts';

/** `pods`, or `deployments.apps` outside the core group. */
export function qualifiedResource(mapping: ResourceInfo): string {
  return mapping.group === '' ? mapping.resource : `${mapping.resource}.${mapping.group}`;
}

/** `pod`, `deployment.apps`: how objects are named in answers (`pod/web created`). */
export function qualifiedKind(mapping: Pick<ResourceInfo, 'kind' | 'group'>): string {
  const kind = mapping.kind.toLowerCase();
  return mapping.group === '' ? kind : `${kind}.${mapping.group}`;
}

/** `Pod`, `ReplicaSet.apps`: kinds in messages about what they cannot do. */
export function groupKind({ kind, group }: Pick<ResourceInfo, 'kind' | 'group'>): string {
  return group === '' ? kind : `${kind}.${group}`;
}

/** `v1` or `apps/v1`. */
export function apiVersionOf(mapping: ResourceInfo): string {
  return formatGroupVersion(mapping.group, mapping.version);
}

const matchesName = (mapping: ResourceInfo, name: string): boolean =>
  mapping.resource === name || mapping.singular === name || mapping.kind.toLowerCase() === name;

function pick(
  resources: readonly ResourceInfo[],
  name: string,
  group: string | undefined,
  version?: string,
): ResourceInfo | undefined {
  const candidates = resources.filter(
    (mapping) => version === undefined || mapping.version === version,
  );
  const within = (fits: (mapping: ResourceInfo) => boolean): ResourceInfo | undefined =>
    candidates.find((mapping) => fits(mapping) && matchesName(mapping, name)) ??
    candidates.find((mapping) => fits(mapping) && mapping.shortNames.includes(name));
  if (group === undefined || (group === '' && version === undefined)) return within(() => true);
  return (
    within((mapping) => mapping.group === group) ??
    within((mapping) => group !== '' && mapping.group.startsWith(group))
  );
}

/** The resource that an argument means, or undefined. */
export function findMapping(
  resources: readonly ResourceInfo[],
  argument: string,
): ResourceInfo | undefined {
  const parts = argument.toLowerCase().split('.');
  const [name = '', second] = parts;
  if (name === '') return undefined;
  if (second === undefined) return pick(resources, name, undefined);
  const versioned =
    parts.length > 2 ? pick(resources, name, parts.slice(2).join('.'), second) : undefined;
  return versioned ?? pick(resources, name, parts.slice(1).join('.'));
}

/** As findMapping, with kubectl's words for what the server does not have. */
export function mappingFor(resources: readonly ResourceInfo[], argument: string): ResourceInfo {
  const mapping = findMapping(resources, argument);
  if (mapping !== undefined) return mapping;
  const name = argument.split('.')[0] ?? '';
  throw new Failure(`the server doesn't have a resource type ${JSON.stringify(name)}`);
}

/** The resource of an object, by its kind and apiVersion; undefined when the server has none. */
export function mappingOfKind(
  resources: readonly ResourceInfo[],
  { apiVersion = '', kind = '' }: KubeObject,
): ResourceInfo | undefined {
  const { group, version } = parseGroupVersion(apiVersion);
  return resources.find(
    (mapping) => mapping.kind === kind && mapping.group === group && mapping.version === version,
  );
}

/** What a category such as `all` stands for, in the order of discovery; undefined for other words. */
export function expandCategory(
  resources: readonly ResourceInfo[],
  word: string,
): readonly string[] | undefined {
  const members: string[] = [];
  for (const mapping of resources) {
    const name = qualifiedResource(mapping);
    if (mapping.categories.includes(word) && !members.includes(name)) members.push(name);
  }
  return members.length === 0 ? undefined : members;
}
