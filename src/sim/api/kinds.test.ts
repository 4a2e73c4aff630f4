import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { groupVersions, kinds, resourceAt, resourceOf } from './kinds.ts';
import { isType } from './fields/table.ts';
import { typeOfKind } from './kinds.ts';

const read = (name: string): unknown =>
  JSON.parse(
    readFileSync(new URL(`../../../tests/discovery/${name}.json`, import.meta.url), 'utf8'),
  );

/** Our table in the shape of the server's aggregated discovery. */
const asDiscovery = (core: boolean) => {
  const groups = new Map<string, object[]>();
  for (const { group, version, resources } of groupVersions) {
    if ((group === '') !== core) continue;
    const versions = groups.get(group) ?? [];
    groups.set(group, versions);
    versions.push({
      version,
      resources: resources.map((resource) => ({
        resource: resource.plural,
        responseKind: { group: '', version: '', kind: resource.kind },
        scope: resource.namespaced ? 'Namespaced' : 'Cluster',
        singularResource: resource.singular,
        verbs: resource.verbs,
        ...(resource.shortNames.length > 0 && { shortNames: resource.shortNames }),
        ...(resource.categories.length > 0 && { categories: resource.categories }),
        ...(resource.subresources.length > 0 && {
          subresources: resource.subresources.map(({ name, group, version, kind, verbs }) => ({
            subresource: name,
            responseKind: { group, version, kind },
            verbs,
          })),
        }),
      })),
      freshness: 'Current',
    });
  }
  const items = [...groups].map(([name, versions]) => ({
    metadata: { ...(name !== '' && { name }), creationTimestamp: null },
    versions,
  }));
  const head = { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2' };
  return { ...head, metadata: {}, items };
};

test('the table says what a v1.33 server says of its resources', () => {
  expect(asDiscovery(true)).toEqual(read('api'));
  expect(asDiscovery(false)).toEqual(read('apis'));
});

test('every modelled kind has a resource and a type', () => {
  for (const kind of kinds) {
    const resource = resourceOf(kind);
    expect(resourceAt(resource.group, resource.version, resource.plural)).toBe(resource);
    expect(isType(typeOfKind(kind))).toBe(true);
  }
});
