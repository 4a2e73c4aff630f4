// The network between all namespaces: flat between Pods, without translation; Services by kube-proxy's rules on the
// caller's node; and what happens to packets when a cable is out or a machine is off.
import type {
  Network as KernelNetwork,
  NetworkNamespace,
  Protocol,
  Route,
} from '../kernel/net/namespace.ts';
import type { Link } from '../kernel/net/stream.ts';
import type { SocketAddress, Sockets } from '../kernel/net/types.ts';
import { Queue } from '../kernel/wait-queue.ts';
import type { Clock } from '../runtime/clock.ts';
import { addressAt, parseNetwork } from './addresses.ts';
import type { ServiceBalancer } from './balancer.ts';
import { Membership, type NodeOptions } from './membership.ts';
import { ruleKey, type ServiceRule, type ServiceTable } from './services.ts';
import {
  hostPortKey,
  machineOf,
  type Endpoint,
  type FabricHost,
  type FabricNode,
  type PortMapping,
} from './topology.ts';

/** Three ARP requests, one second apart, go unanswered. */
const arpFailureMs = 3_060;
/** A refusal by an iptables rule reaches a socket that is busy connecting only when it tries again, after a second. */
const rejectMs = 1_000;
const betweenNodesMs = 1;

export interface FabricOptions {
  readonly clock: Clock;
  readonly services: ServiceTable;
  readonly balancer: ServiceBalancer;
  /** Where the cluster's DNS Service answers. */
  readonly dns: { readonly ip: string; readonly namespace: NetworkNamespace };
}

const dropped: Route = { dropped: true };

export class Fabric implements KernelNetwork {
  readonly #options: FabricOptions;
  readonly #members = new Membership();
  /** Woken when a path between machines may have been broken or mended. */
  readonly #pathsChanged = new Queue();

  constructor(options: FabricOptions) {
    this.#options = options;
  }

  /** Connects a node. Its namespace gets eth0 with the address, and the bridge of its Pods. */
  addNode(options: NodeOptions): void {
    this.#members.addNode(options);
    options.namespace.network = this;
  }

  /** Takes a node out of the cluster; what it was is forgotten. */
  removeNode(name: string): void {
    this.#members.removeNode(name);
  }

  /** Connects a host that is no node: the workstation, the API server. */
  addHost(name: string, ip: string, namespace: NetworkNamespace): void {
    this.#members.addHost(name, ip, namespace);
    namespace.network = this;
  }

  /** Gives a Pod's namespace an address of its node; undefined when the node has no more. */
  attachPod(
    nodeName: string,
    namespace: NetworkNamespace,
    portMappings: readonly PortMapping[] = [],
  ): string | undefined {
    const ip = this.#members.attachPod(nodeName, namespace, portMappings);
    if (ip !== undefined) namespace.network = this;
    return ip;
  }

  /** The Pod's sandbox is gone: its address returns to the node. */
  detachPod(namespace: NetworkNamespace): void {
    this.#members.detachPod(namespace);
  }

  /** Pulls or plugs a node's cable. Without it the node's kube-proxy keeps the rules it knows. */
  setCable(nodeName: string, isIn: boolean): void {
    const node = this.#members.node(nodeName);
    node.hasCable = isIn;
    this.#followRules(node);
    this.#pathsChanged.wake();
  }

  /** Cuts or restores a node's power. */
  setPower(nodeName: string, isOn: boolean): void {
    const node = this.#members.node(nodeName);
    node.hasPower = isOn;
    this.#followRules(node);
    this.#pathsChanged.wake();
  }

  /** Whether packets pass between a node and the machines that are no nodes: the API server, registries. */
  isConnected(nodeName: string): boolean {
    const node = this.#members.findNode(nodeName);
    return node !== undefined && node.hasPower && node.hasCable;
  }

  route(from: NetworkNamespace, destination: SocketAddress, protocol: Protocol): Route {
    const source = this.#members.in(from);
    if (source === undefined) return { error: 'ENETUNREACH', afterMs: 0 };
    const translated = this.#translate(source, destination, protocol);
    return translated ?? this.#deliver(source, destination);
  }

  /** What a node's rules make of its own addresses: node ports and host ports. */
  redirect(
    from: NetworkNamespace,
    destination: SocketAddress,
    protocol: Protocol,
  ): Route | undefined {
    const source = this.#members.in(from);
    return source?.kind === 'node' ? this.#translate(source, destination, protocol) : undefined;
  }

  routes(of: NetworkNamespace): ReturnType<Sockets['routes']> {
    const endpoint = this.#members.in(of);
    if (endpoint?.kind === 'pod') {
      const { pool, gateway } = endpoint.node;
      const local = `${addressAt(pool.network, 0)}/${pool.network.prefixLength}`;
      return [
        { destination: 'default', gateway, device: 'eth0' },
        { destination: local, gateway: undefined, device: 'eth0' },
      ];
    }
    if (endpoint === undefined) return [];
    const lan = parseNetwork(`${endpoint.ip}/24`);
    if (lan === undefined) return [];
    const own = `${addressAt(lan, 0)}/24`;
    const pods = this.#members.nodes().map((node) => ({
      destination: `${addressAt(node.pool.network, 0)}/${node.pool.network.prefixLength}`,
      gateway: node === endpoint ? undefined : node.ip,
      device: node === endpoint ? 'cni0' : 'eth0',
    }));
    return [
      { destination: 'default', gateway: addressAt(lan, 1), device: 'eth0' },
      ...(endpoint.kind === 'node' ? pods : []),
      { destination: own, gateway: undefined, device: 'eth0' },
    ];
  }

  /** Services, node ports and host ports; undefined where no rule speaks of the destination. */
  #translate(source: Endpoint, destination: SocketAddress, protocol: Protocol): Route | undefined {
    const { services, dns } = this.#options;
    const machine = machineOf(source);
    if (destination.ip === dns.ip && machine.kind === 'node') {
      return this.#toInfrastructure(machine, dns.namespace, destination, source);
    }
    if (machine.kind === 'node') {
      const rules = machine.staleRules ?? services.rules;
      const rule = rules.get(ruleKey(destination.ip, destination.port, protocol));
      if (rule !== undefined) return this.#toBackend(source, rule, destination);
      // kube-proxy has no rule for other ports of the address, and nobody else owns it.
      if (services.ownerOfAddress(destination.ip) !== undefined) return dropped;
    }
    const target = this.#members.at(destination.ip);
    if (target?.kind !== 'node') return undefined;
    return this.#toNodePort(source, target, destination.port, protocol);
  }

  #toBackend(source: Endpoint, rule: ServiceRule, asked: SocketAddress): Route {
    const backend = this.#options.balancer.choose(rule, source.ip, machineOf(source).name);
    if (backend === 'none') return { error: 'ECONNREFUSED', afterMs: rejectMs };
    if (backend === 'dropped') return dropped;
    const route = this.#deliver(source, { ip: backend.ip, port: backend.port });
    // A Pod that reaches itself through its Service sees its node's bridge, or the answer would not come back.
    if (source.kind === 'pod' && backend.ip === source.ip && asked.ip !== backend.ip) {
      return 'to' in route ? { ...route, sourceIp: source.node.gateway } : route;
    }
    return route;
  }

  /** A port of a node: the node's own address is put in place of the caller's. */
  #toNodePort(
    source: Endpoint,
    target: FabricNode,
    port: number,
    protocol: Protocol,
  ): Route | undefined {
    const mapped = target.hostPorts.get(hostPortKey(port, protocol));
    const rules = target.staleRules ?? this.#options.services.rules;
    const rule = rules.get(ruleKey('*', port, protocol));
    if (mapped === undefined && rule === undefined) return undefined;
    const toNode = this.#path(machineOf(source), target);
    if (toNode !== undefined) return toNode;
    if (mapped !== undefined) return this.#deliver(source, mapped);
    if (rule === undefined) return undefined;
    const route = this.#toBackend(target, rule, { ip: target.ip, port });
    if (!('to' in route)) return route;
    const hop = machineOf(source) === target ? 0 : betweenNodesMs;
    return { ...route, latencyMs: route.latencyMs + hop };
  }

  /** Straight to whoever has the address. */
  #deliver(source: Endpoint, destination: SocketAddress): Route {
    const target = this.#members.at(destination.ip);
    const from = machineOf(source);
    if (target === undefined) return this.#toNobody(from, destination.ip);
    const to = machineOf(target);
    const broken = this.#path(from, to);
    if (broken !== undefined) return broken;
    return {
      to: target.namespace,
      destination,
      sourceIp: sourceAddress(source, target),
      latencyMs: from === to ? 0 : betweenNodesMs,
      link: from === to ? undefined : this.#link(from, to),
    };
  }

  /** An address that nobody has: ARP fails on the own node's bridge; elsewhere the packet is lost without a word. */
  #toNobody(from: FabricNode | FabricHost, ip: string): Route {
    const owner = this.#members.ownerOf(ip);
    if (owner === undefined) return dropped;
    if (owner === from) return { error: 'EHOSTUNREACH', afterMs: arpFailureMs };
    return this.#path(from, owner) ?? dropped;
  }

  /** Undefined while packets pass between two machines. */
  #path(from: FabricNode | FabricHost, to: FabricNode | FabricHost): Route | undefined {
    if (from === to) return undefined;
    if (isUnplugged(from) || isUnplugged(to)) return dropped;
    if (to.kind === 'node' && !to.hasPower) {
      return { error: 'EHOSTUNREACH', afterMs: arpFailureMs };
    }
    return undefined;
  }

  #link(from: FabricNode | FabricHost, to: FabricNode | FabricHost): Link {
    return {
      isUp: () => isOn(from) && this.#path(from, to) === undefined,
      changed: this.#pathsChanged,
    };
  }

  #toInfrastructure(
    from: FabricNode,
    namespace: NetworkNamespace,
    destination: SocketAddress,
    source: Endpoint,
  ): Route {
    if (isUnplugged(from)) return dropped;
    return { to: namespace, destination, sourceIp: source.ip, latencyMs: betweenNodesMs };
  }

  #followRules(node: FabricNode): void {
    const follows = node.hasCable && node.hasPower;
    if (follows) node.staleRules = undefined;
    else node.staleRules ??= new Map(this.#options.services.rules);
  }
}

function isOn(machine: FabricNode | FabricHost): boolean {
  return machine.kind === 'host' || machine.hasPower;
}

function isUnplugged(machine: FabricNode | FabricHost): boolean {
  return machine.kind === 'node' && !machine.hasCable;
}

/** The address that the other side sees: a Pod's own towards Pods, its node's towards other machines. */
function sourceAddress(source: Endpoint, target: Endpoint): string {
  if (source.kind === 'pod') {
    const stays = target.kind === 'pod' || target === source.node;
    return stays ? source.ip : source.node.ip;
  }
  const isOwnPod = target.kind === 'pod' && target.node === source;
  return isOwnPod ? target.node.gateway : source.ip;
}
