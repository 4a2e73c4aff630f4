// From a request's body to an object of its kind: strict decoding, and the form in which objects are stored.
import { Decoder } from './decoding/decoder.ts';
import { normalise } from './decoding/normalise.ts';
import { typeOfKind } from './kinds.ts';
import type { Kind, KubeObject } from './objects.ts';

export type Decoded =
  | {
      readonly ok: true;
      readonly object: KubeObject;
      /** `unknown field "spec.imag"`, in the order of the body; what to do with them is the request's fieldValidation. */
      readonly strictErrors: readonly string[];
    }
  /** The decoder's words: `json: cannot unmarshal ...`, `quantities must match ...`. */
  | { readonly ok: false; readonly message: string };

/**
 * Reads a body as an object of a kind, as a v1.33 API server does: unknown fields dropped and reported, nulls as
 * absent, quantities and times in canonical form, empty values dropped or written as Go's encoder does. Errors name
 * the first bad field in the order of the body's keys, which kubectl sends sorted.
 */
export function decode(kind: Kind | 'Scale' | 'Eviction' | 'Binding', body: unknown): Decoded {
  return decodeAs(typeOfKind(kind), body);
}

/** The same for any type of the field table: `PodTemplateSpec`, `DeleteOptions`. */
export function decodeAs(type: string, body: unknown): Decoded {
  const decoder = new Decoder();
  const read = decoder.read(type, body);
  if (!read.ok) return { ok: false, message: read.error };
  return { ok: true, object: read.value as KubeObject, strictErrors: decoder.strictErrors };
}

/** An object made by a component inside the cluster, in the form in which it is stored. */
export function normaliseObject<T extends KubeObject>(kind: Kind, object: T): T {
  return normalise(typeOfKind(kind), object);
}

/** Fields that Go writes as null when they are empty lists, which the store holds as `[]`. */
const nullLists: Partial<Record<Kind, readonly string[]>> = {
  EndpointSlice: ['endpoints', 'ports'],
};

/** An object as the server writes it into an answer. */
export function asWritten<T extends KubeObject>(kind: Kind, object: T): T {
  const fields = nullLists[kind];
  if (kind === 'HorizontalPodAutoscaler') return withNullMetrics(object);
  if (fields === undefined) return object;
  const written: Record<string, unknown> = { ...object };
  for (const field of fields) {
    const list = object[field] as readonly unknown[] | undefined;
    if (list === undefined || list.length === 0) written[field] = null;
  }
  return written as T;
}

function withNullMetrics<T extends KubeObject>(object: T): T {
  const status = object['status'] as { readonly currentMetrics?: readonly unknown[] } | undefined;
  if (status === undefined || (status.currentMetrics?.length ?? 0) > 0) return object;
  return { ...object, status: { ...status, currentMetrics: null } };
}
