// For tests of this folder and of the images: a small cluster of machines without a control plane.
import { catalogue } from '../../images/catalogue.ts';
import { Registries } from '../../images/registry.ts';
import { Machine } from '../../kernel/machine.ts';
import type { KubeObject } from '../../api/objects.ts';
import { createClusterNetwork } from '../../network/cluster-network.ts';
import type { Fabric } from '../../network/fabric.ts';
import { fakeClient, type FakeClient } from '../../network/testing.ts';
import { Clock } from '../../runtime/clock.ts';
import { Random } from '../../runtime/random.ts';
import { Containerd } from './containerd.ts';
import type { Container, ContainerConfig, ExecStreams, Sandbox, SandboxConfig } from './types.ts';

export interface ExecResult {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code, or the runtime's words. */
  readonly result: number | string | undefined;
  readonly tookMs: number;
}

export class TestCluster {
  readonly clock = new Clock({ startMs: Date.UTC(2026, 10, 24, 16, 55, 25) });
  readonly client: FakeClient;
  readonly fabric: Fabric;
  readonly registries = new Registries();
  readonly nodes = new Map<string, Containerd>();

  constructor(options: { readonly nodes?: number; readonly objects?: readonly KubeObject[] } = {}) {
    const { clock } = this;
    this.client = fakeClient(...(options.objects ?? []));
    const random = (name: string) => new Random(7, name);
    const outside = new Machine({ clock, random: random('outside'), name: 'outside' });
    this.fabric = createClusterNetwork({
      clock,
      random: random('network'),
      client: this.client,
      dnsIp: '10.96.0.10',
      dnsNamespace: outside.createNetwork(),
    });
    this.fabric.addHost('workstation', '10.250.0.1', outside.createNetwork());
    for (let index = 0; index < (options.nodes ?? 1); index += 1) {
      const name = `node-${index + 1}`;
      const machine = new Machine({ clock, random: random(name), name });
      const nodeNetwork = machine.createNetwork();
      const nodeIp = `10.250.0.${11 + index}`;
      const podCidr = `10.244.${index}.0/24`;
      this.fabric.addNode({ name, ip: nodeIp, podCidr, namespace: nodeNetwork });
      const runtime = new Containerd({
        machine,
        fabric: this.fabric,
        nodeName: name,
        nodeIp,
        nodeNetwork,
        nameserver: '10.250.0.1',
        random: random(`${name} ids`),
        registries: this.registries,
        preloaded: catalogue,
      });
      this.nodes.set(name, runtime);
    }
  }

  node(name = 'node-1'): Containerd {
    const node = this.nodes.get(name);
    if (node === undefined) throw new Error(name);
    return node;
  }

  pass(ms: number): void {
    this.clock.advanceTo(this.clock.nowMs() + ms);
  }

  sandbox(podName: string, node = 'node-1', config: Partial<SandboxConfig> = {}): Sandbox {
    return this.node(node).runPodSandbox(sandboxConfig(podName, config));
  }

  /** Creates and starts a container and lets it run for a moment. */
  run(
    sandbox: Sandbox,
    image: string,
    config: Partial<ContainerConfig> = {},
    node = 'node-1',
  ): Container {
    const name = config.name ?? 'main';
    const made = this.node(node).createContainer(sandbox, containerConfig(name, image, config));
    if ('error' in made) throw new Error(made.error);
    this.node(node).startContainer(made.container);
    this.pass(50);
    return made.container;
  }

  /** Runs a command in a container to its end. */
  exec(
    container: Container,
    command: readonly string[],
    node = 'node-1',
    options: { readonly stdin?: string; readonly forMs?: number } = {},
  ): ExecResult {
    const startedMs = this.clock.nowMs();
    let stdout = '';
    let stderr = '';
    let result: ExecResult['result'];
    const streams: ExecStreams = {
      stdin: options.stdin !== undefined,
      tty: false,
      onStdout: (text) => (stdout += text),
      onStderr: (text) => (stderr += text),
      onExit: (exit) => (result = 'error' in exit ? exit.error : exit.status.code),
    };
    const session = this.node(node).exec(container, command, streams);
    if (options.stdin !== undefined) session.writeStdin(options.stdin);
    session.closeStdin();
    const untilMs = startedMs + (options.forMs ?? 200_000);
    while (result === undefined && this.clock.step(untilMs));
    return { stdout, stderr, result, tookMs: this.clock.nowMs() - startedMs };
  }

  /** The container's log as text. */
  log(container: Container, node = 'node-1'): string {
    const lines = this.node(node).logs(container);
    return lines.map(({ text, complete }) => (complete ? `${text}\n` : text)).join('');
  }
}

export function sandboxConfig(podName: string, config: Partial<SandboxConfig> = {}): SandboxConfig {
  return {
    podName,
    podNamespace: 'default',
    podUid: `uid-${podName}`,
    hostname: podName,
    hostNetwork: false,
    hostPID: false,
    hostIPC: false,
    shareProcessNamespace: false,
    dns: {
      servers: ['10.96.0.10'],
      searches: ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
      options: ['ndots:5'],
    },
    hostAliases: [],
    domain: undefined,
    sysctls: {},
    ...config,
  };
}

export function containerConfig(
  name: string,
  image: string,
  config: Partial<ContainerConfig> = {},
): ContainerConfig {
  return {
    name,
    image,
    attempt: 0,
    command: undefined,
    args: undefined,
    workingDir: undefined,
    env: [],
    mounts: [],
    runAsUser: undefined,
    runAsGroup: undefined,
    fsGroup: undefined,
    readOnlyRootFilesystem: false,
    privileged: false,
    addedCapabilities: [],
    droppedCapabilities: [],
    cpuLimitMilli: undefined,
    cpuRequestMilli: undefined,
    memoryLimitBytes: undefined,
    stdin: false,
    stdinOnce: false,
    tty: false,
    terminationMessagePath: '/dev/termination-log',
    targetContainerId: undefined,
    ...config,
  };
}
