// Dates as strftime(3) writes them, in UTC: containers have no other time zone.
import { civilTime, daysFromCivil } from '../../../runtime/time.ts';

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

const composed: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  h: '%b',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

/** Fills in a format; a letter it does not know stays as it is. */
export function strftime(format: string, ms: number): string {
  return format.replace(/%([-_0]?)([a-zA-Z%+])/g, (whole, flag: string, letter: string) => {
    const inner = composed[letter];
    if (inner !== undefined) return strftime(inner, ms);
    const text = field(letter, ms);
    if (text === undefined) return whole;
    if (flag === '-') return text.replace(/^[0 ]+(?=.)/, '');
    return flag === '_' ? text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length)) : text;
  });
}

function field(letter: string, ms: number): string | undefined {
  const t = civilTime(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const yearDay = daysFromCivil(t.year, t.month, t.day) - daysFromCivil(t.year, 1, 1);
  const hour12 = t.hour % 12 || 12;
  const values: Readonly<Record<string, string>> = {
    '%': '%',
    a: (days[t.weekday] ?? '').slice(0, 3),
    A: days[t.weekday] ?? '',
    b: (months[t.month - 1] ?? '').slice(0, 3),
    B: months[t.month - 1] ?? '',
    C: two(Math.floor(t.year / 100)),
    d: two(t.day),
    e: String(t.day).padStart(2),
    H: two(t.hour),
    I: two(hour12),
    j: String(yearDay + 1).padStart(3, '0'),
    k: String(t.hour).padStart(2),
    l: String(hour12).padStart(2),
    m: two(t.month),
    M: two(t.minute),
    n: '\n',
    N: `${String(t.millisecond).padStart(3, '0')}000000`,
    p: t.hour < 12 ? 'AM' : 'PM',
    s: String(Math.floor(ms / 1000)),
    S: two(t.second),
    t: '\t',
    u: String(t.weekday || 7),
    U: two(Math.floor((yearDay + 7 - t.weekday) / 7)),
    w: String(t.weekday),
    y: two(t.year % 100),
    Y: String(t.year),
    z: '+0000',
    Z: 'UTC',
  };
  return values[letter];
}
