// An object on its way through a command: where it is, where it came from, and what is known of it.
import type { KubeObject } from '#sim/api/objects.ts';
import type { ResourceInfo } from '#sim/apiserver/discovery/catalog.ts';
import type { ApiRequest } from '#sim/apiserver/types.ts';
import { pathOf } from '../api.ts';
import { omit } from '../omit.ts';
import { qualifiedKind } from './mapper.ts';

export interface Info {
  readonly mapping: ResourceInfo;
  /** '' for kinds without namespaces, and for lists over all of them. */
  readonly namespace: string;
  /** '' for lists. */
  readonly name: string;
  /** The file it was read from, or ''. */
  readonly source: string;
  readonly object: KubeObject;
}

/** `pod/web`, `deployment.apps/shop`: how commands name an object. */
export function nameOf(info: Pick<Info, 'mapping' | 'name'>): string {
  return `${qualifiedKind(info.mapping)}/${info.name}`;
}

/** The path of requests about the object. */
export function requestPath(
  info: Pick<Info, 'mapping' | 'namespace' | 'name'>,
): Pick<ApiRequest, 'group' | 'version' | 'resource' | 'namespace' | 'name'> {
  return {
    ...pathOf(info.mapping),
    namespace: info.mapping.namespaced ? info.namespace : undefined,
    name: info.name === '' ? undefined : info.name,
  };
}

/** The path of requests about all objects beside this one: its kind and namespace. */
export function collectionPath(
  info: Pick<Info, 'mapping' | 'namespace'>,
): Pick<ApiRequest, 'group' | 'version' | 'resource' | 'namespace'> {
  return omit(requestPath({ ...info, name: '' }), 'name');
}

/** The object's own metadata, as far as it has any. */
export function metadataOf(object: KubeObject): NonNullable<KubeObject['metadata']> {
  return object.metadata ?? {};
}
