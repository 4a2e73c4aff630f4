// Container logs as `kubectl logs` asks for them (kubelet_pods.go validateContainerLogStatus,
// kuberuntime/logs).
import type { ContainerStatus, PodStatus } from '../../api/generated/types.ts';
import type { PodLogOptions } from '../../apiserver/streaming.ts';
import { civilTime, formatTime, parseTime } from '../../runtime/time.ts';
import type { LogLine } from '../cri/types.ts';

export type LogSource =
  | { readonly ok: true; readonly containerId: string }
  /** What the server answers with status 400. */
  | { readonly ok: false; readonly error: string };

/** Which container's log is meant: the one that runs, the last one, or the one before it. */
export function logSource(
  podName: string,
  status: PodStatus,
  name: string,
  previous: boolean,
): LogSource {
  const found = [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ].find((one) => one.name === name);
  const where = `container "${name}" in pod "${podName}"`;
  const fail = (error: string): LogSource => ({ ok: false, error });
  if (found === undefined) return fail(`${where} is not available`);
  const last = bare(found.lastState?.terminated?.containerID);
  if (previous) {
    if (last !== undefined) return { ok: true, containerId: last };
    return fail(`previous terminated ${where} not found`);
  }
  const { running, terminated, waiting } = found.state ?? {};
  const own = running === undefined ? terminated?.containerID : found.containerID;
  const id = bare(own) ?? (running === undefined ? last : undefined);
  if (id !== undefined) return { ok: true, containerId: id };
  if (terminated !== undefined || hasEnded(found)) return fail(`${where} is terminated`);
  if (waiting !== undefined) {
    return fail(`${where} is waiting to start: ${waitingWords(waiting.reason ?? '')}`);
  }
  return fail(`${where} is waiting to start - no logs yet`);
}

function hasEnded(status: ContainerStatus): boolean {
  return status.lastState?.terminated !== undefined;
}

function waitingWords(reason: string): string {
  if (reason === 'ErrImagePull') return "image can't be pulled";
  if (reason === 'ImagePullBackOff') return 'trying and failing to pull image';
  return reason;
}

function bare(id: string | undefined): string | undefined {
  return id === undefined || id === '' ? undefined : id.replace('containerd://', '');
}

/** Turns lines into text and stops where the limit of bytes is reached. */
export class LogWriter {
  readonly #timestamps: boolean;
  readonly #sinceMs: number;
  #bytesLeft: number;
  #isInLine = false;

  constructor(options: PodLogOptions, nowMs: number) {
    this.#timestamps = options.timestamps ?? false;
    this.#bytesLeft = options.limitBytes ?? Number.POSITIVE_INFINITY;
    const bySeconds =
      options.sinceSeconds === undefined ? undefined : nowMs - options.sinceSeconds * 1000;
    const byTime = options.sinceTime === undefined ? undefined : parseTime(options.sinceTime);
    this.#sinceMs = bySeconds ?? byTime ?? Number.NEGATIVE_INFINITY;
  }

  get isFull(): boolean {
    return this.#bytesLeft <= 0;
  }

  isWanted(line: LogLine): boolean {
    return line.atMs >= this.#sinceMs;
  }

  /** The text of one line as it is to be sent; may be less than the line, or nothing. */
  write(line: LogLine): string {
    if (!this.isWanted(line) || this.isFull) return '';
    const stamp = this.#timestamps && !this.#isInLine ? `${logTime(line.atMs)} ` : '';
    this.#isInLine = !line.complete;
    const whole = `${stamp}${line.text}${line.complete ? '\n' : ''}`;
    const text = whole.slice(0, Math.min(whole.length, this.#bytesLeft));
    this.#bytesLeft -= text.length;
    return text;
  }
}

/** The lines to begin with: the last ones where a number is given. */
export function firstLines(
  lines: readonly LogLine[],
  tailLines: number | undefined,
): readonly LogLine[] {
  if (tailLines === undefined) return lines;
  let left = tailLines;
  let start = lines.length;
  while (start > 0) {
    const startsLine = start === lines.length || lines[start - 1]?.complete === true;
    if (startsLine && left === 0) break;
    if (startsLine) left -= 1;
    start -= 1;
  }
  return lines.slice(start);
}

/** RFC 3339 with a fraction that has no zeros at its end. */
function logTime(ms: number): string {
  const fraction = String(civilTime(ms).millisecond).padStart(3, '0').replace(/0+$/, '');
  const base = formatTime(ms).slice(0, -1);
  return fraction === '' ? `${base}Z` : `${base}.${fraction}Z`;
}
