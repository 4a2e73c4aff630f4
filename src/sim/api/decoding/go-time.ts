// Times as Go's time.Parse reads them for metav1.Time and MicroTime, with its words for what it cannot read.
import { formatTime, parseTime } from '../../runtime/time.ts';

const layouts = {
  time: '2006-01-02T15:04:05Z07:00',
  microTime: '2006-01-02T15:04:05.000000Z07:00',
} as const;

export type ReadTime =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: string };

/** One part of a layout: what stands there, how Go calls it, and its bounds. */
const parts: readonly (readonly [
  layout: string,
  pattern: RegExp,
  name: string,
  min: number,
  max: number,
])[] = [
  ['2006', /^\d{4}/, 'year', 0, 9999],
  ['-', /^-/, '', 0, 0],
  ['01', /^\d\d/, 'month', 1, 12],
  ['-', /^-/, '', 0, 0],
  ['02', /^\d\d/, 'day', 1, 31],
  ['T', /^T/, '', 0, 0],
  ['15', /^\d\d?/, 'hour', 0, 23],
  [':', /^:/, '', 0, 0],
  ['04', /^\d\d/, 'minute', 0, 59],
  [':', /^:/, '', 0, 0],
  ['05', /^\d\d/, 'second', 0, 59],
];

/** Reads a time and writes it as the API does: in UTC, whole seconds for `time`, microseconds for `microTime`. */
export function readTime(kind: 'time' | 'microTime', text: string): ReadTime {
  const layout = layouts[kind];
  const quoted = JSON.stringify(text);
  const refuse = (rest: string, expected: string): ReadTime => ({
    ok: false,
    error: `parsing time ${quoted} as "${layout}": cannot parse ${JSON.stringify(rest)} as "${expected}"`,
  });
  let rest = text;
  for (const [expected, pattern, name, min, max] of parts) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) return refuse(rest, expected);
    if (name !== '' && (Number(found) < min || Number(found) > max)) {
      return { ok: false, error: `parsing time ${quoted}: ${name} out of range` };
    }
    rest = rest.slice(found.length);
  }
  let fraction: string;
  if (kind === 'microTime') {
    fraction = /^\.\d{6}/.exec(rest)?.[0] ?? '';
    if (fraction === '') return refuse(rest, '.000000');
  } else {
    fraction = /^[.,]\d+/.exec(rest)?.[0] ?? '';
  }
  rest = rest.slice(fraction.length);
  const zone = /^(Z|[+-]\d\d:\d\d)/.exec(rest)?.[0];
  if (zone === undefined) return refuse(rest, 'Z07:00');
  const extra = rest.slice(zone.length);
  if (extra !== '') {
    return { ok: false, error: `parsing time ${quoted}: extra text: ${JSON.stringify(extra)}` };
  }
  const wholeSeconds = `${text.slice(0, text.length - fraction.length - zone.length)}${zone}`;
  const ms = parseTime(wholeSeconds);
  if (ms === undefined || !isCalendarDay(text)) {
    return { ok: false, error: `parsing time ${quoted}: day out of range` };
  }
  const utc = formatTime(ms);
  return { ok: true, text: kind === 'time' ? utc : `${utc.slice(0, -1)}${fraction}Z` };
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isCalendarDay(text: string): boolean {
  const [year = 0, month = 1, day = 1] = text.slice(0, 10).split('-').map(Number);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 && isLeap ? 29 : (monthDays[month - 1] ?? 31));
}
