// YAML texts that hold one object: kubeconfigs, patches, edited objects.
import { readManifest } from '#sim/api/yaml-in.ts';

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  /** `yaml: line 3: ...`. */
  | { readonly ok: false; readonly error: string };

/** Reads the first document; an empty text is null. */
export function parseYaml(text: string): Parsed {
  const { documents, error } = readManifest(text);
  const [first] = documents;
  if (first !== undefined) return { ok: true, value: first.value };
  if (error === undefined) return { ok: true, value: null };
  return { ok: false, error: error.message.replace(/^error converting YAML to JSON: /, '') };
}
