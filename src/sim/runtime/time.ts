// Times as Kubernetes writes them, from virtual milliseconds since the Unix epoch; no host clock and no locale.

const dayMs = 86_400_000;

/** The calendar parts of a virtual time in UTC; `weekday` 0 is Sunday (Howard Hinnant's civil-from-days). */
export function civilTime(ms: number) {
  const days = Math.floor(ms / dayMs);
  const rest = ms - days * dayMs;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: Math.floor(rest) % 1000,
    weekday: (((days + 4) % 7) + 7) % 7,
  };
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** `2026-11-24T10:06:31Z`: metav1.Time, whole seconds. */
export function formatTime(ms: number): string {
  const t = civilTime(ms);
  return `${pad(t.year, 4)}-${pad(t.month)}-${pad(t.day)}T${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)}Z`;
}

/** `2026-11-24T10:06:31.250000Z`: metav1.MicroTime. */
export function formatMicroTime(ms: number): string {
  return `${formatTime(ms).slice(0, -1)}.${pad(civilTime(ms).millisecond, 3)}000Z`;
}

/** Milliseconds since the epoch of a time in RFC 3339 (any offset, any fraction), or undefined when it is not one. */
export function parseTime(text: string): number | undefined {
  const found =
    /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(
      text,
    );
  if (!found) return undefined;
  const part = (index: number): number => Number(found[index] ?? '0');
  const days = daysFromCivil(part(1), part(2), part(3));
  const fractionMs = found[7] === undefined ? 0 : Number(`0.${found[7]}`) * 1000;
  const offsetMs =
    found[8] === undefined ? 0 : (part(9) * 60 + part(10)) * 60_000 * (found[8] === '-' ? -1 : 1);
  return (
    days * dayMs +
    ((part(4) * 60 + part(5)) * 60 + part(6)) * 1000 +
    Math.floor(fractionMs) -
    offsetMs
  );
}

/** Days from the epoch to a date of the Gregorian calendar. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}
