// Lines of klog on stderr: `W1124 17:10:51.289000    4242 helpers.go:703] text`.
import { civilTime } from '#sim/runtime/time.ts';
import type { Session } from './session.ts';

export function klogLine(
  session: Session,
  level: 'E' | 'W' | 'I',
  place: string,
  text: string,
): string {
  const now = civilTime(session.nowMs());
  const two = (value: number): string => String(value).padStart(2, '0');
  const micro = `${String(now.millisecond).padStart(3, '0')}000`;
  const stamp = `${two(now.month)}${two(now.day)} ${two(now.hour)}:${two(now.minute)}:${two(now.second)}.${micro}`;
  return `${level}${stamp} ${String(session.process.pid).padStart(7)} ${place}] ${text}\n`;
}

export function klogWarning(session: Session, place: string, text: string): void {
  session.output.err(klogLine(session, 'W', place, text));
}
