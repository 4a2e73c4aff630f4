// One Pod as the page draws it.
import { podStatusText } from '#sim/apiserver/table/pod-cells.ts';
import type { Container, ContainerStatus, Volume } from '#sim/api/generated/types.ts';
import type { StoredOf } from '#sim/api/objects.ts';
import { parseTime } from '#sim/runtime/time.ts';
import type { ContainerView, PodView, VolumeView } from './types.ts';

type Pod = StoredOf<'Pod'>;

function containerView(
  container: Container,
  status: ContainerStatus | undefined,
  kind: ContainerView['kind'],
): ContainerView {
  const { running, terminated, waiting } = status?.state ?? {};
  const state = running ? 'running' : terminated ? 'terminated' : 'waiting';
  return {
    name: container.name,
    kind,
    image: container.image ?? '',
    state,
    reason: terminated?.reason ?? waiting?.reason,
    exitCode: terminated?.exitCode ?? status?.lastState?.terminated?.exitCode,
    ready: status?.ready === true,
    started: status?.started === true,
    restarts: status?.restartCount ?? 0,
    ports: (container.ports ?? []).map(({ containerPort }) => containerPort),
  };
}

/** Init containers in order, then the others, then ephemeral ones. */
function containersOf({ spec, status }: Pod): readonly ContainerView[] {
  const find = (list: readonly ContainerStatus[] | undefined, name: string) =>
    list?.find((one) => one.name === name);
  const init = (spec.initContainers ?? []).map((one) =>
    containerView(
      one,
      find(status.initContainerStatuses, one.name),
      one.restartPolicy === 'Always' ? 'sidecar' : 'init',
    ),
  );
  const regular = spec.containers.map((one) =>
    containerView(one, find(status.containerStatuses, one.name), 'app'),
  );
  const ephemeral = (spec.ephemeralContainers ?? []).map((one) =>
    containerView(
      one as unknown as Container,
      find(status.ephemeralContainerStatuses, one.name),
      'ephemeral',
    ),
  );
  return [...init, ...regular, ...ephemeral];
}

const sourceOf = (volume: Volume): string =>
  Object.keys(volume).find((field) => field !== 'name') ?? 'emptyDir';

/** Volumes that the learner asked for; the token that every Pod gets is left out. */
function volumesOf({ spec }: Pod): readonly VolumeView[] {
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  return (spec.volumes ?? [])
    .filter(({ name }) => !name.startsWith('kube-api-access-'))
    .map((volume) => ({
      name: volume.name,
      kind: sourceOf(volume),
      mounts: containers.flatMap(({ name, volumeMounts = [] }) =>
        volumeMounts
          .filter((mount) => mount.name === volume.name)
          .map(({ mountPath, readOnly }) => ({
            container: name,
            path: mountPath,
            readOnly: readOnly === true,
          })),
      ),
    }));
}

/** Everything about a Pod that the picture and its text say. */
export function podView(pod: Pod): PodView {
  const { metadata, spec, status } = pod;
  const containers = containersOf(pod);
  const counted = containers.filter(({ kind }) => kind === 'app' || kind === 'sidecar');
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  const graceMs =
    metadata.deletionTimestamp === undefined
      ? undefined
      : (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return {
    uid: metadata.uid,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    node: spec.nodeName,
    ip: status.podIP,
    status: podStatusText(pod),
    readyCount: `${counted.filter(({ ready }) => ready).length}/${counted.length}`,
    phase: status.phase ?? '',
    ready:
      status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true,
    createdMs: parseTime(metadata.creationTimestamp) ?? 0,
    deadlineMs: parseTime(metadata.deletionTimestamp ?? ''),
    graceMs,
    hostname: spec.hostname ?? metadata.name,
    owner: owner === undefined ? undefined : `${owner.kind}/${owner.name}`,
    labels: metadata.labels ?? {},
    containers,
    volumes: volumesOf(pod),
  };
}
