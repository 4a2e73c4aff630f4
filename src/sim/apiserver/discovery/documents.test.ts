import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { aggregatedDiscovery, discoveryDocument, serverVersion } from './documents.ts';

const read = (name: string): unknown =>
  JSON.parse(
    readFileSync(new URL(`../../../../tests/discovery/${name}.json`, import.meta.url), 'utf8'),
  );

it('says in the aggregated form what a v1.33 server says of itself', () => {
  expect(aggregatedDiscovery('/api')).toEqual(read('api'));
  expect(aggregatedDiscovery('/apis')).toEqual(read('apis'));
});

it('says the same in plain documents', () => {
  expect(discoveryDocument('/api', 'localhost:1')).toEqual({
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: 'localhost:1' }],
  });
  expect(discoveryDocument('/apis/autoscaling', '')).toEqual({
    kind: 'APIGroup',
    apiVersion: 'v1',
    name: 'autoscaling',
    versions: [
      { groupVersion: 'autoscaling/v2', version: 'v2' },
      { groupVersion: 'autoscaling/v1', version: 'v1' },
    ],
    preferredVersion: { groupVersion: 'autoscaling/v2', version: 'v2' },
  });
  expect(discoveryDocument('/apis/policy/v1', '')).toEqual({
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'policy/v1',
    resources: [
      {
        name: 'poddisruptionbudgets',
        singularName: 'poddisruptionbudget',
        namespaced: true,
        kind: 'PodDisruptionBudget',
        verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
        shortNames: ['pdb'],
      },
      {
        name: 'poddisruptionbudgets/status',
        singularName: '',
        namespaced: true,
        kind: 'PodDisruptionBudget',
        verbs: ['get', 'patch', 'update'],
      },
    ],
  });
  expect(discoveryDocument('/apis/nope/v1', '')).toBeUndefined();
});

it('is of the release that the recordings are of', () => {
  expect(serverVersion).toEqual(read('version'));
});
