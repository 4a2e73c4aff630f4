// Progress as a file that the reader carries to another browser. Reading one either gives all of
// its records or says what is wrong; it never gives some of them.
import { BadField, readRecord } from './check.ts';
import { merge, type ProgressRecord } from './records.ts';

/** The version of the format. A change of meaning raises it, and older files are migrated here. */
export const progressFormat = 1;
/** Limits of a file: characters of its text, and records. */
export const fileLimits = { chars: 8_000_000, records: 20_000 } as const;

export type FileProblem =
  | { readonly reason: 'too-large' | 'not-json' | 'not-progress' | 'too-many' }
  | { readonly reason: 'newer'; readonly format: number }
  /** `at` counts records from 1. */
  | { readonly reason: 'bad-record'; readonly at: number; readonly field: string };

export type FileResult =
  | { readonly ok: true; readonly records: readonly ProgressRecord[] }
  | { readonly ok: false; readonly problem: FileProblem };

/** All records as the text of a file. */
export function exportFile(records: readonly ProgressRecord[]): string {
  const sorted = merge(records, []);
  return `${JSON.stringify({ podlab: 'progress', format: progressFormat, records: sorted }, null, 1)}\n`;
}

const refuse = (problem: FileProblem): FileResult => ({ ok: false, problem });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The records of a file's text, checked one by one. */
export function importFile(text: string): FileResult {
  if (text.length > fileLimits.chars) return refuse({ reason: 'too-large' });
  const data = parse(text);
  if (data === undefined) return refuse({ reason: 'not-json' });
  if (typeof data !== 'object' || data === null) return refuse({ reason: 'not-progress' });
  const { podlab, format, records } = data as Record<string, unknown>;
  if (podlab !== 'progress' || !Number.isInteger(format) || !Array.isArray(records)) {
    return refuse({ reason: 'not-progress' });
  }
  if ((format as number) > progressFormat) {
    return refuse({ reason: 'newer', format: format as number });
  }
  if (format !== progressFormat) return refuse({ reason: 'not-progress' });
  if (records.length > fileLimits.records) return refuse({ reason: 'too-many' });
  return readRecords(records);
}

function readRecords(values: readonly unknown[]): FileResult {
  const records: ProgressRecord[] = [];
  for (const value of values) {
    try {
      records.push(readRecord(value));
    } catch (error) {
      if (!(error instanceof BadField)) throw error;
      return refuse({ reason: 'bad-record', at: records.length + 1, field: error.message });
    }
  }
  return { ok: true, records: merge(records, []) };
}

/** Stored values, of which what cannot be read is left out: a damaged record costs only itself. */
export function readStored(values: readonly unknown[]): ProgressRecord[] {
  const records = values.flatMap((value) => {
    try {
      return [readRecord(value)];
    } catch (error) {
      if (error instanceof BadField) return [];
      throw error;
    }
  });
  return merge(records, []);
}
