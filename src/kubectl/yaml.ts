// YAML in and out as kubectl needs it.
import { dump, load } from 'js-yaml';

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  /** `yaml: line 3: ...`. */
  | { readonly ok: false; readonly error: string };

/** Reads one YAML document. */
export function parseYaml(text: string): Parsed {
  try {
    return { ok: true, value: load(text) };
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { ok: false, error: `yaml: ${message}` };
  }
}

/** Reads one document of a manifest. */
export function parseDocument(text: string): Parsed {
  return parseYaml(text);
}

/** The documents of a stream. */
export function splitDocuments(text: string): readonly string[] {
  return text.split(/^---.*$/m).filter((document) => document.trim() !== '');
}

export function toYaml(value: unknown): string {
  return dump(value, { sortKeys: true });
}
