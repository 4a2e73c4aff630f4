// What one machine of the simulated cluster is: size, addresses, and what it says of itself.

export interface NodeSpec {
  readonly name: string;
  /** Whole CPUs. */
  readonly cpu: number;
  readonly memoryBytes: number;
  /** Room for images, writable layers and emptyDirs. */
  readonly diskBytes: number;
  /** How many Pods the kubelet takes (`--max-pods`). */
  readonly maxPods: number;
  /** The machine's own address. */
  readonly ip: string;
  /** Addresses for its Pods, such as `10.244.1.0/24`. */
  readonly podCidr: string;
  readonly architecture: string;
  readonly kernelVersion: string;
  readonly osImage: string;
  /** Of the release modelled: `v1.33.13`. */
  readonly kubeletVersion: string;
  /** Address of the cluster's DNS Service, written into the Pods' resolv.conf. */
  readonly clusterDns: string;
  /** Labels beside those that every kubelet sets. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Taints the node is registered with. */
  readonly taints?:
    | readonly { readonly key: string; readonly value?: string; readonly effect: string }[]
    | undefined;
}

const gib = 1024 ** 3;

/**
 * A node as a lesson usually has it; what is given wins. `index` counts from 1 and shows in name
 * and addresses.
 */
export function nodeSpec(index: number, given: Partial<NodeSpec> = {}): NodeSpec {
  return {
    name: `node-${index}`,
    cpu: 2,
    memoryBytes: 4 * gib,
    diskBytes: 40 * gib,
    maxPods: 110,
    ip: `10.250.0.${10 + index}`,
    podCidr: `10.244.${index}.0/24`,
    architecture: 'amd64',
    kernelVersion: '6.12.48',
    osImage: 'Debian GNU/Linux 12 (bookworm)',
    kubeletVersion: 'v1.33.13',
    clusterDns: '10.96.0.10',
    ...given,
  };
}
