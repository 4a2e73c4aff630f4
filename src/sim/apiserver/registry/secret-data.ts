// `stringData` of a Secret: written by people, kept as base64 in `data` (pkg/apis/core/v1/conversion.go).
import { encodeBase64 } from '../../api/base64.ts';
import type { Secret } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';

/** The Secret with its `stringData` in `data`, over what was there under the same keys. */
export function withStringData(object: KubeObject): KubeObject {
  const { stringData, ...rest } = object as Secret;
  if (stringData === undefined) return object;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, encodeBase64(text)]);
  return { ...rest, data: { ...rest.data, ...Object.fromEntries(encoded) } };
}
