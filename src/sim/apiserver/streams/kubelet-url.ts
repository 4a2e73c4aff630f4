// The URLs under which the API server asks a kubelet, as they appear in errors.
import type { PodExecOptions, PodLogOptions } from '../streaming.ts';
import type { Place } from './locate.ts';

type Query = readonly (readonly [string, string])[];

/** Go's url.QueryEscape; halves of surrogate pairs become U+FFFD first. */
function escapeQuery(text: string): string {
  const whole = text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
  return encodeURIComponent(whole)
    .replace(/%20/g, '+')
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Go's url.Values.Encode: sorted by key. */
function encodeQuery(query: Query): string {
  const sorted = [...query].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const text = sorted.map(([key, value]) => `${key}=${escapeQuery(value)}`).join('&');
  return text === '' ? '' : `?${text}`;
}

export function logsUrl(
  { address, container }: Place,
  namespace: string,
  pod: string,
  options: PodLogOptions,
): string {
  const query: [string, string][] = [];
  const add = (key: string, value: string | number | boolean | undefined): void => {
    if (value !== undefined && value !== false) query.push([key, String(value)]);
  };
  add('follow', options.follow);
  add('limitBytes', options.limitBytes);
  add('previous', options.previous);
  add('sinceSeconds', options.sinceSeconds);
  add('sinceTime', options.sinceTime);
  add('tailLines', options.tailLines);
  add('timestamps', options.timestamps);
  return `https://${address}/containerLogs/${namespace}/${pod}/${container}${encodeQuery(query)}`;
}

export function streamUrl(
  path: 'exec' | 'attach',
  { address, container }: Place,
  namespace: string,
  pod: string,
  options: PodExecOptions,
): string {
  const query: [string, string][] = (options.command ?? []).map((word) => ['command', word]);
  if (options.stdin === true) query.push(['input', '1']);
  if (options.stdout === true) query.push(['output', '1']);
  if (options.stderr === true) query.push(['error', '1']);
  if (options.tty === true) query.push(['tty', '1']);
  return `https://${address}/${path}/${namespace}/${pod}/${container}${encodeQuery(query)}`;
}
