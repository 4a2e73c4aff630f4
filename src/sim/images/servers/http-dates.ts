// Times as web servers write them.
import { civilTime } from '../../runtime/time.ts';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const two = (value: number): string => String(value).padStart(2, '0');

const clockOf = (ms: number): string => {
  const { hour, minute, second } = civilTime(ms);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
};

/** `Tue, 24 Nov 2026 16:55:31 GMT`: the header Date. */
export function httpDate(ms: number): string {
  const { weekday, day, month, year } = civilTime(ms);
  return `${days[weekday]}, ${two(day)} ${months[month - 1]} ${year} ${clockOf(ms)} GMT`;
}

/** `24/Nov/2026:16:55:31 +0000`: the access log. */
export function accessLogTime(ms: number): string {
  const { day, month, year } = civilTime(ms);
  return `${two(day)}/${months[month - 1]}/${year}:${clockOf(ms)} +0000`;
}

/** `2026/11/24 16:55:31`: nginx's error log. */
export function errorLogTime(ms: number): string {
  const { day, month, year } = civilTime(ms);
  return `${year}/${two(month)}/${two(day)} ${clockOf(ms)}`;
}

/** `24 Nov 2026 16:55:31.123`: redis' log. */
export function redisLogTime(ms: number): string {
  const { day, month, year, millisecond } = civilTime(ms);
  const thousandths = String(millisecond).padStart(3, '0');
  return `${two(day)} ${months[month - 1]} ${year} ${clockOf(ms)}.${thousandths}`;
}

/** `Tue Nov 24 16:55:31.123000`: Apache's error log, before the year. */
export function apacheLogTime(ms: number): string {
  const { weekday, month, day, millisecond } = civilTime(ms);
  const micro = `${String(millisecond).padStart(3, '0')}000`;
  return `${days[weekday]} ${months[month - 1]} ${two(day)} ${clockOf(ms)}.${micro}`;
}

/** `24/Nov/2026 16:55:31`: Python's http.server. */
export function pythonLogTime(ms: number): string {
  const { day, month, year } = civilTime(ms);
  return `${two(day)}/${months[month - 1]}/${year} ${clockOf(ms)}`;
}
