// The shape of an admission plugin, and the words in which one refuses.
import type { KubeObject } from '../../api/objects.ts';
import type { Status, StatusCause } from '../../api/generated/types.ts';
import type { Attributes, ServerContext } from '../registry/context.ts';
import { forbidden } from '../status.ts';
import type { Result } from '../types.ts';

export interface AdmissionPlugin {
  /** The name it has in the flags of kube-apiserver. */
  readonly name: string;
  /** Changes the object before it is validated, or refuses it. */
  admit?(context: ServerContext, attributes: Attributes, object: KubeObject): Result<KubeObject>;
  /** Judges the object after validation, or a deletion. */
  validate?(context: ServerContext, attributes: Attributes): Status | undefined;
}

/**
 * admission.NewForbidden: names the object by its name, or by `generateName` while it has none.
 * @param why the plugin's own words.
 */
export function forbid(
  attributes: Attributes,
  why: string,
  causes?: readonly StatusCause[],
): Status {
  const metadata = attributes.object?.metadata;
  const name = attributes.name || metadata?.name || metadata?.generateName || 'Unknown';
  return forbidden(attributes.info, name, why, causes);
}

/** True for creating a whole Pod. */
export function isPodCreate({ operation, info, subresource }: Attributes): boolean {
  return operation === 'CREATE' && info.modelled === 'Pod' && subresource === '';
}
