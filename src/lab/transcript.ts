// The transcript of a lab: all that came from outside, with the virtual time at which it came. Seed, lesson, simulator
// version and transcript give the same cluster, byte for byte; undo, resume and links are replays of it.

/** Rises only when the digest of a replay changes. */
export const simVersion = 1;

/** What a learner (or the page for them) does. */
export type Act =
  /** A line typed at a terminal; the shell, or whatever program reads from that terminal, gets it. */
  | { readonly do: 'line'; readonly terminal: number; readonly text: string }
  | { readonly do: 'keys'; readonly terminal: number; readonly keys: 'ctrl-c' | 'ctrl-d' }
  /** A further terminal was opened on the workstation. */
  | { readonly do: 'open'; readonly terminal: number }
  | { readonly do: 'close'; readonly terminal: number }
  /** A file of the workstation was saved in the editor. */
  | { readonly do: 'save'; readonly path: string; readonly text: string }
  | { readonly do: 'predict'; readonly id: string; readonly option: string }
  /** `power-off node-2` and the like. */
  | { readonly do: 'fault'; readonly text: string }
  /** The clock was stopped or started, and by what. */
  | { readonly do: 'clock'; readonly state: 'stopped' | 'running'; readonly why: StopReason };

export type StopReason =
  /** The last command has settled. */
  | 'settled'
  /** The learner pressed pause, run on, or a speed. */
  | 'learner'
  /** The tab is hidden, the lab closed or covered. */
  | 'away'
  /** A prediction waits for its answer. */
  | 'prediction'
  | 'command';

export interface Entry {
  /** Virtual milliseconds since the lab began. */
  readonly atMs: number;
  readonly act: Act;
}

export interface Transcript {
  readonly simVersion: number;
  readonly lesson: string;
  readonly seed: number;
  readonly entries: readonly Entry[];
  /** Where the clock stands at the end, in virtual milliseconds since the lab began. */
  readonly endMs: number;
}

/** Limits on what is read back: from storage, links and files. */
export const transcriptLimits = {
  entries: 5000,
  textLength: 262_144,
  endMs: 400 * 86_400_000,
} as const;

const isText = (value: unknown, most: number = transcriptLimits.textLength): value is string =>
  typeof value === 'string' && value.length <= most;
const isIndex = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 16;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readers: Readonly<Record<Act['do'], (act: Fields) => boolean>> = {
  line: (act) => isIndex(act['terminal']) && isText(act['text']),
  keys: (act) => isIndex(act['terminal']) && ['ctrl-c', 'ctrl-d'].includes(String(act['keys'])),
  open: (act) => isIndex(act['terminal']),
  close: (act) => isIndex(act['terminal']),
  save: (act) => isText(act['path'], 4096) && isText(act['text']),
  predict: (act) => isText(act['id'], 200) && isText(act['option'], 200),
  fault: (act) => isText(act['text'], 200),
  clock: (act) => ['stopped', 'running'].includes(String(act['state'])) && isText(act['why'], 20),
};

/**
 * Checks a transcript that comes from outside.
 * @returns the transcript, or in words what is wrong with it.
 */
export function readTranscript(value: unknown): Transcript | { readonly error: string } {
  if (!isFields(value)) return { error: 'it is not a transcript' };
  const { simVersion: version, lesson, seed, entries, endMs } = value;
  if (typeof version !== 'number') return { error: 'it does not say which simulator made it' };
  if (!isText(lesson, 200)) return { error: 'it does not say which lesson it belongs to' };
  if (typeof seed !== 'number' || !Number.isSafeInteger(seed))
    return { error: 'its seed is no number' };
  if (!Array.isArray(entries)) return { error: 'it has no entries' };
  if (entries.length > transcriptLimits.entries) {
    return { error: `it has more than ${transcriptLimits.entries} entries` };
  }
  const endIsTime = typeof endMs === 'number' && endMs >= 0 && endMs <= transcriptLimits.endMs;
  if (!endIsTime) return { error: 'its end is no time' };
  let lastMs = 0;
  for (const [index, entry] of (entries as unknown[]).entries()) {
    if (!isFields(entry) || !isFields(entry['act']))
      return { error: `entry ${index + 1} is no act` };
    const { atMs, act } = entry as { atMs: unknown; act: Fields };
    if (typeof atMs !== 'number' || !(atMs >= lastMs) || atMs > endMs) {
      return { error: `entry ${index + 1} is out of order` };
    }
    const reader = readers[act['do'] as Act['do']] as ((fields: Fields) => boolean) | undefined;
    if (reader === undefined || !reader(act))
      return { error: `entry ${index + 1} is no known act` };
    lastMs = atMs;
  }
  return value as unknown as Transcript;
}
