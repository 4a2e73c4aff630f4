// How describe writes times, ages, maps and truths.
import { humanDuration } from '#sim/api/duration.ts';
import { civilTime, parseTime } from '#sim/runtime/time.ts';
import type { DescribeWriter } from './writer.ts';

export type Labels = Readonly<Record<string, string>>;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `Tue, 24 Nov 2026 17:02:44 +0000` (RFC1123Z); a time that is not set is Go's zero time. */
export function longTime(text: string | null | undefined): string {
  const ms = text ? parseTime(text) : undefined;
  if (ms === undefined) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const time = civilTime(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${weekdays[time.weekday] ?? ''}, ${two(time.day)} ${months[time.month - 1] ?? ''}`;
  const clock = `${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
  return `${day} ${String(time.year).padStart(4, '0')} ${clock} +0000`;
}

/** The age of a time, `<unknown>` where it is not set. */
export function ageOf(text: string | null | undefined, nowMs: number): string {
  const ms = text ? parseTime(text) : undefined;
  return ms === undefined ? '<unknown>' : humanDuration(nowMs - ms);
}

/** `True` or `False`, as describe prints booleans of its own. */
export function titleBool(value: boolean | undefined): string {
  return value === true ? 'True' : 'False';
}

/** `k=v,k2=v2` with sorted keys, or `<none>`. */
export function formatLabels(labels: Labels | null | undefined): string {
  const keys = Object.keys(labels ?? {}).sort();
  return keys.length === 0
    ? '<none>'
    : keys.map((key) => `${key}=${labels?.[key] ?? ''}`).join(',');
}

/** One pair per line, the first after the title. */
export function writeLabels(
  writer: DescribeWriter,
  title: string,
  labels: Labels | null | undefined,
  level = 0,
): void {
  writeMultiline(writer, title, labels ?? {}, '=', level);
}

function writeMultiline(
  writer: DescribeWriter,
  title: string,
  labels: Labels,
  separator: string,
  level: number,
): void {
  const keys = Object.keys(labels).sort();
  const indent = ' '.repeat(level * 2);
  if (keys.length === 0) {
    writer.text(`${indent}${title}:\t<none>\n`);
    return;
  }
  keys.forEach((key, index) => {
    const head = index === 0 ? `${indent}${title}:\t` : `${indent}\t`;
    writer.text(`${head}${key}${separator}${labels[key] ?? ''}\n`);
  });
}

const hidden = ['kubectl.kubernetes.io/last-applied-configuration'];
const maxAnnotation = 140;

/** Annotations one per line; long ones and those of several lines below their key, cut at 140 characters. */
export function writeAnnotations(
  writer: DescribeWriter,
  annotations: Labels | null | undefined,
  title = 'Annotations',
  indent = '',
): void {
  const keys = Object.keys(annotations ?? {})
    .filter((key) => !hidden.includes(key))
    .sort();
  if (keys.length === 0) {
    writer.text(`${indent}${title}:\t<none>\n`);
    return;
  }
  keys.forEach((key, index) => {
    const head = index === 0 ? `${indent}${title}:\t` : '\t';
    const value = (annotations?.[key] ?? '').replace(/\n$/, '');
    if (value.length + key.length + 2 > maxAnnotation || value.includes('\n')) {
      writer.text(`${head}${key}:\n`);
      for (const line of value.split('\n')) {
        writer.text(`${indent}\t  ${shorten(line, maxAnnotation - 2)}\n`);
      }
    } else writer.text(`${head}${key}: ${value}\n`);
  });
}

function shorten(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}...` : text;
}
