// Reads one record out of data that anybody may have written: the wrong shape, too long, or made to
// do harm. What comes out is built anew and holds the known fields alone.
import type { Answer } from '#quiz/mark.ts';
import { confidences, type AskedItem, type ProgressRecord } from './records.ts';

/** Limits of a record, in characters and entries. */
export const recordLimits = { idChars: 120, textChars: 300, entries: 64 } as const;

/** The field of the record that is wrong, such as `answer.text`. */
export class BadField extends Error {}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, name: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new BadField(name);
}

function own(from: Fields, key: string): unknown {
  return Object.hasOwn(from, key) ? from[key] : undefined;
}

function word(value: unknown, name: string): string {
  const isWord = typeof value === 'string' && value.length <= recordLimits.idChars;
  if (isWord && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) return value;
  throw new BadField(name);
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string' && value.length <= recordLimits.textChars) return value;
  throw new BadField(name);
}

function whole(value: unknown, name: string, most = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most) {
    return value as number;
  }
  throw new BadField(name);
}

function list<T>(value: unknown, name: string, read: (entry: unknown, name: string) => T): T[] {
  if (!Array.isArray(value) || value.length > recordLimits.entries) throw new BadField(name);
  return value.map((entry, index) => read(entry, `${name}[${index}]`));
}

function readPairs(value: unknown, name: string): Record<string, string> {
  const entries = Object.entries(fields(value, name));
  if (entries.length > recordLimits.entries) throw new BadField(name);
  return Object.fromEntries(
    entries.map(([key, member]) => [word(key, name), text(member, `${name}.${key}`)]),
  );
}

function readAnswer(value: unknown): Answer {
  const given = fields(value, 'answer');
  const format = own(given, 'format');
  if (format === 'single') return { format, option: word(own(given, 'option'), 'answer.option') };
  if (format === 'multiple') {
    return { format, options: list(own(given, 'options'), 'answer.options', word) };
  }
  if (format === 'order') return { format, order: list(own(given, 'order'), 'answer.order', word) };
  if (format === 'match') return { format, pairs: readPairs(own(given, 'pairs'), 'answer.pairs') };
  if (format === 'typed' || format === 'number') {
    return { format, text: text(own(given, 'text'), 'answer.text') };
  }
  throw new BadField('answer.format');
}

function readAsked(given: Fields, name = ''): AskedItem {
  return {
    item: word(own(given, 'item'), `${name}item`),
    version: whole(own(given, 'version'), `${name}version`, 10_000),
  };
}

const latestMs = 8.64e15;

/**
 * The record that this value holds.
 * @throws BadField with the name of the first field that is not as it must be
 */
export function readRecord(value: unknown): ProgressRecord {
  const given = fields(value, 'record');
  const base = {
    id: word(own(given, 'id'), 'id'),
    lesson: word(own(given, 'lesson'), 'lesson'),
    atMs: whole(own(given, 'atMs'), 'atMs', latestMs),
  };
  const kind = own(given, 'kind');
  if (kind === 'run') {
    const seed = whole(own(given, 'seed'), 'seed', 0xffffffff);
    const items = list(own(given, 'items'), 'items', (entry, name) =>
      readAsked(fields(entry, name), `${name}.`),
    );
    if (items.length === 0) throw new BadField('items');
    return { kind, ...base, seed, items };
  }
  if (kind === 'goal') {
    const of = whole(own(given, 'of'), 'of', 1000);
    return { kind, ...base, goal: word(own(given, 'goal'), 'goal'), of };
  }
  const asked = { ...readAsked(given), run: word(own(given, 'run'), 'run') };
  if (kind === 'gave-up') return { kind, ...base, ...asked };
  if (kind !== 'answer') throw new BadField('kind');
  const correct = own(given, 'correct');
  if (typeof correct !== 'boolean') throw new BadField('correct');
  const answer = readAnswer(own(given, 'answer'));
  const sure = own(given, 'confidence');
  if (sure === undefined) return { kind, ...base, ...asked, answer, correct };
  const confidence = confidences.find((level) => level === sure);
  if (!confidence) throw new BadField('confidence');
  return { kind, ...base, ...asked, answer, correct, confidence };
}
