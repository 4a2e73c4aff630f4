// CronJob schedules: five fields, as robfig/cron reads them, with its words for what is wrong.

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

/** The values that each of the five fields allows; `anyDay` says which of the two day fields was a star. */
export interface Schedule {
  readonly fields: readonly ReadonlySet<number>[];
  readonly starDayOfMonth: boolean;
  readonly starDayOfWeek: boolean;
}

class ScheduleError extends Error {}

function number(text: string, { min, names }: Bounds): number {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + min;
  if (!/^\d{1,9}$/.test(text)) {
    throw new ScheduleError(
      `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}

function range(text: string, one: Bounds): number[] {
  const [span = '', stepText, ...more] = text.split('/');
  if (more.length > 0) throw new ScheduleError(`too many slashes: ${text}`);
  const [low = '', high, ...others] = span.split('-');
  if (others.length > 0) throw new ScheduleError(`too many hyphens: ${text}`);
  const isStar = low === '*' || low === '?';
  const start = isStar ? one.min : number(low, one);
  let end = isStar ? one.max : high === undefined ? start : number(high, one);
  const step = stepText === undefined ? 1 : number(stepText, { name: '', min: 0, max: 0 });
  if (stepText !== undefined && !isStar && high === undefined) end = one.max;
  if (start < one.min)
    throw new ScheduleError(`beginning of range (${start}) below minimum (${one.min}): ${text}`);
  if (end > one.max)
    throw new ScheduleError(`end of range (${end}) above maximum (${one.max}): ${text}`);
  if (start > end)
    throw new ScheduleError(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  if (step === 0) throw new ScheduleError(`step of range should be a positive number: ${text}`);
  const values: number[] = [];
  for (let value = start; value <= end; value += step) values.push(value);
  return values;
}

/** Reads a schedule; the error is the text that the API server answers with. */
export function parseSchedule(text: string): Schedule | { readonly error: string } {
  if (text.length > 1000) return { error: 'the schedule is too long' };
  const written = shorthands[text] ?? text;
  if (written.startsWith('@')) return { error: `unrecognized descriptor: ${text}` };
  const parts = written.split(/\s+/).filter((part) => part !== '');
  if (parts.length !== 5) {
    return { error: `expected exactly 5 fields, found ${parts.length}: [${parts.join(' ')}]` };
  }
  try {
    const fields = parts.map((part, index) => {
      const one = bounds[index] as Bounds;
      return new Set(part.split(',').flatMap((piece) => range(piece, one)));
    });
    const isStar = (part: string | undefined): boolean => /^[*?]/.test(part ?? '');
    return { fields, starDayOfMonth: isStar(parts[2]), starDayOfWeek: isStar(parts[4]) };
  } catch (error) {
    if (error instanceof ScheduleError) return { error: error.message };
    throw error;
  }
}

/** What is wrong with a schedule; undefined when nothing is. */
export function checkSchedule(text: string): string | undefined {
  if (/TZ/.test(text)) return 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
  const parsed = parseSchedule(text);
  return 'error' in parsed ? parsed.error : undefined;
}
