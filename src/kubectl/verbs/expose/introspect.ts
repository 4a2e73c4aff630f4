// What `expose` reads off an object: its selector and its ports (kubectl/pkg/polymorphichelpers).
import type { Deployment, Pod, PodSpec, Service } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { Failure } from '../../failure.ts';
import type { Labels } from '../common/typed.ts';

const exposable = ['ReplicationController', 'Service', 'Pod', 'Deployment', 'ReplicaSet'];

export function refuseUnexposable({ kind = '' }: KubeObject): void {
  if (!exposable.includes(kind)) throw new Failure(`cannot expose a ${kind}`);
}

/** The labels by which the object's Pods are found. */
export function mapSelectorOf(object: KubeObject): Labels {
  if (object.kind === 'Pod') {
    const { labels = {} } = object.metadata ?? {};
    if (Object.keys(labels).length > 0) return labels;
    throw new Failure(selectorProblem('the pod has no labels and cannot be exposed'));
  }
  if (object.kind === 'Service') {
    const { selector } = (object as Service).spec ?? {};
    if (selector !== undefined) return selector;
    throw new Failure(selectorProblem('the service has no pod selector set'));
  }
  const { selector } = (object as Deployment).spec ?? {};
  if ((selector?.matchExpressions ?? []).length > 0) {
    const shown = selector?.matchExpressions?.map(
      ({ key, operator, values = [] }) => `{${key} ${operator} [${values.join(' ')}]}`,
    );
    throw new Failure(
      selectorProblem(
        `couldn't convert expressions - "[${shown?.join(' ') ?? ''}]" to map-based selector format`,
      ),
    );
  }
  return selector?.matchLabels ?? {};
}

const selectorProblem = (why: string): string =>
  `couldn't retrieve selectors via --selector flag or introspection: ${why}`;

export interface FoundPort {
  readonly port: number;
  readonly protocol: string;
}

/** The ports of the object's containers, or of the Service. */
export function portsOf(object: KubeObject): readonly FoundPort[] {
  if (object.kind === 'Service') {
    const { ports = [] } = (object as Service).spec ?? {};
    return ports.map(({ port, protocol = 'TCP' }) => ({ port, protocol }));
  }
  const spec: PodSpec | undefined =
    object.kind === 'Pod' ? (object as Pod).spec : (object as Deployment).spec?.template.spec;
  return (spec?.containers ?? []).flatMap(({ ports = [] }) =>
    ports.map(({ containerPort, protocol = 'TCP' }) => ({ port: containerPort, protocol })),
  );
}
