// Writes down every change of the recorded kinds, as the recorder's watches saw them.
import type { Cluster } from '../../src/sim/cluster.ts';
import type { Kind } from '../../src/sim/api/objects.ts';
import { resourceOf } from '../../src/sim/api/kinds.ts';

const kinds: readonly Kind[] = [
  'Pod',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'Service',
  'EndpointSlice',
  'Node',
  'PersistentVolumeClaim',
];
const clusterWide: readonly Kind[] = ['Node'];

export interface Watched {
  readonly objects: string[];
  readonly events: string[];
}

/** Begins to write; times count from `startMs`. */
export function watchCluster(cluster: Cluster, namespace: string, startMs: number): Watched {
  const client = cluster.server.client('podlab');
  const watched: Watched = { objects: [], events: [] };
  const follow = (kind: Kind, into: string[]): void => {
    const { plural } = resourceOf(kind);
    const isOurs = (object: { metadata: { namespace?: string | undefined } }): boolean =>
      clusterWide.includes(kind) ||
      namespace === 'default' ||
      object.metadata.namespace === namespace ||
      (kind === 'Event' && object.metadata.namespace === 'default');
    const write = (t: number, type: string, object: unknown): void => {
      into.push(JSON.stringify({ t, kind: plural, type, object }));
    };
    for (const object of client.list(kind)) if (isOurs(object)) write(-200, 'ADDED', object);
    client.watch(kind, ({ type, object }) => {
      if (isOurs(object)) write(cluster.clock.nowMs() - startMs, type, object);
    });
  };
  for (const kind of kinds) follow(kind, watched.objects);
  follow('Event', watched.events);
  return watched;
}
