// A lab as the simulator runs it: the author's file, the manifests beside it, and what the host adds.
import type { ExplainDocs } from '#kubectl/server.ts';
import type { LabFile } from './schema.ts';

export interface LabDefinition {
  /** The lesson's folder name: `01-what-is-a-pod`. */
  readonly lesson: string;
  readonly file: LabFile;
  /** Files of the home folder by name: what lies in `manifests/`. */
  readonly files: Readonly<Record<string, string>>;
}

export interface LabOptions {
  readonly definition: LabDefinition;
  readonly seed: number;
  /** Field descriptions for `kubectl explain`, once the host has loaded them. */
  readonly docs?: (() => ExplainDocs | undefined) | undefined;
}

/** Labs begin on this Monday morning, so that the same lab shows the same times to everybody. */
export const labStartMs = 1_768_212_000_000;
