// What the server says of itself: groups, resources, version, in the plain and in the aggregated form.
import type { Resource } from '../../api/kinds.ts';
import { groupVersions } from '../../api/kinds.ts';
import type { KubeObject } from '../../api/objects.ts';

/** GET /version of the release that is modelled. */
export const serverVersion = {
  major: '1',
  minor: '33',
  emulationMajor: '1',
  emulationMinor: '33',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '32',
  gitVersion: 'v1.33.13',
  gitCommit: '2df3632e823a813f64218dfc6f5c2e70d28ecdf0',
  gitTreeState: 'clean',
  buildDate: '2026-07-10T00:00:00Z',
  goVersion: 'go1.26.8',
  compiler: 'gc',
  platform: 'linux/amd64',
} as const;

type Json = Readonly<Record<string, unknown>>;

const given = (list: readonly string[], field: string): Json =>
  list.length === 0 ? {} : { [field]: list };

function aggregatedResource(resource: Resource): Json {
  const subresources = resource.subresources.map(({ name, group, version, kind, verbs }) => ({
    subresource: name,
    responseKind: { group, version, kind },
    verbs,
  }));
  return {
    resource: resource.plural,
    responseKind: { group: '', version: '', kind: resource.kind },
    scope: resource.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: resource.singular,
    verbs: resource.verbs,
    ...given(resource.shortNames, 'shortNames'),
    ...given(resource.categories, 'categories'),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}

/** GET /api or /apis for clients that accept apidiscovery.k8s.io/v2. */
export function aggregatedDiscovery(path: '/api' | '/apis'): KubeObject {
  const groups = new Map<string, Json[]>();
  for (const { group, version, resources } of groupVersions) {
    if ((group === '') !== (path === '/api')) continue;
    const versions = groups.get(group) ?? [];
    groups.set(group, versions);
    versions.push({ version, resources: resources.map(aggregatedResource), freshness: 'Current' });
  }
  const items = [...groups].map(([name, versions]) => ({
    metadata: { ...(name === '' ? {} : { name }), creationTimestamp: null },
    versions,
  }));
  const metadata = {};
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata, items };
}

/** The addresses at which clients reach the server; `host` as they wrote it. */
const addresses = (host: string): Json => ({
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: host }],
});

function groupDocument(group: string): Json | undefined {
  const versions = groupVersions
    .filter((entry) => entry.group === group)
    .map(({ version }) => ({ groupVersion: `${group}/${version}`, version }));
  const [preferredVersion] = versions;
  if (group === '' || preferredVersion === undefined) return undefined;
  return { name: group, versions, preferredVersion };
}

function resourceEntry(resource: Resource): readonly Json[] {
  const own = {
    name: resource.plural,
    singularName: resource.singular,
    namespaced: resource.namespaced,
    kind: resource.kind,
    verbs: resource.verbs,
    ...given(resource.shortNames, 'shortNames'),
    ...given(resource.categories, 'categories'),
  };
  const subresources = resource.subresources.map(({ name, group, version, kind, verbs }) => ({
    name: `${resource.plural}/${name}`,
    singularName: '',
    namespaced: resource.namespaced,
    ...(group === '' ? {} : { group }),
    ...(version === '' ? {} : { version }),
    kind,
    verbs,
  }));
  return [own, ...subresources];
}

function resourceList(group: string, version: string): KubeObject | undefined {
  const found = groupVersions.find((entry) => entry.group === group && entry.version === version);
  if (found === undefined) return undefined;
  return {
    kind: 'APIResourceList',
    ...(group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: found.resources.flatMap(resourceEntry),
  };
}

/**
 * The plain discovery document at a path (`/api`, `/apis`, `/api/v1`, `/apis/apps`, `/apis/apps/v1`), or undefined when
 * there is none.
 * @param host the address to name in it.
 */
export function discoveryDocument(path: string, host: string): KubeObject | undefined {
  const [root, first, second, ...rest] = path.split('/').filter((part) => part !== '');
  if (rest.length > 0) return undefined;
  if (root === 'api') {
    if (first === undefined) return { kind: 'APIVersions', versions: ['v1'], ...addresses(host) };
    return second === undefined ? resourceList('', first) : undefined;
  }
  if (root !== 'apis') return undefined;
  if (first === undefined) {
    const names = [...new Set(groupVersions.map(({ group }) => group))];
    const groups = names.flatMap((name) => groupDocument(name) ?? []);
    return { kind: 'APIGroupList', apiVersion: 'v1', groups };
  }
  if (second !== undefined) return resourceList(first, second);
  const group = groupDocument(first);
  return group === undefined ? undefined : { kind: 'APIGroup', apiVersion: 'v1', ...group };
}
