// The annotation in which client-side apply keeps what was applied (kubectl/pkg/util/apply.go).
import type { KubeObject } from '#sim/api/objects.ts';
import { omit } from '../../omit.ts';
import { toCompactJson } from '#sim/api/json-out.ts';
import { compactTypedJson } from '../../print/json.ts';
import { metadataOf } from '../../resources/info.ts';

export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The object as text for the annotation: without the annotation itself, on one line.
 * @param typed fields stay in the order of the Go type, and nothing is added
 */
export function appliedText(object: KubeObject, typed = false): string {
  const { annotations = {}, ...metadata } = metadataOf(object);
  const kept = omit(annotations, lastApplied);
  if (typed) {
    const present = Object.keys(kept).length === 0 ? {} : { annotations: kept };
    return `${compactTypedJson({ ...object, metadata: { ...metadata, ...present } })}\n`;
  }
  return `${toCompactJson({ ...object, metadata: { ...metadata, annotations: kept } })}\n`;
}

/** The object with the annotation that tells of it. */
export function withLastApplied(object: KubeObject, typed = false): KubeObject {
  const metadata = metadataOf(object);
  const annotations = { ...metadata.annotations, [lastApplied]: appliedText(object, typed) };
  return { ...object, metadata: { ...metadata, annotations } };
}

/** What the annotation of a live object says; undefined where it has none. */
export function readLastApplied(object: KubeObject): string | undefined {
  return metadataOf(object).annotations?.[lastApplied];
}
