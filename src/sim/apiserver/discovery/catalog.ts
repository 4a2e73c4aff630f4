// The resources of api/kinds.ts in the words that requests use (`resource` for the plural).
import type { Resource } from '../../api/kinds.ts';
import { resources as all, splitApiVersion } from '../../api/kinds.ts';

export type ResourceInfo = Resource & { readonly resource: string };

const described = new Map<Resource, ResourceInfo>(
  all.map((resource) => [resource, { ...resource, resource: resource.plural }]),
);

/** Every resource in the order of discovery. */
export const resources: readonly ResourceInfo[] = [...described.values()];

/** `apps/v1` to its group and version; the core group is ''. */
export const parseGroupVersion = splitApiVersion;

/** `v1` or `apps/v1`. */
export function formatGroupVersion(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}
