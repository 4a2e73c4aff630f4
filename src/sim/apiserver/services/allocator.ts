// Cluster IPs and node ports of Services (pkg/registry/core/service/storage: alloc.go, storage.go).
import type { Service, ServicePort } from '../../api/generated/types.ts';
import type { Random } from '../../runtime/random.ts';
import type { Allocator, ServerContext } from '../registry/context.ts';
import type { FieldError } from '../../api/messages.ts';
import { invalid, invalidStatus } from '../../api/messages.ts';
import type { AnyStored } from '../store/entry.ts';
import type { Result } from '../types.ts';
import { keepAllocated } from './carry-over.ts';
import { formatIpv4, NumberPool, parseIpv4 } from './pools.ts';

/** What kubeadm's flag --service-cluster-ip-range is in this cluster. */
const clusterIpRange = '10.96.0.0/16';
const firstClusterIp = 0x0a600001;
const lastClusterIp = 0x0a60fffe;
const firstNodePort = 30_000;
const lastNodePort = 32_767;

type Spec = NonNullable<Service['spec']>;
type Allocated = Result<{ readonly object: AnyStored; commit(): void }>;

interface Draft {
  spec: Spec;
  readonly ips: Set<number>;
  readonly ports: Set<number>;
  readonly causes: FieldError[];
}

export class ServiceAllocator implements Allocator {
  readonly #ips: NumberPool;
  readonly #ports: NumberPool;

  constructor(random: Random) {
    const ips = { first: firstClusterIp, last: lastClusterIp, staticBand: 256 };
    this.#ips = new NumberPool(ips, random);
    const ports = { first: firstNodePort, last: lastNodePort, staticBand: 86 };
    this.#ports = new NumberPool(ports, random);
  }

  /** Gives a Service the addresses and ports it lacks, and checks those it asks for. Other kinds pass. */
  allocate(_: ServerContext, object: AnyStored, old: AnyStored | undefined): Allocated {
    if (object.kind !== 'Service') return { ok: true, object: { object, commit: () => undefined } };
    const before = (old as Service | undefined)?.spec;
    const given = (object as unknown as Service).spec ?? {};
    const spec = before === undefined ? given : keepAllocated(given, before);
    const draft: Draft = { spec, ips: new Set(), ports: new Set(), causes: [] };
    this.#allocateIp(draft, before);
    if (draft.causes.length === 0) this.#allocatePorts(draft, before);
    if (draft.causes.length > 0) {
      const status = invalidStatus('Service', '', object.metadata.name, draft.causes);
      return { ok: false, status };
    }
    const next: AnyStored = { ...object, spec: draft.spec };
    const commit = (): void => {
      if (old !== undefined) this.release(old);
      this.#takeAll(draft.spec);
    };
    return { ok: true, object: { object: next, commit } };
  }

  /** Gives back what a Service held. */
  release(object: AnyStored): void {
    if (object.kind !== 'Service') return;
    const {
      clusterIP = '',
      ports = [],
      healthCheckNodePort,
    } = (object as unknown as Service).spec ?? {};
    const ip = parseIpv4(clusterIP);
    if (ip !== undefined) this.#ips.release(ip);
    for (const { nodePort } of ports) if (nodePort !== undefined) this.#ports.release(nodePort);
    if (healthCheckNodePort !== undefined) this.#ports.release(healthCheckNodePort);
  }

  #takeAll({ clusterIP = '', ports = [], healthCheckNodePort }: Spec): void {
    const ip = parseIpv4(clusterIP);
    if (ip !== undefined) this.#ips.take(ip);
    for (const { nodePort } of ports) if (nodePort !== undefined) this.#ports.take(nodePort);
    if (healthCheckNodePort !== undefined) this.#ports.take(healthCheckNodePort);
  }

  #allocateIp(draft: Draft, before: Spec | undefined): void {
    const { spec } = draft;
    if (spec.type === 'ExternalName') return;
    const asked = spec.clusterIP || (spec.clusterIPs?.[0] ?? '');
    if (asked === 'None') {
      draft.spec = { ...spec, ...headlessFamilies(spec), clusterIP: 'None', clusterIPs: ['None'] };
      return;
    }
    const families = {
      ipFamilies: spec.ipFamilies ?? ['IPv4'],
      ipFamilyPolicy: spec.ipFamilyPolicy ?? 'SingleStack',
    };
    if (asked !== '') {
      if (asked !== before?.clusterIP) this.#checkIp(draft, asked);
      draft.spec = { ...spec, ...families, clusterIP: asked, clusterIPs: [asked] };
      return;
    }
    const picked = this.#ips.pick(draft.ips);
    if (picked === undefined) {
      const why = 'failed to allocate a serviceIP: range is full';
      draft.causes.push(invalid('spec.clusterIPs', { go: '[]' }, why));
      return;
    }
    const clusterIP = formatIpv4(picked);
    draft.spec = { ...spec, ...families, clusterIP, clusterIPs: [clusterIP] };
  }

  #checkIp(draft: Draft, asked: string): void {
    const ip = parseIpv4(asked);
    // What is no address at all is left to validation.
    if (ip === undefined) return;
    const value = JSON.stringify([asked]);
    if (!this.#ips.includes(ip)) {
      const why = `failed to allocate IP ${asked}: the provided IP (${asked}) is not in the valid range. The range of valid IPs is ${clusterIpRange}`;
      draft.causes.push(invalid('spec.clusterIPs', { go: value }, why));
    } else if (this.#ips.isTaken(ip)) {
      const why = `failed to allocate IP ${asked}: provided IP is already allocated`;
      draft.causes.push(invalid('spec.clusterIPs', { go: value }, why));
    }
  }

  #allocatePorts(draft: Draft, before: Spec | undefined): void {
    const { spec } = draft;
    if (!needsNodePorts(spec)) return;
    const held = new Set((before?.ports ?? []).map(({ nodePort }) => nodePort));
    const ports = (spec.ports ?? []).map((port, index) =>
      this.#allocatePort(draft, port, index, held),
    );
    draft.spec = { ...spec, ports };
    if (spec.type !== 'LoadBalancer' || spec.externalTrafficPolicy !== 'Local') return;
    const healthCheckNodePort = spec.healthCheckNodePort || this.#ports.pick(draft.ports);
    if (healthCheckNodePort !== undefined) draft.spec = { ...draft.spec, healthCheckNodePort };
  }

  #allocatePort(
    draft: Draft,
    port: ServicePort,
    index: number,
    held: ReadonlySet<number | undefined>,
  ): ServicePort {
    const field = `spec.ports[${index}].nodePort`;
    const asked = port.nodePort ?? 0;
    if (asked !== 0) {
      const value = asked;
      if (!this.#ports.includes(asked)) {
        const why = `provided port is not in the valid range. The range of valid ports is ${firstNodePort}-${lastNodePort}`;
        draft.causes.push(invalid(field, value, why));
      } else if (this.#ports.isTaken(asked) && !held.has(asked)) {
        draft.causes.push(invalid(field, value, 'provided port is already allocated'));
      }
      draft.ports.add(asked);
      return port;
    }
    const picked = this.#ports.pick(draft.ports);
    if (picked === undefined) return port;
    draft.ports.add(picked);
    return { ...port, nodePort: picked };
  }
}

/** A headless Service takes the families of its Pods, or both when it selects none. */
function headlessFamilies(spec: Spec): Partial<Spec> {
  const isSelectorless = Object.keys(spec.selector ?? {}).length === 0;
  return {
    ipFamilies: spec.ipFamilies ?? (isSelectorless ? ['IPv4', 'IPv6'] : ['IPv4']),
    ipFamilyPolicy: spec.ipFamilyPolicy ?? (isSelectorless ? 'RequireDualStack' : 'SingleStack'),
  };
}

export function needsNodePorts({ type, allocateLoadBalancerNodePorts }: Spec): boolean {
  if (type === 'NodePort') return true;
  return type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false;
}
