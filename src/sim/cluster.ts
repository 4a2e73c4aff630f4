// The composition root: the only place where the parts of the simulated cluster meet.
import { ApiServer } from './apiserver/api-server.ts';
import { startControlPlane } from './controlplane/control-plane.ts';
import { catalogue } from './images/catalogue.ts';
import { Registries } from './images/registry.ts';
import { Machine } from './kernel/machine.ts';
import type { NetworkNamespace } from './kernel/net/namespace.ts';
import { serveApiEndpoint } from './images/api-server/endpoint.ts';
import { createClusterNetwork } from './network/cluster-network.ts';
import { serveHostNames } from './network/dns-server.ts';
import type { Fabric } from './network/fabric.ts';
import { Containerd } from './node/cri/containerd.ts';
import { Kubelet } from './node/kubelet/kubelet.ts';
import { Heartbeats } from './node/kubelet/node/heartbeats.ts';
import type { NodeSpec } from './node/spec.ts';
import { Clock } from './runtime/clock.ts';
import { Random } from './runtime/random.ts';

export interface ClusterOptions {
  readonly seed: number;
  /** When somebody first looks at the cluster, in epoch milliseconds. */
  readonly startMs: number;
  /** For how long it has been up by then. */
  readonly uptimeMs?: number;
  readonly nodes: readonly NodeSpec[];
  /** Whether the images of the catalogue are on every node already. */
  readonly imagesPresent: boolean;
}

export interface ClusterNode {
  readonly spec: NodeSpec;
  readonly machine: Machine;
  readonly runtime: Containerd;
  readonly kubelet: Kubelet;
}

/** Where the learner's machine, which is also the API server's, stands in the network. */
const outsideIp = '10.250.0.1';
const dnsIp = '10.96.0.10';
/** How often a node renews its Lease. */
const heartbeatMs = 10_000;

export class Cluster {
  readonly clock: Clock;
  readonly seed: number;
  readonly server: ApiServer;
  readonly fabric: Fabric;
  readonly registries = new Registries();
  readonly nodes: ReadonlyMap<string, ClusterNode>;
  readonly #heartbeats: Heartbeats;
  /** The machine outside the cluster on which the learner works, and its network. */
  readonly outside: { readonly machine: Machine; readonly network: NetworkNamespace };

  /** Starts everything and lets it run until `startMs`. */
  constructor({ seed, startMs, uptimeMs = 1_800_000, nodes, imagesPresent }: ClusterOptions) {
    this.seed = seed;
    const clock = new Clock({ startMs: startMs - uptimeMs });
    this.clock = clock;
    this.server = new ApiServer({ clock, seed });
    const machine = new Machine({ clock, random: new Random(seed, 'workstation'), name: 'lab' });
    const network = machine.createNetwork();
    this.outside = { machine, network };
    this.fabric = createClusterNetwork({
      clock,
      random: new Random(seed, 'kube-proxy'),
      client: this.server.client('kube-proxy'),
      dnsIp,
      dnsNamespace: machine.createNetwork(),
    });
    this.fabric.addHost('workstation', outsideIp, network);
    network.network = this.fabric;
    serveHostNames(network, (name) => nodes.find((node) => node.name === name)?.ip);
    serveApiEndpoint({ machine, network, port: 6443, version: 'v1.33.13' });
    startControlPlane({
      clock,
      seed,
      client: (component) => this.server.client(component),
      recorder: (component) => this.server.recorder({ component }),
    });
    this.#addDnsService();
    this.#heartbeats = new Heartbeats(clock, heartbeatMs);
    this.nodes = new Map(nodes.map((spec) => [spec.name, this.#startNode(spec, imagesPresent)]));
    clock.advanceTo(startMs);
  }

  /** The Service by which Pods find the cluster's DNS. */
  #addDnsService(): void {
    const ports = [
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
      { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
      { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
    ];
    this.server.client('kubeadm').create('Service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'kube-dns',
        namespace: 'kube-system',
        labels: {
          'k8s-app': 'kube-dns',
          'kubernetes.io/cluster-service': 'true',
          'kubernetes.io/name': 'CoreDNS',
        },
      },
      spec: { clusterIP: dnsIp, selector: { 'k8s-app': 'kube-dns' }, ports },
    });
  }

  #startNode(spec: NodeSpec, imagesPresent: boolean): ClusterNode {
    const { clock, seed, fabric, server } = this;
    const machine = new Machine({
      clock,
      random: new Random(seed, `machine/${spec.name}`),
      name: spec.name,
      cpuCount: spec.cpu,
      memoryBytes: spec.memoryBytes,
      diskBytes: spec.diskBytes,
    });
    const network = machine.createNetwork(fabric);
    fabric.addNode({ name: spec.name, ip: spec.ip, podCidr: spec.podCidr, namespace: network });
    const runtime = new Containerd({
      machine,
      fabric,
      nodeName: spec.name,
      nodeIp: spec.ip,
      nodeNetwork: network,
      nameserver: outsideIp,
      random: new Random(seed, `containerd/${spec.name}`),
      registries: this.registries,
      preloaded: imagesPresent ? catalogue : [],
    });
    const kubelet = new Kubelet({
      clock,
      seed,
      client: server.client(`kubelet/${spec.name}`),
      recorder: server.recorder({ component: 'kubelet', host: spec.name }),
      runtime,
      node: spec,
      heartbeats: this.#heartbeats,
    });
    server.registerKubelet(spec.name, kubelet.streams);
    kubelet.start();
    return { spec, machine, runtime, kubelet };
  }

  #node(name: string): ClusterNode {
    const node = this.nodes.get(name);
    if (node === undefined) throw new Error(`no node ${name}`);
    return node;
  }

  /** Cuts a node's power: its processes end at once, its disk stays. */
  powerOff(name: string): void {
    const { kubelet, runtime } = this.#node(name);
    kubelet.powerOff();
    runtime.powerOff();
    this.fabric.setPower(name, false);
  }

  /** Gives a node its power again; it boots. */
  powerOn(name: string): void {
    this.fabric.setPower(name, true);
    this.#node(name).kubelet.powerOn();
  }

  /** Pulls a node's network cable; its processes run on. */
  cableOut(name: string): void {
    this.fabric.setCable(name, false);
    this.#node(name).kubelet.setCable(false);
  }

  cableIn(name: string): void {
    this.fabric.setCable(name, true);
    this.#node(name).kubelet.setCable(true);
  }

  /** Stops a node's kubelet; its containers run on, and nobody looks after them. */
  stopKubelet(name: string): void {
    this.#node(name).kubelet.stop();
  }

  startKubelet(name: string): void {
    this.#node(name).kubelet.start();
  }
}
