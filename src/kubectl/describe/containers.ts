// Containers, as Pods and Pod templates describe them.
import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  EphemeralContainer,
  Pod,
  ResourceRequirements,
} from '#sim/api/generated/types.ts';
import { writeEnvironment } from './environment.ts';
import { probeText } from './probes.ts';
import { longTime, titleBool } from './values.ts';
import type { DescribeWriter } from './writer.ts';

type AnyContainer = Container | EphemeralContainer;

export interface ContainerBlock {
  readonly title: string;
  readonly containers: readonly AnyContainer[];
  readonly statuses: readonly ContainerStatus[];
  /** The Pod, from whose fields variables are filled; a template has none. */
  readonly pod: Pod | undefined;
  /** Templates stand two blanks further in. */
  readonly indent: string;
}

export function writeContainers(writer: DescribeWriter, block: ContainerBlock): void {
  const { title, containers, statuses, pod, indent } = block;
  if (containers.length === 0) {
    writer.line(0, `${indent}${title}: <none>`);
    return;
  }
  writer.line(0, `${indent}${title}:`);
  for (const container of containers) {
    const status = statuses.find(({ name }) => name === container.name);
    writeBasics(writer, container, status, indent);
    writeWords(writer, 'Command', container.command);
    writeWords(writer, 'Args', container.args);
    if (status !== undefined) writeState(writer, status);
    if (container.resources !== undefined) writeResources(writer, container.resources, 2);
    const { livenessProbe, readinessProbe, startupProbe } = container;
    if (livenessProbe) writer.field(2, 'Liveness', probeText(livenessProbe));
    if (readinessProbe) writer.field(2, 'Readiness', probeText(readinessProbe));
    if (startupProbe) writer.field(2, 'Startup', probeText(startupProbe));
    writeEnvironment(writer, container, pod);
    writeMounts(writer, container);
  }
}

function portList(ports: readonly ContainerPort[], host: boolean): string {
  return ports
    .map(({ containerPort, hostPort = 0, protocol = '' }) =>
      host ? `${hostPort}/${protocol}` : `${containerPort}/${protocol}`,
    )
    .join(', ');
}

function writeBasics(
  writer: DescribeWriter,
  container: AnyContainer,
  status: ContainerStatus | undefined,
  indent: string,
): void {
  writer.line(1, `${indent === '' ? '' : ' '}${container.name}:`);
  if (status) writer.field(2, 'Container ID', status.containerID ?? '');
  writer.field(2, 'Image', container.image ?? '');
  if (status) writer.field(2, 'Image ID', status.imageID);
  const ports = container.ports ?? [];
  const many = ports.length > 1 ? 's' : '';
  writer.field(2, `Port${many}`, portList(ports, false) || '<none>');
  writer.field(2, `Host Port${many}`, portList(ports, true) || '<none>');
  const profile = container.securityContext?.seccompProfile;
  if (profile) {
    writer.field(2, 'SeccompProfile', profile.type);
    if (profile.type === 'Localhost') {
      writer.field(2, 'LocalhostProfile', profile.localhostProfile ?? '');
    }
  }
}

function writeWords(
  writer: DescribeWriter,
  title: string,
  words: readonly string[] | undefined,
): void {
  if (words === undefined || words.length === 0) return;
  writer.line(2, `${title}:`);
  for (const word of words) for (const line of word.split('\n')) writer.line(3, line);
}

function writeState(writer: DescribeWriter, status: ContainerStatus): void {
  writeOneState(writer, 'State', status.state ?? {});
  if (status.lastState?.terminated) writeOneState(writer, 'Last State', status.lastState);
  writer.field(2, 'Ready', titleBool(status.ready));
  writer.field(2, 'Restart Count', status.restartCount);
}

function writeOneState(
  writer: DescribeWriter,
  title: string,
  { running, waiting, terminated }: ContainerState,
): void {
  if (running) {
    writer.field(2, title, 'Running');
    writer.field(3, 'Started', longTime(running.startedAt));
  } else if (terminated && !waiting) {
    writer.field(2, title, 'Terminated');
    if (terminated.reason) writer.field(3, 'Reason', terminated.reason);
    if (terminated.message) writer.field(3, 'Message', terminated.message);
    writer.field(3, 'Exit Code', terminated.exitCode);
    if ((terminated.signal ?? 0) > 0) writer.field(3, 'Signal', terminated.signal ?? 0);
    writer.field(3, 'Started', longTime(terminated.startedAt));
    writer.field(3, 'Finished', longTime(terminated.finishedAt));
  } else {
    writer.field(2, title, 'Waiting');
    if (waiting?.reason) writer.field(3, 'Reason', waiting.reason);
  }
}

/** Limits and requests, names sorted. */
export function writeResources(
  writer: DescribeWriter,
  { limits = {}, requests = {} }: ResourceRequirements,
  level: number,
): void {
  for (const [title, amounts] of [
    ['Limits', limits],
    ['Requests', requests],
  ] as const) {
    const names = Object.keys(amounts).sort();
    if (names.length > 0) writer.line(level, `${title}:`);
    for (const name of names) writer.field(level + 1, name, amounts[name] ?? '');
  }
}

const byPath =
  <T>(pathOf: (item: T) => string) =>
  (a: T, b: T): number =>
    pathOf(a) < pathOf(b) ? -1 : pathOf(a) > pathOf(b) ? 1 : 0;

function writeMounts(writer: DescribeWriter, container: AnyContainer): void {
  const mounts = container.volumeMounts ?? [];
  writer.line(2, mounts.length === 0 ? 'Mounts:\t<none>' : 'Mounts:');
  for (const mount of mounts.toSorted(byPath(({ mountPath }) => mountPath))) {
    const marks = [mount.readOnly === true ? 'ro' : 'rw'];
    if (mount.subPath) marks.push(`path=${JSON.stringify(mount.subPath)}`);
    writer.line(3, `${mount.mountPath} from ${mount.name} (${marks.join(',')})`);
  }
  const devices = container.volumeDevices ?? [];
  if (devices.length === 0) return;
  writer.line(2, mounts.length === 0 ? 'Devices:\t<none>' : 'Devices:');
  for (const device of devices.toSorted(byPath(({ devicePath }) => devicePath))) {
    writer.line(3, `${device.devicePath} from ${device.name}`);
  }
}
