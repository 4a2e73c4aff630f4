// The cells of a Pod (pkg/printers/internalversion/printers.go printPod, v1.33).
import type { ContainerStatus, Pod } from '../../api/generated/types.ts';
import { humanDuration } from '../../api/duration.ts';
import { parseTime } from '../../runtime/time.ts';
import { none, since } from './format.ts';

interface Walk {
  status: string;
  ready: number;
  restarts: number;
  sidecarRestarts: number;
  lastRestartMs: number | undefined;
  lastSidecarRestartMs: number | undefined;
  isInitializing: boolean;
}

/** NAME to AGE, and the wide columns. */
export function podCells(pod: Pod, nowMs: number): readonly unknown[] {
  const walk = walkPod(pod);
  const sidecars = (pod.spec?.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  const total = (pod.spec?.containers.length ?? 0) + sidecars.length;
  const gates = pod.spec?.readinessGates ?? [];
  const trueGates = gates.filter(({ conditionType }) => hasCondition(pod, conditionType));
  return [
    pod.metadata?.name ?? '',
    `${walk.ready}/${total}`,
    walk.status,
    restartsCell(walk, nowMs),
    since(nowMs, pod.metadata?.creationTimestamp),
    pod.status?.podIPs?.[0]?.ip ?? none,
    pod.spec?.nodeName || none,
    pod.status?.nominatedNodeName || none,
    gates.length === 0 ? none : `${trueGates.length}/${gates.length}`,
  ];
}

/** The STATUS column: what a person should know first about the Pod. */
export function podStatusText(pod: Pod): string {
  return walkPod(pod).status;
}

function restartsCell({ restarts, lastRestartMs }: Walk, nowMs: number): string {
  if (restarts === 0 || lastRestartMs === undefined) return String(restarts);
  return `${restarts} (${humanDuration(nowMs - lastRestartMs)} ago)`;
}

function walkPod(pod: Pod): Walk {
  const walk: Walk = {
    status: pod.status?.reason || (pod.status?.phase ?? ''),
    ready: 0,
    restarts: 0,
    sidecarRestarts: 0,
    lastRestartMs: undefined,
    lastSidecarRestartMs: undefined,
    isInitializing: false,
  };
  const conditions = pod.status?.conditions ?? [];
  if (
    conditions.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated')
  ) {
    walk.status = 'SchedulingGated';
  }
  walkInitContainers(pod, walk);
  if (!walk.isInitializing || hasCondition(pod, 'Initialized')) walkContainers(pod, walk);
  if (pod.metadata?.deletionTimestamp !== undefined) {
    const phase = pod.status?.phase;
    if (pod.status?.reason === 'NodeLost') walk.status = 'Unknown';
    else if (phase !== 'Succeeded' && phase !== 'Failed') walk.status = 'Terminating';
  }
  return walk;
}

function walkInitContainers(pod: Pod, walk: Walk): void {
  const specs = pod.spec?.initContainers ?? [];
  const statuses = pod.status?.initContainerStatuses ?? [];
  for (const [index, status] of statuses.entries()) {
    const isSidecar = specs.find(({ name }) => name === status.name)?.restartPolicy === 'Always';
    walk.restarts += status.restartCount;
    walk.lastRestartMs = later(walk.lastRestartMs, status);
    if (isSidecar) {
      walk.sidecarRestarts += status.restartCount;
      walk.lastSidecarRestartMs = later(walk.lastSidecarRestartMs, status);
    }
    const text = initStatus(status, isSidecar);
    if (text === undefined) {
      if (isSidecar && status.ready && status.state?.terminated?.exitCode !== 0) walk.ready += 1;
      continue;
    }
    walk.status = text === '' ? `Init:${index}/${specs.length}` : text;
    walk.isInitializing = true;
    return;
  }
}

/** What an init container holds the Pod up with: undefined when it does not, '' when it just takes its time. */
function initStatus(status: ContainerStatus, isSidecar: boolean): string | undefined {
  const { terminated, waiting } = status.state ?? {};
  if (terminated?.exitCode === 0) return undefined;
  if (isSidecar && status.started === true) return undefined;
  if (terminated !== undefined) return `Init:${terminated.reason || exitText(terminated)}`;
  const reason = waiting?.reason ?? '';
  return reason !== '' && reason !== 'PodInitializing' ? `Init:${reason}` : '';
}

function exitText({ signal, exitCode }: { signal?: number | undefined; exitCode: number }): string {
  return (signal ?? 0) === 0 ? `ExitCode:${exitCode}` : `Signal:${signal ?? 0}`;
}

function walkContainers(pod: Pod, walk: Walk): void {
  walk.restarts = walk.sidecarRestarts;
  walk.lastRestartMs = walk.lastSidecarRestartMs;
  let isAnyRunning = false;
  for (const status of [...(pod.status?.containerStatuses ?? [])].reverse()) {
    walk.restarts += status.restartCount;
    walk.lastRestartMs = later(walk.lastRestartMs, status);
    const { waiting, terminated, running } = status.state ?? {};
    if ((waiting?.reason ?? '') !== '') walk.status = waiting?.reason ?? '';
    else if (terminated !== undefined) walk.status = terminated.reason || exitText(terminated);
    else if (status.ready && running !== undefined) {
      isAnyRunning = true;
      walk.ready += 1;
    }
  }
  if (walk.status === 'Completed' && isAnyRunning) {
    walk.status = hasCondition(pod, 'Ready') ? 'Running' : 'NotReady';
  }
}

function later(known: number | undefined, status: ContainerStatus): number | undefined {
  const finished = status.lastState?.terminated?.finishedAt;
  const ms = finished === undefined || finished === null ? undefined : parseTime(finished);
  if (ms === undefined) return known;
  return known === undefined || ms > known ? ms : known;
}

function hasCondition(pod: Pod, type: string): boolean {
  return (pod.status?.conditions ?? []).some(
    (condition) => condition.type === type && condition.status === 'True',
  );
}
