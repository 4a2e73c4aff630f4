// Services as kube-proxy turns them into rules: from virtual address and port to the Pods behind.
// Reads Services and EndpointSlices; Service rules of pkg/proxy (servicechangetracker, topology.go).
import type { StoredOf } from '../api/objects.ts';
import type { Endpoint, EndpointSlice, ServicePort } from '../api/generated/types.ts';
import type { Client } from '../apiserver/types.ts';

type Service = StoredOf<'Service'>;
type Slice = StoredOf<'EndpointSlice'>;

export interface Backend {
  readonly ip: string;
  readonly port: number;
  readonly nodeName: string | undefined;
}

/** One port of one Service, with who may answer. */
export interface ServiceRule {
  /** `default/web:http`, as kube-proxy names it. */
  readonly name: string;
  readonly service: Service;
  readonly port: ServicePort;
  readonly backends: readonly Backend[];
  /** How long a client stays with its Pod; undefined without session affinity. */
  readonly affinityMs: number | undefined;
  readonly onlyThisNode: boolean;
}

export interface EndpointAt {
  readonly namespace: string;
  readonly service: string;
  readonly endpoint: Endpoint;
}

/** What every node's kube-proxy knows: rules by `address:port/protocol`, node ports under `*`. */
export type ServiceRules = ReadonlyMap<string, ServiceRule>;

/** The key of a rule in the table. */
export function ruleKey(ip: string, port: number, protocol: string): string {
  return `${ip}:${port}/${protocol}`;
}

export class ServiceTable {
  readonly #client: Client;
  readonly #slices = new Map<string, Map<string, Slice>>();
  readonly #keysOf = new Map<string, readonly string[]>();
  readonly #rules = new Map<string, ServiceRule>();
  readonly #virtualIps = new Map<string, string>();

  constructor(client: Client) {
    this.#client = client;
    for (const slice of client.list('EndpointSlice')) this.#keepSlice(slice, 'ADDED');
    for (const service of client.list('Service')) this.#rebuild(keyOf(service));
    client.watch('Service', ({ object }) => this.#rebuild(keyOf(object)));
    client.watch('EndpointSlice', ({ object, type }) => {
      this.#keepSlice(object, type);
      const owner = ownerOf(object);
      if (owner !== undefined) this.#rebuild(owner);
    });
  }

  get rules(): ServiceRules {
    return this.#rules;
  }

  /** The Service with this address, `namespace/name`; undefined when it is none's. */
  ownerOfAddress(ip: string): string | undefined {
    return this.#virtualIps.get(ip);
  }

  /** The EndpointSlices of a Service, in the order of their names. */
  slicesOf(namespace: string, name: string): readonly Slice[] {
    const slices = [...(this.#slices.get(`${namespace}/${name}`)?.values() ?? [])];
    return slices.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  }

  /** The endpoints with this address, by Service. */
  endpointsAt(ip: string): readonly EndpointAt[] {
    const found: EndpointAt[] = [];
    for (const key of [...this.#slices.keys()].sort()) {
      const [namespace = '', service = ''] = key.split('/');
      for (const slice of this.slicesOf(namespace, service)) {
        for (const endpoint of slice.endpoints) {
          if (endpoint.addresses[0] === ip) found.push({ namespace, service, endpoint });
        }
      }
    }
    return found;
  }

  #keepSlice(slice: Slice, type: 'ADDED' | 'MODIFIED' | 'DELETED'): void {
    const owner = ownerOf(slice);
    if (owner === undefined) return;
    const slices = this.#slices.get(owner) ?? new Map<string, Slice>();
    this.#slices.set(owner, slices);
    if (type === 'DELETED') slices.delete(slice.metadata.name);
    else slices.set(slice.metadata.name, slice);
    if (slices.size === 0) this.#slices.delete(owner);
  }

  #rebuild(key: string): void {
    for (const old of this.#keysOf.get(key) ?? []) {
      this.#virtualIps.delete(this.#rules.get(old)?.service.spec.clusterIP ?? '');
      this.#rules.delete(old);
    }
    this.#keysOf.delete(key);
    const [namespace = '', name = ''] = key.split('/');
    const service = this.#client.get('Service', namespace, name);
    if (service === undefined || service.spec.type === 'ExternalName') return;
    const ip = service.spec.clusterIP ?? '';
    if (ip === '' || ip === 'None') return;
    this.#virtualIps.set(ip, key);
    const keys: string[] = [];
    for (const port of service.spec.ports ?? []) {
      const rule = this.#ruleOf(service, port);
      const protocol = port.protocol ?? 'TCP';
      keys.push(ruleKey(ip, port.port, protocol));
      this.#rules.set(ruleKey(ip, port.port, protocol), rule);
      if (port.nodePort === undefined) continue;
      keys.push(ruleKey('*', port.nodePort, protocol));
      this.#rules.set(ruleKey('*', port.nodePort, protocol), rule);
    }
    this.#keysOf.set(key, keys);
  }

  #ruleOf(service: Service, port: ServicePort): ServiceRule {
    const { namespace = '', name } = service.metadata;
    const seconds = service.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800;
    return {
      name: `${namespace}/${name}${port.name ? `:${port.name}` : ''}`,
      service,
      port,
      backends: backendsOf(this.slicesOf(namespace, name), port),
      affinityMs: service.spec.sessionAffinity === 'ClientIP' ? seconds * 1000 : undefined,
      onlyThisNode: service.spec.internalTrafficPolicy === 'Local',
    };
  }
}

/** Ready endpoints; where there are none, those that still serve while they terminate (topology.go). */
function backendsOf(slices: readonly EndpointSlice[], port: ServicePort): readonly Backend[] {
  const ready = new Map<string, Backend>();
  const leaving = new Map<string, Backend>();
  for (const slice of slices) {
    const found = (slice.ports ?? []).find((each) => (each.name ?? '') === (port.name ?? ''));
    if (found?.port === undefined || slice.addressType !== 'IPv4') continue;
    for (const endpoint of slice.endpoints) {
      const ip = endpoint.addresses[0];
      if (ip === undefined) continue;
      const backend = { ip, port: found.port, nodeName: endpoint.nodeName };
      const { ready: isReady, serving, terminating } = endpoint.conditions ?? {};
      if (isReady !== false) ready.set(`${ip}:${found.port}`, backend);
      else if (serving === true && terminating === true) leaving.set(ip, backend);
    }
  }
  const chosen = ready.size > 0 ? ready : leaving;
  return [...chosen.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

function keyOf(service: Service): string {
  return `${service.metadata.namespace ?? ''}/${service.metadata.name}`;
}

function ownerOf(slice: Slice): string | undefined {
  const name = slice.metadata.labels?.['kubernetes.io/service-name'];
  return name === undefined ? undefined : `${slice.metadata.namespace ?? ''}/${name}`;
}
