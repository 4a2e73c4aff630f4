// The whole cluster as the page draws it, from the objects of the API alone.
import type { Cluster } from '#sim/cluster.ts';
import { milliValue, value } from '#sim/api/quantity.ts';
import type { StoredOf } from '#sim/api/objects.ts';
import type { Client } from '#sim/apiserver/types.ts';
import { parseTime } from '#sim/runtime/time.ts';
import { podView } from './pod-view.ts';
import type { ClusterView, EventView, NodeView, OwnerView, PodView, ServiceView } from './types.ts';

/** Namespaces that belong to the cluster and not to the learner. */
const systemNamespaces = ['kube-system', 'kube-public', 'kube-node-lease'];
const mostEvents = 200;

const isTheLearners = ({ metadata }: { metadata: { namespace?: string | undefined } }): boolean =>
  !systemNamespaces.includes(metadata.namespace ?? '');

function requested(client: Client, node: string): { cpuMilli: number; memoryBytes: number } {
  let cpuMilli = 0;
  let memoryBytes = 0;
  for (const { spec, status } of client.list('Pod', { by: { index: 'byNode', key: node } })) {
    if (status.phase === 'Succeeded' || status.phase === 'Failed') continue;
    for (const { resources } of spec.containers) {
      cpuMilli += milliValue(resources?.requests?.['cpu'] ?? '0');
      memoryBytes += value(resources?.requests?.['memory'] ?? '0');
    }
  }
  return { cpuMilli, memoryBytes };
}

function nodeView(client: Client, node: StoredOf<'Node'>, pods: readonly PodView[]): NodeView {
  const { metadata, spec, status } = node;
  const ready = status.conditions?.find(({ type }) => type === 'Ready')?.status;
  const used = requested(client, metadata.name);
  return {
    name: metadata.name,
    ready: ready === 'True' || ready === 'False' ? ready : 'Unknown',
    cordoned: spec.unschedulable === true,
    taints: (spec.taints ?? []).map(({ key, effect }) => `${key}:${effect}`),
    cpuMilli: {
      requested: used.cpuMilli,
      allocatable: milliValue(status.allocatable?.['cpu'] ?? '0'),
    },
    memoryBytes: {
      requested: used.memoryBytes,
      allocatable: value(status.allocatable?.['memory'] ?? '0'),
    },
    pods: pods.filter((pod) => pod.node === metadata.name),
  };
}

function serviceViews(client: Client): readonly ServiceView[] {
  return client
    .list('Service')
    .filter((service) => isTheLearners(service) && service.metadata.name !== 'kubernetes')
    .map(({ metadata, spec }) => {
      const slices = client
        .list('EndpointSlice', { namespace: metadata.namespace })
        .filter(
          ({ metadata: { labels } }) => labels?.['kubernetes.io/service-name'] === metadata.name,
        );
      const endpoints = slices.flatMap((slice) => slice.endpoints ?? []);
      const uids = (ready: boolean): readonly string[] =>
        endpoints
          .filter(({ conditions }) => (conditions?.ready !== false) === ready)
          .flatMap(({ targetRef }) => targetRef?.uid ?? []);
      return {
        namespace: metadata.namespace ?? '',
        name: metadata.name,
        clusterIP: spec.clusterIP ?? '',
        ports: (spec.ports ?? []).map(({ port, protocol }) => `${port}/${protocol ?? 'TCP'}`),
        readyPods: uids(true),
        otherPods: uids(false),
      };
    });
}

function ownerViews(client: Client): readonly OwnerView[] {
  const kinds = ['Deployment', 'ReplicaSet', 'StatefulSet', 'Job'] as const;
  const owners = kinds.flatMap((kind) =>
    client
      .list(kind)
      .filter(isTheLearners)
      .map((object): OwnerView => {
        const { metadata } = object;
        const spec = object.spec as { replicas?: number; completions?: number };
        const status = object.status as { readyReplicas?: number; succeeded?: number };
        const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
        return {
          kind,
          namespace: metadata.namespace ?? '',
          name: metadata.name,
          owner: owner === undefined ? undefined : `${owner.kind}/${owner.name}`,
          ready: status.readyReplicas ?? status.succeeded ?? 0,
          wanted: spec.replicas ?? spec.completions ?? 1,
        };
      }),
  );
  // Old ReplicaSets without Pods are history, not part of the picture.
  return owners.filter(({ kind, ready, wanted }) => kind !== 'ReplicaSet' || ready + wanted > 0);
}

/** Nodes with their Pods, Pods without a node, Services, and what owns Pods. */
export function clusterView(cluster: Cluster): ClusterView {
  const client = cluster.server.client('podlab');
  const pods = client.list('Pod').filter(isTheLearners).map(podView);
  return {
    nodes: client.list('Node').map((node) => nodeView(client, node, pods)),
    unplaced: pods.filter(({ node }) => node === undefined),
    services: serviceViews(client),
    owners: ownerViews(client),
  };
}

/** The newest Events since a time, oldest first. */
export function eventViews(cluster: Cluster, sinceMs: number): readonly EventView[] {
  const client = cluster.server.client('podlab');
  const events = client
    .list('Event')
    .map((event): EventView => {
      const last = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? '';
      return {
        atMs: parseTime(last) ?? parseTime(event.metadata.creationTimestamp) ?? 0,
        type: event.type ?? '',
        reason: event.reason ?? '',
        on: `${event.involvedObject.kind ?? ''}/${event.involvedObject.name ?? ''}`,
        message: event.message ?? '',
        count: event.series?.count ?? event.count ?? 1,
        from: event.source?.component ?? event.reportingComponent ?? '',
      };
    })
    .filter(({ atMs }) => atMs >= sinceMs - 1000);
  return events.sort((a, b) => a.atMs - b.atMs).slice(-mostEvents);
}
