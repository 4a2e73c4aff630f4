// Which namespaces are on the network, and with which addresses.
import type { NetworkNamespace } from '../kernel/net/namespace.ts';
import { addressAt, AddressPool, contains, parseNetwork } from './addresses.ts';
import {
  hostPortKey,
  type Endpoint,
  type FabricHost,
  type FabricNode,
  type FabricPod,
  type PortMapping,
} from './topology.ts';

export interface NodeOptions {
  readonly name: string;
  readonly ip: string;
  /** `10.244.1.0/24`. */
  readonly podCidr: string;
  readonly namespace: NetworkNamespace;
}

/** Interfaces of a node that come before those of its Pods. */
const firstPeerIndex = 5;

export class Membership {
  readonly #nodes = new Map<string, FabricNode>();
  readonly #byNamespace = new Map<NetworkNamespace, Endpoint>();
  readonly #byIp = new Map<string, Endpoint>();
  #peerIndex = firstPeerIndex;

  /** Its namespace gets eth0 with the address, and the bridge of its Pods. */
  addNode({ name, ip, podCidr, namespace }: NodeOptions): FabricNode {
    const network = parseNetwork(podCidr);
    if (network === undefined) throw new Error(`node ${name}: ${podCidr} is no network`);
    const node: FabricNode = {
      kind: 'node',
      name,
      ip,
      namespace,
      pool: new AddressPool(network),
      gateway: addressAt(network, 1),
      pods: new Map(),
      hostPorts: new Map(),
      hasPower: true,
      hasCable: true,
      staleRules: undefined,
    };
    this.#nodes.set(name, node);
    this.#register(node);
    addInterface(namespace, 'eth0', `${ip}/24`, 2);
    addInterface(namespace, 'cni0', `${node.gateway}/${network.prefixLength}`, 3);
    return node;
  }

  removeNode(name: string): void {
    const node = this.#nodes.get(name);
    if (node === undefined) return;
    for (const pod of [...node.pods.values()]) this.detachPod(pod.namespace);
    this.#nodes.delete(name);
    this.#byNamespace.delete(node.namespace);
    this.#byIp.delete(node.ip);
  }

  addHost(name: string, ip: string, namespace: NetworkNamespace): FabricHost {
    const host: FabricHost = { kind: 'host', name, ip, namespace };
    this.#register(host);
    addInterface(namespace, 'eth0', `${ip}/24`, 2);
    return host;
  }

  /** Gives a Pod's namespace an address of its node; undefined when the node has no more. */
  attachPod(
    nodeName: string,
    namespace: NetworkNamespace,
    portMappings: readonly PortMapping[],
  ): string | undefined {
    const node = this.node(nodeName);
    const ip = node.pool.take();
    if (ip === undefined) return undefined;
    const pod: FabricPod = { kind: 'pod', ip, node, namespace, portMappings };
    node.pods.set(ip, pod);
    this.#register(pod);
    for (const { hostPort, containerPort, protocol } of portMappings) {
      node.hostPorts.set(hostPortKey(hostPort, protocol), { ip, port: containerPort });
    }
    this.#peerIndex += 1;
    const address = `${ip}/${node.pool.network.prefixLength}`;
    addInterface(namespace, 'eth0', address, 2, this.#peerIndex);
    return ip;
  }

  /** The address returns to the node. */
  detachPod(namespace: NetworkNamespace): void {
    const pod = this.#byNamespace.get(namespace);
    if (pod?.kind !== 'pod') return;
    this.#byNamespace.delete(namespace);
    this.#byIp.delete(pod.ip);
    pod.node.pods.delete(pod.ip);
    pod.node.pool.release(pod.ip);
    for (const { hostPort, protocol } of pod.portMappings) {
      pod.node.hostPorts.delete(hostPortKey(hostPort, protocol));
    }
  }

  /** Throws for a name that was never added: a mistake of the caller. */
  node(name: string): FabricNode {
    const node = this.#nodes.get(name);
    if (node === undefined) throw new Error(`the network knows no node ${name}`);
    return node;
  }

  findNode(name: string): FabricNode | undefined {
    return this.#nodes.get(name);
  }

  nodes(): readonly FabricNode[] {
    return [...this.#nodes.values()];
  }

  /** Who lives in a namespace. */
  in(namespace: NetworkNamespace): Endpoint | undefined {
    return this.#byNamespace.get(namespace);
  }

  /** Who has an address. */
  at(ip: string): Endpoint | undefined {
    return this.#byIp.get(ip);
  }

  /** The node whose Pods have addresses like this one. */
  ownerOf(ip: string): FabricNode | undefined {
    return this.nodes().find((node) => contains(node.pool.network, ip));
  }

  #register(endpoint: Endpoint): void {
    this.#byNamespace.set(endpoint.namespace, endpoint);
    this.#byIp.set(endpoint.ip, endpoint);
  }
}

function addInterface(
  namespace: NetworkNamespace,
  name: string,
  address: string,
  index: number,
  peerIndex?: number,
): void {
  const ip = address.split('/')[0] ?? '';
  const hex = ip.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  namespace.addInterface({
    name,
    index,
    addresses: [address],
    // The bridge plugin makes the hardware address out of the IP address.
    mac: `0a:58:${hex.join(':')}`,
    mtu: 1500,
    ...(peerIndex === undefined ? {} : { peerIndex }),
  });
}
