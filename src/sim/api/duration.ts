// Durations: Go's text form (30s, 1h5m), and the short forms in which kubectl prints ages.
import { quoted } from './messages.ts';

const unitsMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a Go duration such as "1m30s"; undefined for what time.ParseDuration refuses. */
export function parseGoDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0;
  if (rest === '' || rest.length > 64) return undefined;
  let totalMs = 0;
  while (rest !== '') {
    const found = /^(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/.exec(rest);
    if (found === null) return undefined;
    totalMs += Number(found[1]) * (unitsMs[found[2] ?? ''] ?? 0);
    rest = rest.slice(found[0].length);
  }
  return sign * totalMs;
}

/** Why time.ParseDuration refuses a text, in its words; undefined for one that it takes. */
export function durationErrorOf(text: string): string | undefined {
  if (parseGoDuration(text) !== undefined) return undefined;
  let rest = text.replace(/^[+-]/, '');
  while (rest !== '') {
    const [number] = /^(\d+\.?\d*|\.\d+)/.exec(rest) ?? [];
    if (number === undefined) break;
    const [unit = ''] = /^[^.0-9]*/.exec(rest.slice(number.length)) ?? [];
    if (unit === '') return `time: missing unit in duration ${quoted(text)}`;
    if (unitsMs[unit] === undefined) {
      return `time: unknown unit ${quoted(unit)} in duration ${quoted(text)}`;
    }
    rest = rest.slice(number.length + unit.length);
  }
  return `time: invalid duration ${quoted(text)}`;
}

const trimmed = (value: number, digits: number): string =>
  value.toFixed(digits).replace(/\.?0+$/, '');

/** A duration as Go's Duration.String writes it: "1.5s", "2m0s", "1h0m0s", "250ms". */
export function formatGoDuration(ms: number): string {
  if (ms === 0) return '0s';
  const sign = ms < 0 ? '-' : '';
  const size = Math.abs(ms);
  if (size < 0.001) return `${sign}${Math.round(size * 1e6)}ns`;
  if (size < 1) return `${sign}${trimmed(size * 1000, 3)}µs`;
  if (size < 1000) return `${sign}${trimmed(size, 6)}ms`;
  const hours = Math.floor(size / 3_600_000);
  const minutes = Math.floor(size / 60_000) % 60;
  const seconds = trimmed((size % 60_000) / 1000, 9);
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${sign}${minutes}m${seconds}s` : `${sign}${seconds}s`;
}

const withRest = (whole: number, unit: string, rest: number, restUnit: string): string =>
  rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${restUnit}`;

/** An age as tables and describe print it (apimachinery/pkg/util/duration, HumanDuration). */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return withRest(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return withRest(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 192) return withRest(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  const years = Math.floor(days / 365);
  return years < 8 ? withRest(years, 'y', days % 365, 'd') : `${years}y`;
}
