// Who is where: nodes with their Pods, and hosts outside the cluster (the workstation, the API server).
import type { NetworkNamespace, Protocol } from '../kernel/net/namespace.ts';
import type { AddressPool } from './addresses.ts';
import type { ServiceRules } from './services.ts';

export interface FabricNode {
  readonly kind: 'node';
  readonly name: string;
  readonly ip: string;
  readonly namespace: NetworkNamespace;
  /** Addresses for its Pods; the first one is its bridge. */
  readonly pool: AddressPool;
  readonly gateway: string;
  readonly pods: Map<string, FabricPod>;
  readonly hostPorts: Map<string, { readonly ip: string; readonly port: number }>;
  hasPower: boolean;
  hasCable: boolean;
  /** The rules that its kube-proxy had when it lost touch with the API server; undefined while it follows. */
  staleRules: ServiceRules | undefined;
}

export interface FabricPod {
  readonly kind: 'pod';
  readonly ip: string;
  readonly node: FabricNode;
  readonly namespace: NetworkNamespace;
  readonly portMappings: readonly PortMapping[];
}

/** A host that is no node. */
export interface FabricHost {
  readonly kind: 'host';
  readonly name: string;
  readonly ip: string;
  readonly namespace: NetworkNamespace;
}

export type Endpoint = FabricNode | FabricPod | FabricHost;

/** A port of the node that leads into a Pod (`hostPort`). */
export interface PortMapping {
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: Protocol;
}

/** The machine something runs on: the Pod's node, or itself. */
export function machineOf(endpoint: Endpoint): FabricNode | FabricHost {
  return endpoint.kind === 'pod' ? endpoint.node : endpoint;
}

/** The key of a host port. */
export function hostPortKey(port: number, protocol: Protocol): string {
  return `${port}/${protocol}`;
}
