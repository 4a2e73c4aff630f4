// The EndpointSlice controller and its older sibling for Endpoints: who answers behind each Service.
import type { Endpoints, EndpointSlice } from '../../api/generated/types.ts';
import type { KubeObject, StoredOf } from '../../api/objects.ts';
import type { EventRecorder } from '../../apiserver/types.ts';
import { formatTime } from '../../runtime/time.ts';
import { WorkQueue } from '../../runtime/work-queue.ts';
import {
  controllerReference,
  follow,
  keyOf,
  reactionMs,
  splitKey,
  type Controller,
  type ControllerContext,
  type StoredPod,
} from '../shared/controller.ts';
import { endpointsOf, targetPort, type ServiceEndpoint } from './endpoint.ts';

type Service = StoredOf<'Service'>;
type Slice = StoredOf<'EndpointSlice'>;

const serviceLabel = 'kubernetes.io/service-name';
const managedBy = 'endpointslice.kubernetes.io/managed-by';
const changeTime = 'endpoints.kubernetes.io/last-change-trigger-time';
const controllerName = 'endpointslice-controller.k8s.io';

type Port = NonNullable<EndpointSlice['ports']>[number];

/** Endpoints that serve the same port numbers share a slice. */
function groups(service: Service, endpoints: readonly ServiceEndpoint[]) {
  const found = new Map<string, { ports: Port[]; endpoints: ServiceEndpoint[] }>();
  for (const endpoint of endpoints) {
    const ports = (service.spec.ports ?? []).flatMap((port): Port[] => {
      const number = targetPort(endpoint.pod, port.targetPort as number | string | undefined);
      return number === undefined
        ? []
        : [{ name: port.name ?? '', port: number, protocol: port.protocol ?? 'TCP' }];
    });
    const key = JSON.stringify(ports);
    const group = found.get(key) ?? { ports, endpoints: [] };
    group.endpoints.push(endpoint);
    found.set(key, group);
  }
  return [...found.values()];
}

function endpointEntry({ pod, ip, ready, serving, terminating }: ServiceEndpoint) {
  const { hostname, subdomain, nodeName } = pod.spec;
  const { name, namespace, uid } = pod.metadata;
  return {
    addresses: [ip],
    conditions: { ready, serving, terminating },
    ...(hostname !== undefined && subdomain !== undefined ? { hostname } : {}),
    ...(nodeName === undefined ? {} : { nodeName }),
    targetRef: { kind: 'Pod', name, namespace, uid },
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export class EndpointsController implements Controller {
  readonly #context: ControllerContext;
  readonly #queue: WorkQueue;
  readonly #recorder: EventRecorder;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#recorder = context.recorder('endpoint-slice-controller');
    this.#queue = new WorkQueue({
      clock: context.clock,
      latencyMs: reactionMs,
      reconcile: (key) => this.#reconcile(key),
    });
  }

  start(): void {
    const { client } = this.#context;
    follow(client, 'Service', ({ object }) => this.#queue.add(keyOf(object)));
    follow(client, 'Pod', ({ object, old }) => {
      this.#onPod(object);
      if (old !== undefined && !same(old.metadata.labels, object.metadata.labels)) this.#onPod(old);
    });
    client.watch('EndpointSlice', ({ type, object }) => {
      const service = object.metadata.labels?.[serviceLabel];
      const isOurs = object.metadata.labels?.[managedBy] === controllerName;
      if (type === 'DELETED' && isOurs && service !== undefined) {
        this.#queue.add(`${object.metadata.namespace ?? ''}/${service}`);
      }
    });
  }

  #onPod(pod: StoredPod): void {
    for (const service of this.#context.client.list('Service', {
      namespace: pod.metadata.namespace,
    })) {
      const selector = Object.entries(service.spec.selector ?? {});
      const fits = selector.every(([key, value]) => pod.metadata.labels?.[key] === value);
      if (selector.length > 0 && fits) this.#queue.add(keyOf(service));
    }
  }

  #slicesOf(namespace: string, name: string): readonly Slice[] {
    return this.#context.client
      .list('EndpointSlice', { namespace })
      .filter(
        ({ metadata: { labels } }) =>
          labels?.[serviceLabel] === name && labels[managedBy] === controllerName,
      );
  }

  #reconcile(key: string): 'done' | 'retry' {
    const { client } = this.#context;
    const { namespace, name } = splitKey(key);
    const service = client.get('Service', namespace, name);
    if (service === undefined) {
      for (const slice of this.#slicesOf(namespace, name)) {
        client.delete('EndpointSlice', namespace, slice.metadata.name);
      }
      client.delete('Endpoints', namespace, name);
      return 'done';
    }
    if (Object.keys(service.spec.selector ?? {}).length === 0) return 'done';
    if (service.spec.type === 'ExternalName') return 'done';
    const endpoints = endpointsOf(client, service);
    this.#writeSlices(service, endpoints);
    this.#writeEndpoints(service, endpoints);
    return 'done';
  }

  #labels(service: Service): Readonly<Record<string, string>> {
    return {
      ...service.metadata.labels,
      [managedBy]: controllerName,
      [serviceLabel]: service.metadata.name,
      ...(service.spec.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {}),
    };
  }

  #writeSlices(service: Service, endpoints: readonly ServiceEndpoint[]): void {
    const { client, clock } = this.#context;
    const namespace = service.metadata.namespace ?? '';
    const before = [...this.#slicesOf(namespace, service.metadata.name)];
    const wanted = groups(service, endpoints);
    if (wanted.length === 0) wanted.push({ ports: [], endpoints: [] });
    const annotations = { [changeTime]: formatTime(clock.nowMs()) };
    for (const group of wanted) {
      const entries = group.endpoints.map(endpointEntry);
      const content = {
        addressType: 'IPv4',
        endpoints: entries.length > 0 ? entries : null,
        ports: group.ports.length > 0 ? group.ports : null,
      };
      const at = before.findIndex((slice) => same(slice.ports ?? null, content.ports));
      const [slice = before.length > 0 && wanted.length === 1 ? before.shift() : undefined] =
        at >= 0 ? before.splice(at, 1) : [];
      if (slice === undefined) {
        client.create('EndpointSlice', {
          apiVersion: 'discovery.k8s.io/v1',
          kind: 'EndpointSlice',
          metadata: {
            generateName: `${service.metadata.name}-`,
            namespace,
            annotations,
            labels: this.#labels(service),
            ownerReferences: [controllerReference(service as unknown as KubeObject)],
          },
          ...content,
        });
      } else if (
        !same(content.endpoints, slice.endpoints ?? null) ||
        !same(content.ports, slice.ports ?? null)
      ) {
        const metadata = {
          ...slice.metadata,
          annotations: { ...slice.metadata.annotations, ...annotations },
        };
        client.update('EndpointSlice', { ...slice, metadata, ...content } as unknown as KubeObject);
      }
    }
    for (const slice of before) client.delete('EndpointSlice', namespace, slice.metadata.name);
  }

  #writeEndpoints(service: Service, endpoints: readonly ServiceEndpoint[]): void {
    const { client, clock } = this.#context;
    const { name, namespace = '' } = service.metadata;
    const subsets = groups(service, endpoints).map((group) => {
      const address = ({ pod, ip }: ServiceEndpoint) => ({
        ip,
        ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
        targetRef: { kind: 'Pod', name: pod.metadata.name, namespace, uid: pod.metadata.uid },
      });
      const ready = group.endpoints.filter((one) => one.ready).map(address);
      const notReady = group.endpoints.filter((one) => !one.ready && !one.terminating).map(address);
      return {
        ...(ready.length > 0 ? { addresses: ready } : {}),
        ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
        ports: group.ports.map(({ name: portName, port, protocol }) => ({
          ...(portName ? { name: portName } : {}),
          port,
          protocol,
        })),
      };
    });
    const filled = subsets.filter(
      (one) => one.addresses !== undefined || one.notReadyAddresses !== undefined,
    );
    const current = client.get('Endpoints', namespace, name);
    const content: Pick<Endpoints, 'subsets'> = (
      filled.length > 0 ? { subsets: filled } : {}
    ) as Pick<Endpoints, 'subsets'>;
    const annotations = { [changeTime]: formatTime(clock.nowMs()) };
    const labels = {
      ...service.metadata.labels,
      'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
      ...(service.spec.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {}),
    };
    if (current === undefined) {
      const metadata = { name, namespace, labels, annotations };
      const created = client.create('Endpoints', {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata,
        ...content,
      });
      if (!created.ok) {
        const text = `Failed to create endpoint for service ${namespace}/${name}: ${created.status.message ?? ''}`;
        this.#recorder.event(
          service as unknown as KubeObject,
          'Warning',
          'FailedToCreateEndpoint',
          text,
        );
      }
    } else if (!same(current.subsets, content.subsets)) {
      const subsetsNow = content.subsets ?? [];
      const metadata = {
        ...current.metadata,
        annotations: { ...current.metadata.annotations, ...annotations },
      };
      client.update('Endpoints', { ...current, metadata, subsets: subsetsNow });
    }
  }
}
