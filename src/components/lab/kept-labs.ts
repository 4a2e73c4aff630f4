// Labs as they were left: the transcript of each lesson's lab, in the browser's own storage.
import { readTranscript, simVersion, type Transcript } from '#lab/transcript.ts';

const keyOf = (lesson: string): string => `podlab:lab:${lesson}`;

export type Kept =
  | { readonly transcript: Transcript }
  /** What was there could not be used; it stays under another name. */
  | { readonly problem: string }
  | undefined;

/** The lab of a lesson as it was left; undefined where there is none, or no storage. */
export function readKept(lesson: string): Kept {
  let text: string | null;
  try {
    text = localStorage.getItem(keyOf(lesson));
  } catch {
    return undefined;
  }
  if (text === null) return undefined;
  const read = parse(text, lesson);
  if ('transcript' in read) return read;
  try {
    localStorage.setItem(`${keyOf(lesson)}:unreadable`, text);
    localStorage.removeItem(keyOf(lesson));
  } catch {
    // A full storage keeps what it has.
  }
  return read;
}

function parse(text: string, lesson: string): { transcript: Transcript } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'it is no JSON' };
  }
  const transcript = readTranscript(value);
  if ('error' in transcript) return { problem: transcript.error };
  if (transcript.lesson !== lesson) return { problem: 'it belongs to another lesson' };
  if (transcript.simVersion !== simVersion) {
    return { problem: `it was made with version ${transcript.simVersion} of the simulator` };
  }
  return { transcript };
}

/** Keeps a lab. Returns whether that worked: storage may be full or blocked. */
export function keep(transcript: Transcript): boolean {
  try {
    localStorage.setItem(keyOf(transcript.lesson), JSON.stringify(transcript));
    return true;
  } catch {
    return false;
  }
}

export function forget(lesson: string): void {
  try {
    localStorage.removeItem(keyOf(lesson));
  } catch {
    // Without storage there is nothing to forget.
  }
}
