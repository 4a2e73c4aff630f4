// Objects by name alone: `pod/web`, `deployment.apps/shop`.
import type { KubeObject } from '#sim/api/objects.ts';
import { parseGroupVersion } from '#sim/apiserver/discovery/catalog.ts';
import { metadataOf } from '../resources/info.ts';
import { qualifiedKind } from '../resources/mapper.ts';

export function objectName(object: KubeObject): string {
  const { group } = parseGroupVersion(object.apiVersion ?? '');
  const kind = qualifiedKind({ kind: object.kind ?? '', group });
  return `${kind}/${metadataOf(object).name ?? ''}`;
}
