// The container runtime of one node.
import type { Image } from '../../images/image.ts';
import type { Registries } from '../../images/registry.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { NetworkNamespace } from '../../kernel/net/namespace.ts';
import type { Space } from '../../kernel/space.ts';
import { StreamEnd } from '../../kernel/net/stream.ts';
import type { Connection, SignalName } from '../../kernel/types.ts';
import type { Fabric } from '../../network/fabric.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Random } from '../../runtime/random.ts';
import { PodContainer } from './container.ts';
import { ImageStore } from './image-store.ts';
import { NodeHost } from './node-host.ts';
import { httpProbe, tcpProbe } from './probe-client.ts';
import { isSteady, whenStirred } from './rest.ts';
import { PodSandbox } from './sandbox.ts';
import { attachSession, execSession } from './sessions.ts';
import type {
  Container,
  ContainerConfig,
  ContainerExit,
  ContainerRuntime,
  ExecSession,
  ExecStreams,
  LogLine,
  PullOutcome,
  Sandbox,
  SandboxConfig,
  Volume,
} from './types.ts';
import { UsageMeter } from './usage.ts';
import { NodeVolume } from './volumes.ts';

export interface ContainerdOptions {
  readonly machine: Machine;
  readonly fabric: Fabric;
  readonly nodeName: string;
  readonly nodeIp: string;
  /** The node's namespace, which the fabric knows as the node. */
  readonly nodeNetwork: NetworkNamespace;
  /** The node's own name server, for Pods that use it. */
  readonly nameserver: string;
  /** A stream of its own: ids. */
  readonly random: Random;
  readonly registries: Registries;
  readonly preloaded: readonly Image[];
}

export class Containerd implements ContainerRuntime {
  readonly name = 'containerd';
  readonly version = '2.1.3';
  readonly #options: ContainerdOptions;
  readonly #clock: Clock;
  readonly #host: NodeHost;
  readonly #images: ImageStore;
  readonly #sandboxes = new Set<PodSandbox>();
  readonly #containers = new Map<string, PodContainer>();
  readonly #usage = new UsageMeter();

  constructor(options: ContainerdOptions) {
    const { machine, nodeName, nodeIp, nodeNetwork, nameserver, fabric } = options;
    this.#options = options;
    this.#clock = machine.clock;
    this.#host = new NodeHost({
      machine,
      name: nodeName,
      ip: nodeIp,
      network: nodeNetwork,
      nameserver,
    });
    this.#images = new ImageStore({
      clock: machine.clock,
      registries: options.registries,
      isConnected: () => fabric.isConnected(nodeName),
      preloaded: options.preloaded,
    });
  }

  imagePresent(image: string): ReturnType<ContainerRuntime['imagePresent']> {
    return this.#images.present(image);
  }

  pullImage(image: string, done: (outcome: PullOutcome) => void): { cancel(): void } {
    return this.#images.pull(image, done);
  }

  images(): ReturnType<ContainerRuntime['images']> {
    return this.#images.list();
  }

  runPodSandbox(config: SandboxConfig): Sandbox {
    const { machine, fabric, nodeName, random } = this.#options;
    this.#host.boot();
    const sandbox = new PodSandbox({
      id: random.hex(64),
      config,
      machine,
      fabric,
      nodeName,
      host: this.#host,
    });
    this.#sandboxes.add(sandbox);
    return sandbox;
  }

  stopPodSandbox(sandbox: Sandbox): void {
    const own = asSandbox(sandbox);
    for (const container of this.#containers.values()) {
      if (container.sandbox === own) container.signal('KILL');
    }
    own.stop();
    this.#sandboxes.delete(own);
  }

  newVolume(kind: 'disk' | 'memory' | 'projected', sizeLimitBytes: number | undefined): Volume {
    const { machine } = this.#options;
    const isInMemory = kind !== 'disk';
    const fileSystem = machine.createFileSystem({
      backing: isInMemory ? 'memory' : 'disk',
      ...(sizeLimitBytes === undefined ? {} : { limitBytes: sizeLimitBytes }),
    });
    fileSystem.root.mode = kind === 'projected' ? 0o1777 : 0o777;
    return new NodeVolume(kind, fileSystem, machine.clock);
  }

  hostVolume(path: string, type: string): ReturnType<ContainerRuntime['hostVolume']> {
    return this.#host.hostVolume(path, type);
  }

  createContainer(
    sandbox: Sandbox,
    config: ContainerConfig,
  ): { readonly container: Container } | { readonly error: string } {
    const { machine, random } = this.#options;
    const image = this.#images.find(config.image);
    if (image === undefined) {
      const why = `image "${config.image}": not found`;
      return { error: `rpc error: code = NotFound desc = failed to get ${why}` };
    }
    const target = this.#containers.get(config.targetContainerId ?? '');
    const id = random.hex(64);
    const own = asSandbox(sandbox);
    const container = new PodContainer({ id, machine, sandbox: own, config, image, target });
    if (container.argv().length === 0) return { error: 'no command specified' };
    this.#containers.set(id, container);
    return { container };
  }

  startContainer(container: Container): ReturnType<ContainerRuntime['startContainer']> {
    return asContainer(container).start();
  }

  onExit(container: Container, listener: (exit: ContainerExit) => void): void {
    asContainer(container).onExit(listener);
  }

  signalContainer(container: Container, signal: SignalName): void {
    asContainer(container).signal(signal);
  }

  stopSignal(container: Container): SignalName {
    return asContainer(container).stopSignal;
  }

  removeContainer(container: Container): void {
    asContainer(container).remove();
    this.#usage.forget(container.id);
    this.#containers.delete(container.id);
  }

  updateResources(
    container: Container,
    resources: { readonly cpuLimitMilli?: number; readonly memoryLimitBytes?: number },
  ): void {
    asContainer(container).space?.setLimits(resources);
  }

  logs(container: Container): readonly LogLine[] {
    return asContainer(container).log.lines();
  }

  onLog(container: Container, listener: (line: LogLine) => void): () => void {
    return asContainer(container).log.onLine(listener);
  }

  terminationMessage(container: Container): string {
    return asContainer(container).terminationMessage();
  }

  exec(container: Container, command: readonly string[], streams: ExecStreams): ExecSession {
    const execId = this.#options.random.hex(64);
    return execSession(this.#clock, asContainer(container), execId, command, streams);
  }

  attach(container: Container, streams: ExecStreams): ExecSession {
    return attachSession(this.#clock, asContainer(container), streams);
  }

  portForward(
    sandbox: Sandbox,
    port: number,
  ): { readonly connection: Connection } | { readonly error: string } {
    const { id, network } = asSandbox(sandbox);
    const client = { ip: '127.0.0.1', port: network.ephemeralPort() };
    const end = network.accept(client, { ip: '127.0.0.1', port });
    if (end instanceof StreamEnd) return { connection: end };
    const where = `inside namespace "/var/run/netns/cni-${id.slice(0, 8)}"`;
    return {
      error:
        `failed to execute portforward in network namespace: failed to connect to localhost:${port} ${where}, ` +
        `IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused ` +
        `IPv6 dial tcp6 [::1]:${port}: connect: connection refused `,
    };
  }

  httpGet(
    target: Parameters<ContainerRuntime['httpGet']>[0],
    timeoutMs: number,
    done: Parameters<ContainerRuntime['httpGet']>[2],
  ): void {
    this.#host.request(function* (process) {
      done(yield* httpProbe(process, target, timeoutMs));
    });
  }

  tcpConnect(
    target: { readonly host: string; readonly port: number },
    timeoutMs: number,
    done: (error: string | undefined) => void,
  ): void {
    this.#host.request(function* (process) {
      done(yield* tcpProbe(process, target, timeoutMs));
    });
  }

  /** The names of Pod and container that a space belongs to. */
  ownerOf(space: Space): { readonly pod: string; readonly container: string } | undefined {
    for (const container of this.#containers.values()) {
      if (container.space !== space) continue;
      return { pod: container.sandbox.config.podName, container: container.config.name };
    }
    return undefined;
  }

  stepsOf(sandbox: Sandbox): number {
    return asSandbox(sandbox).network.activity.steps;
  }

  whenStirred(sandbox: Sandbox, listener: () => void): (() => void) | undefined {
    const own = asSandbox(sandbox);
    const containers = [...this.#containers.values()].filter((one) => one.sandbox === own);
    return whenStirred(own, containers, listener);
  }

  isSteady(sandbox: Sandbox, port: number): boolean {
    return isSteady(asSandbox(sandbox), port);
  }

  nodeUsage(): { readonly memoryBytes: number; readonly diskBytes: number } {
    const { machine } = this.#options;
    return { memoryBytes: machine.memoryUsedBytes(), diskBytes: machine.store.usedBytes };
  }

  usage(container: Container): ReturnType<ContainerRuntime['usage']> {
    const own = asContainer(container);
    const { space } = own;
    if (space === undefined) return { cpuMilli: 0, memoryBytes: 0, diskBytes: own.log.sizeBytes };
    return {
      cpuMilli: this.#usage.cpuMilli(own.id, this.#clock.nowMs(), space.cgroup.cpuUsedMs()),
      memoryBytes: space.cgroup.usedBytes(),
      diskBytes: space.layer.usedBytes + own.log.sizeBytes,
    };
  }

  /** The node loses its power: containers and sandboxes are gone without a word; logs and volumes on disk stay. */
  powerOff(): void {
    // Connections first: a machine without power says no goodbye to the other side.
    for (const { network } of this.#sandboxes) network.close();
    for (const container of this.#containers.values()) container.powerOff();
    for (const sandbox of this.#sandboxes) sandbox.stop();
    this.#sandboxes.clear();
    this.#host.powerOff();
  }
}

function asSandbox(sandbox: Sandbox): PodSandbox {
  if (sandbox instanceof PodSandbox) return sandbox;
  throw new Error('a sandbox of another runtime');
}

function asContainer(container: Container): PodContainer {
  if (container instanceof PodContainer) return container;
  throw new Error('a container of another runtime');
}
