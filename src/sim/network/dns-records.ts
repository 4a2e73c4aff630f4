// What the cluster's DNS server answers: CoreDNS' kubernetes plugin for the zone cluster.local, Kubernetes' DNS
// specification 1.1.0. Names outside the zone would be forwarded to the world, which a cluster in a tab does not have.
import type { Endpoint, EndpointSlicePort } from '../api/generated/types.ts';
import type { Client } from '../apiserver/types.ts';
import type { DnsAnswer, DnsQuestion, DnsRecord, DnsType } from '../kernel/commands/dns/message.ts';
import type { ServiceTable } from './services.ts';

const zone = 'cluster.local';
const ttlSeconds = 30;
/** CoreDNS would ask the world, in which nothing else exists here. */
const elsewhere: DnsAnswer = { status: 'NXDOMAIN', authoritative: false, records: [] };
const nothing: DnsAnswer = { status: 'NOERROR', authoritative: true, records: [] };
const unknown: DnsAnswer = { status: 'NXDOMAIN', authoritative: true, records: [] };

function found(records: readonly DnsRecord[]): DnsAnswer {
  return { status: 'NOERROR', authoritative: true, records };
}

/** Where the answers come from. */
export interface DnsSource {
  readonly client: Client;
  readonly services: ServiceTable;
}

/** Answers one question. Names are taken without regard to case and to a final dot. */
export function answerDns(source: DnsSource, question: DnsQuestion): DnsAnswer {
  const { type } = question;
  const name = question.name.toLowerCase().replace(/\.$/, '');
  if (name === zone) return nothing;
  if (name.endsWith('.in-addr.arpa')) return answerReverse(source, name, type);
  if (!name.endsWith(`.${zone}`)) return elsewhere;
  const labels = name.slice(0, -zone.length - 1).split('.');
  const kind = labels.pop();
  const namespace = labels.pop();
  if (kind !== 'svc' && kind !== 'pod') {
    return name === `dns-version.${zone}` && type === 'TXT'
      ? found([{ name, type, ttlSeconds, data: '1.1.0' }])
      : unknown;
  }
  if (namespace === undefined) return nothing;
  if (source.client.get('Namespace', '', namespace) === undefined) return unknown;
  if (labels.length === 0) return nothing;
  return kind === 'pod'
    ? answerPod(name, labels, type)
    : answerService(source, { name, labels, namespace, type });
}

/** `10-244-1-5.default.pod.cluster.local`: answered for any address, as `pods insecure` has it. */
function answerPod(name: string, labels: readonly string[], type: DnsType): DnsAnswer {
  const ip = (labels[0] ?? '').replaceAll('-', '.');
  if (labels.length !== 1 || !/^\d+\.\d+\.\d+\.\d+$/.test(ip)) return unknown;
  if (type !== 'A') return nothing;
  return found([{ name, type, ttlSeconds, data: ip }]);
}

interface ServiceQuestion {
  readonly name: string;
  readonly labels: readonly string[];
  readonly namespace: string;
  readonly type: DnsType;
}

function answerService(source: DnsSource, question: ServiceQuestion): DnsAnswer {
  const { name, labels, namespace, type } = question;
  const serviceName = labels[labels.length - 1] ?? '';
  const before = labels.slice(0, -1);
  const service = source.client.get('Service', namespace, serviceName);
  if (service === undefined) return unknown;
  const external = service.spec.externalName;
  if (service.spec.type === 'ExternalName' && external !== undefined) {
    if (before.length > 0) return unknown;
    const records: DnsRecord[] = [{ name, type: 'CNAME', ttlSeconds, data: external }];
    return found(records);
  }
  const isPort = before.length === 2 && before.every((label) => label.startsWith('_'));
  const portOf = isPort ? before.map((label) => label.slice(1)) : undefined;
  const base = `${serviceName}.${namespace}.svc.${zone}`;
  const ip = service.spec.clusterIP ?? '';
  if (ip !== '' && ip !== 'None') {
    const ports = (service.spec.ports ?? [])
      .filter((port) => portMatches(port, portOf))
      .map((port) => ({ target: base, port: port.port, ip }));
    if ((before.length > 0 && !isPort) || (isPort && ports.length === 0)) return unknown;
    return toAnswer(name, type, [{ target: base, port: undefined, ip }], ports);
  }
  const wanted = before.length === 1 && !isPort ? before[0] : undefined;
  if (before.length > 1 && !isPort) return unknown;
  const hosts: Target[] = [];
  const ports: Target[] = [];
  for (const slice of source.services.slicesOf(namespace, serviceName)) {
    for (const endpoint of slice.endpoints.filter(isPublished)) {
      const host = hostOf(endpoint);
      if (wanted !== undefined && host !== wanted) continue;
      const target = { target: `${host}.${base}`, ip: endpoint.addresses[0] ?? '' };
      hosts.push({ ...target, port: undefined });
      const matching = (slice.ports ?? []).filter((port) => portMatches(port, portOf));
      ports.push(...matching.map((port) => ({ ...target, port: port.port })));
    }
  }
  // A headless Service with nobody behind it has no name at all.
  if (hosts.length === 0 || (isPort && ports.length === 0)) return unknown;
  return toAnswer(name, type, hosts, ports);
}

interface Target {
  readonly target: string;
  readonly ip: string;
  readonly port: number | undefined;
}

function toAnswer(
  name: string,
  type: DnsType,
  hosts: readonly Target[],
  ports: readonly Target[],
): DnsAnswer {
  const record = (data: string): DnsRecord => ({ name, type, ttlSeconds, data });
  if (type === 'A') return found(hosts.map(({ ip }) => record(ip)));
  if (type !== 'SRV') return nothing;
  const weight = Math.max(1, Math.floor(100 / Math.max(1, ports.length)));
  return found(ports.map(({ target, port }) => record(`0 ${weight} ${port ?? 0} ${target}`)));
}

function portMatches(port: EndpointSlicePort, wanted: readonly string[] | undefined): boolean {
  if (wanted === undefined) return true;
  const [name, protocol] = wanted;
  return (port.name ?? '') === name && (port.protocol ?? 'TCP').toLowerCase() === protocol;
}

/** Only ready endpoints have names; with publishNotReadyAddresses the slices call all of them ready. */
function isPublished(endpoint: Endpoint): boolean {
  return endpoint.conditions?.ready !== false && endpoint.addresses[0] !== undefined;
}

function hostOf(endpoint: Endpoint): string {
  return endpoint.hostname ?? (endpoint.addresses[0] ?? '').replaceAll('.', '-');
}

/** The name of an address: a Service's, or an endpoint's with a host name of its own. */
function answerReverse(source: DnsSource, name: string, type: DnsType): DnsAnswer {
  const ip = name.slice(0, -'.in-addr.arpa'.length).split('.').reverse().join('.');
  const names = namesOf(source, ip);
  if (names.length === 0) return unknown;
  if (type !== 'PTR') return nothing;
  return found(names.map((data) => ({ name, type, ttlSeconds, data })));
}

function namesOf({ services }: DnsSource, ip: string): readonly string[] {
  const owner = services.ownerOfAddress(ip);
  if (owner !== undefined) {
    const [namespace = '', service = ''] = owner.split('/');
    return [`${service}.${namespace}.svc.${zone}`];
  }
  return services
    .endpointsAt(ip)
    .filter(({ endpoint }) => isPublished(endpoint))
    .map(({ service, namespace, endpoint }) => {
      return `${hostOf(endpoint)}.${service}.${namespace}.svc.${zone}`;
    });
}
