// A Pod's sandboxes and containers as they were when the kubelet last looked
// (kubecontainer.PodStatus).
import type { ResourceRequirements } from '../../../api/generated/types.ts';
import type { ContainerRuntime, LogLine } from '../../cri/types.ts';
import type { ContainerKind, ContainerRecord, PodRecord } from './records.ts';

export type ContainerState = 'created' | 'running' | 'exited';

export interface ContainerSnapshot {
  readonly id: string;
  readonly name: string;
  readonly kind: ContainerKind;
  readonly state: ContainerState;
  readonly image: string;
  readonly imageId: string;
  readonly hash: string;
  readonly restartCount: number;
  readonly createdMs: number;
  readonly startedMs: number;
  readonly finishedMs: number;
  readonly exitCode: number;
  readonly reason: string;
  readonly message: string;
  readonly resources: ResourceRequirements;
}

export interface SandboxSnapshot {
  readonly id: string;
  readonly attempt: number;
  readonly ready: boolean;
  readonly ip: string;
}

export interface PodSnapshot {
  readonly uid: string;
  /** Newest first. */
  readonly sandboxes: readonly SandboxSnapshot[];
  /** Newest first. */
  readonly containers: readonly ContainerSnapshot[];
  /** Addresses of the Pod; those of a Pod that has ended stay known. */
  readonly ips: readonly string[];
}

export function emptySnapshot(uid: string): PodSnapshot {
  return { uid, sandboxes: [], containers: [], ips: [] };
}

/** The newest container of a name. */
export function findContainer(pod: PodSnapshot, name: string): ContainerSnapshot | undefined {
  return pod.containers.find((container) => container.name === name);
}

/** @param ipsBefore the addresses known so far, kept when no sandbox is ready */
export function takeSnapshot(
  runtime: ContainerRuntime,
  record: PodRecord,
  ipsBefore: readonly string[] = [],
): PodSnapshot {
  const newest = record.sandboxes[0];
  return {
    uid: record.uid,
    sandboxes: record.sandboxes.map(({ sandbox, attempt, ready }) => ({
      id: sandbox.id,
      attempt,
      ready,
      ip: sandbox.ip,
    })),
    containers: record.containers.map((one) => snapshotOf(runtime, one)),
    ips: newest?.ready === true ? [newest.sandbox.ip] : ipsBefore,
  };
}

function snapshotOf(runtime: ContainerRuntime, record: ContainerRecord): ContainerSnapshot {
  const { container } = record;
  const lost = record.lostMs !== undefined;
  const state = lost ? 'exited' : container.state;
  const exitCode = lost ? 255 : (container.exit?.code ?? 0);
  const reason = lost ? 'Unknown' : (container.exit?.reason ?? '');
  return {
    id: container.id,
    name: container.config.name,
    kind: record.kind,
    state,
    image: container.config.image,
    imageId: container.imageId,
    hash: record.hash,
    restartCount: record.restartCount,
    createdMs: record.createdMs,
    startedMs: container.startedMs ?? 0,
    finishedMs: record.lostMs ?? container.finishedMs ?? 0,
    exitCode,
    reason,
    resources: record.resources,
    message: state === 'exited' ? terminationMessage(runtime, record, exitCode) : '',
  };
}

const maxLogMessageBytes = 2048;
const maxLogMessageLines = 80;

/**
 * The runtime's own words, then what the program left in its message file or, where asked for, the
 * end of its log.
 */
function terminationMessage(
  runtime: ContainerRuntime,
  record: ContainerRecord,
  exitCode: number,
): string {
  const { container } = record;
  const own = record.lostMs === undefined ? (container.exit?.message ?? '') : '';
  let text = record.lastWords;
  const wantsLog = record.terminationMessagePolicy === 'FallbackToLogsOnError' && exitCode !== 0;
  if (text === '' && wantsLog) text = endOfLog(runtime.logs(container));
  if (text === '') return own;
  return own === '' ? text : `${own}: ${text}`;
}

function endOfLog(lines: readonly LogLine[]): string {
  const text = lines
    .slice(-maxLogMessageLines)
    .map((line) => (line.complete ? `${line.text}\n` : line.text))
    .join('');
  return text.slice(-maxLogMessageBytes);
}
