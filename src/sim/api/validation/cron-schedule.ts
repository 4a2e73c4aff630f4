// CronJob schedules: five fields, as robfig/cron reads them, with its words for what is wrong.
import type { CronJob } from '../generated/types.ts';
import { durationErrorOf, parseGoDuration } from '../duration.ts';
import { invalid, quoted, required, type FieldError } from '../messages.ts';

interface Bounds {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const days = 'sun mon tue wed thu fri sat'.split(' ');
const bounds: readonly Bounds[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'dom', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: months },
  { name: 'dow', min: 0, max: 6, names: days },
];

const shorthands: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

export type Schedule =
  | {
      readonly kind: 'fields';
      /** The values that each of the five fields allows. */
      readonly fields: readonly ReadonlySet<number>[];
      /** Where both day fields say something, a day need only fit one of them. */
      readonly anyDayOfMonth: boolean;
      readonly anyDayOfWeek: boolean;
    }
  | { readonly kind: 'every'; readonly seconds: number };

class ScheduleError extends Error {}

function number(text: string, names: readonly string[] | undefined, min: number): number {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + min;
  if (!/^[+-]?\d{1,9}$/.test(text)) {
    const why = `strconv.Atoi: parsing ${quoted(text)}: invalid syntax`;
    throw new ScheduleError(`failed to parse int from ${text}: ${why}`);
  }
  const value = Number(text);
  if (value < 0) throw new ScheduleError(`negative number (${value}) not allowed: ${text}`);
  return value;
}

interface Range {
  readonly values: readonly number[];
  readonly isStar: boolean;
}

function parseRange(text: string, { min, max, names }: Bounds): Range {
  const [span = '', stepText, ...more] = text.split('/');
  const [low = '', high, ...others] = span.split('-');
  let isStar = low === '*' || low === '?';
  const start = isStar ? min : number(low, names, min);
  let end = isStar ? max : high === undefined ? start : number(high, names, min);
  if (!isStar && others.length > 0) throw new ScheduleError(`too many hyphens: ${text}`);
  if (more.length > 0) throw new ScheduleError(`too many slashes: ${text}`);
  let step = 1;
  if (stepText !== undefined) {
    step = number(stepText, undefined, 0);
    if (high === undefined) end = max;
    if (step > 1) isStar = false;
  }
  if (start < min) {
    throw new ScheduleError(`beginning of range (${start}) below minimum (${min}): ${text}`);
  }
  if (end > max) throw new ScheduleError(`end of range (${end}) above maximum (${max}): ${text}`);
  if (start > end) {
    throw new ScheduleError(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  }
  if (step === 0) throw new ScheduleError(`step of range should be a positive number: ${text}`);
  const values: number[] = [];
  for (let value = start; value <= end; value += step) values.push(value);
  return { values, isStar };
}

function parseFields(parts: readonly string[]): Schedule {
  const ranges = parts.map((part, index) =>
    part
      .split(',')
      .filter((one) => one !== '')
      .map((one) => parseRange(one, bounds[index] as Bounds)),
  );
  const isAny = (index: number): boolean => ranges[index]?.some(({ isStar }) => isStar) === true;
  const fields = ranges.map((list) => new Set(list.flatMap(({ values }) => values)));
  return { kind: 'fields', fields, anyDayOfMonth: isAny(2), anyDayOfWeek: isAny(4) };
}

const every = '@every ';

function parseEvery(text: string): Schedule {
  const given = text.slice(every.length);
  const why = durationErrorOf(given);
  if (why !== undefined) throw new ScheduleError(`failed to parse duration ${text}: ${why}`);
  return { kind: 'every', seconds: Math.max(1, Math.trunc((parseGoDuration(given) ?? 0) / 1000)) };
}

/** A zone in front of the schedule: no longer allowed, but read all the same. */
function withoutZone(text: string): string {
  if (!/^(CRON_)?TZ=/.test(text)) return text;
  const at = text.indexOf(' ');
  if (at < 0) {
    throw new ScheduleError(
      'invalid schedule format: runtime error: slice bounds out of range [:-1]',
    );
  }
  const zone = text.slice(text.indexOf('=') + 1, at);
  if (!isKnownZone(zone)) {
    throw new ScheduleError(`provided bad location ${zone}: unknown time zone ${zone}`);
  }
  return text.slice(at).trim();
}

function parse(given: string): Schedule {
  const text = withoutZone(given);
  if (text.startsWith(every)) return parseEvery(text);
  const written = shorthands[text] ?? text;
  if (written.startsWith('@')) throw new ScheduleError(`unrecognized descriptor: ${text}`);
  const parts = written.split(/\s+/).filter((part) => part !== '');
  if (parts.length === 5) return parseFields(parts);
  const found = `found ${parts.length}: [${parts.join(' ')}]`;
  throw new ScheduleError(`expected exactly 5 fields, ${found}`);
}

/** Reads a schedule; the error is the text that the API server answers with. */
export function parseSchedule(text: string): Schedule | { readonly error: string } {
  if (text.length > 1000) return { error: 'the schedule is too long' };
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof ScheduleError) return { error: error.message };
    throw error;
  }
}

type CronSpec = NonNullable<CronJob['spec']>;

/** A time zone belongs into its own field, unless the schedule named one when that was still allowed. */
export function validateSchedule(
  { schedule, timeZone }: CronSpec,
  old: CronSpec | undefined,
): readonly FieldError[] {
  const field = 'spec.schedule';
  if (!schedule) return [required(field)];
  const parsed = parseSchedule(schedule);
  const errors = 'error' in parsed ? [invalid(field, schedule, parsed.error)] : [];
  if (!schedule.includes('TZ')) return errors;
  if (old?.schedule?.includes('TZ') !== true) {
    const text = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
    return [...errors, invalid(field, schedule, text)];
  }
  if (timeZone === undefined) return errors;
  const text = 'cannot use both timeZone field and TZ or CRON_TZ in schedule';
  return [...errors, invalid(field, schedule, text)];
}

const zonePart = /^[A-Za-z._0-9+-]{1,14}$/;
const areas =
  /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US)\//;
const zones = new Set(
  `UTC GMT GMT+0 GMT-0 GMT0 Greenwich UCT Universal Zulu CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire HST Hongkong
   Iceland Iran Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK
   Singapore Turkey W-SU WET`.split(/\s+/),
);

/** Zones outside of an area are known by name; within one, any name passes. */
const isKnownZone = (zone: string): boolean => zone === '' || zones.has(zone) || areas.test(zone);

export function validateTimeZone(zone: string | undefined, field: string): readonly FieldError[] {
  if (zone === undefined) return [];
  if (zone === '') return [invalid(field, zone, 'timeZone must be nil or non-empty string')];
  const isName = zone
    .split('/')
    .every((part) => part !== '.' && part !== '..' && !part.startsWith('-') && zonePart.test(part));
  if (!isName) return [invalid(field, zone, `unknown time zone ${zone}`)];
  if (zone.toLowerCase() === 'local') {
    const text =
      'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
    return [invalid(field, zone, text)];
  }
  return isKnownZone(zone) ? [] : [invalid(field, zone, `unknown time zone ${zone}`)];
}
