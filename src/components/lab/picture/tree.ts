// The same cluster as text: nodes, Pods, containers and volumes as nested lists. Everything the drawing says is here.
import { panes as words } from '../../../../content/strings/en.json';
import type { ClusterView, ContainerView, PodView, VolumeView } from '#lab/view/types.ts';
import { fill } from '../../site/words.ts';
import { el } from '../elements.ts';
import { spanText } from '../times.ts';

const kinds: Readonly<Record<ContainerView['kind'], string>> = {
  app: words.kindApp,
  init: words.kindInit,
  sidecar: words.kindSidecar,
  ephemeral: words.kindEphemeral,
};

function restarts(count: number): string {
  if (count === 0) return words.restartsNone;
  return count === 1 ? words.restartsOne : fill(words.restartsMany, { count });
}

function containerText(container: ContainerView): string {
  const { name, kind, state, reason } = container;
  const shown = reason === undefined ? state : `${state} (${reason})`;
  return fill(words.containerLine, {
    kind: kinds[kind],
    name,
    state: shown,
    restarts: restarts(container.restarts),
  });
}

function volumeText({ name, kind, mounts }: VolumeView): string {
  const list = mounts.map(({ container, path, readOnly }) =>
    fill(readOnly ? words.mountReadOnly : words.mountAt, { container, path }),
  );
  return fill(words.volumeLine, {
    name,
    kind,
    mounts: list.length === 0 ? words.notMounted : list.join(', '),
  });
}

function podItem(pod: PodView, nowMs: number): HTMLElement {
  const { name, status, readyCount, ip, createdMs, deadlineMs } = pod;
  const age = spanText(nowMs - createdMs);
  const line = fill(words.podLine, { name, status, ready: readyCount, ip: ip ?? words.noIp, age });
  const left =
    deadlineMs === undefined
      ? ''
      : `, ${fill(words.terminatingFor, { left: spanText(deadlineMs - nowMs) })}`;
  const parts = [...pod.containers.map(containerText), ...pod.volumes.map(volumeText)];
  return el('li', {}, `${line}${left}`, el('ul', {}, ...parts.map((part) => el('li', {}, part))));
}

function podList(pods: readonly PodView[], nowMs: number): HTMLElement {
  if (pods.length === 0) return el('ul', {}, el('li', {}, words.noPods));
  return el('ul', {}, ...pods.map((pod) => podItem(pod, nowMs)));
}

/** The tree of a cluster. */
export function clusterTree(cluster: ClusterView, nowMs: number): HTMLElement {
  const ready = { True: words.nodeReady, False: words.nodeNotReady, Unknown: words.nodeSilent };
  const nodes = cluster.nodes.map((node) => {
    const marks = [ready[node.ready], ...(node.cordoned ? [words.cordoned] : [])].join(', ');
    return el('li', {}, `${node.name}: ${marks}`, podList(node.pods, nowMs));
  });
  const unplaced =
    cluster.unplaced.length === 0
      ? []
      : [el('li', {}, words.unplaced, podList(cluster.unplaced, nowMs))];
  const services = cluster.services.map(({ name, clusterIP, readyPods }) =>
    el('li', {}, fill(words.serviceLine, { name, ip: clusterIP, ready: readyPods.length })),
  );
  return el('ul', { class: 'cluster-tree' }, ...unplaced, ...nodes, ...services);
}
