// Dates as date -d and touch -d read them; UTC.
import { civilTime, daysFromCivil, parseTime } from '../../../runtime/time.ts';

const dayMs = 86_400_000;
const unitMs: Readonly<Record<string, number>> = {
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  hour: 3_600_000,
  day: dayMs,
  week: 7 * dayMs,
};

/** Milliseconds since the epoch; undefined for what is no date it knows. */
export function parseDate(text: string, nowMs: number): number | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 100) return undefined;
  const seconds = /^@(-?\d{1,12}(?:\.\d{1,9})?)$/.exec(trimmed);
  if (seconds !== null) return Number(seconds[1]) * 1000;
  const [first = '', ...others] = trimmed.toLowerCase().split(/\s+/);
  if (first === '') return nowMs;
  const start = startOf(trimmed, nowMs);
  if (start !== undefined) return start;
  // Words that move from now, or from a date before them.
  const words = [first, ...others];
  let ms = nowMs;
  let index = 0;
  const dateWords = words.findIndex(
    (word) => /^[-+]?\d+$/.test(word) || /^(now|today|yesterday|tomorrow)$/.test(word),
  );
  if (dateWords > 0) {
    const base = startOf(words.slice(0, dateWords).join(' '), nowMs);
    if (base === undefined) return undefined;
    ms = base;
    index = dateWords;
  }
  while (index < words.length) {
    const word = words[index] ?? '';
    const named = { now: 0, today: 0, yesterday: -dayMs, tomorrow: dayMs }[word];
    if (named !== undefined) {
      ms += named;
      index += 1;
      continue;
    }
    const count = /^[-+]?\d{1,9}$/.test(word) ? Number(word) : undefined;
    const unit = unitMs[(words[index + 1] ?? '').replace(/s$/, '')];
    if (count === undefined || unit === undefined) return undefined;
    const ago = words[index + 2] === 'ago';
    ms += (ago ? -1 : 1) * count * unit;
    index += ago ? 3 : 2;
  }
  return ms;
}

/** `2026-01-05`, `2026-01-05 10:00`, `2026-01-05T10:00:30Z`, `10:00`. */
function startOf(text: string, nowMs: number): number | undefined {
  const rfc3339 = parseTime(text.replace(' ', 'T').toUpperCase());
  if (rfc3339 !== undefined) return rfc3339;
  const found =
    /^(?:(\d{4})-(\d{1,2})-(\d{1,2}))?(?:[ T]?(\d{1,2}):(\d{2})(?::(\d{2}))?)?(?: ?UTC| ?Z)?$/i.exec(
      text,
    );
  if (found === null || (found[1] === undefined && found[4] === undefined)) return undefined;
  const today = civilTime(nowMs);
  const [year, month, day] =
    found[1] === undefined ? [today.year, today.month, today.day] : found.slice(1, 4).map(Number);
  const [hour = 0, minute = 0, second = 0] = found.slice(4, 7).map((part) => Number(part ?? 0));
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) {
    return undefined;
  }
  return daysFromCivil(year, month, day) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000;
}
