// The node agent: everything a machine of the cluster does for the Pods given to it.
import type { Client, EventRecorder } from '../../apiserver/types.ts';
import type { KubeletStreams } from '../../apiserver/streaming.ts';
import type { Clock, Timer } from '../../runtime/clock.ts';
import { Random } from '../../runtime/random.ts';
import type { ContainerRuntime } from '../cri/types.ts';
import type { NodeSpec } from '../spec.ts';
import { Streams, type Reach } from '../streaming/streams.ts';
import { ApiLink } from './api-link.ts';
import { ImageManager } from './images/image-manager.ts';
import { KubeletProcess } from './kubelet-process.ts';
import { Heartbeats } from './node/heartbeats.ts';
import { NodeReporter } from './node/reporter.ts';
import { Allocations } from './resize/allocations.ts';
import { RuntimeRecords } from './runtime/records.ts';
import { times } from './times.ts';
import { VolumeManager } from './volumes/volume-manager.ts';

export interface KubeletOptions {
  readonly clock: Clock;
  readonly seed: number;
  readonly client: Client;
  readonly recorder: EventRecorder;
  readonly runtime: ContainerRuntime;
  readonly node: NodeSpec;
  /** One for all nodes saves timers; without it the kubelet keeps its own. */
  readonly heartbeats?: Heartbeats;
}

/** One node: the machine with what it keeps, and the kubelet process that comes and goes on it. */
export class Kubelet {
  readonly node: NodeSpec;
  readonly streams: KubeletStreams;
  readonly #options: KubeletOptions;
  readonly #random: Random;
  readonly #records = new RuntimeRecords();
  readonly #allocations = new Allocations();
  readonly #volumes: VolumeManager;
  readonly #heartbeats: Heartbeats;
  readonly #machineId: string;
  #api: ApiLink;
  #bootId: string;
  #hasPower = true;
  /** Pods whose sandboxes vanished with the power. */
  #lostPods = 0;
  #reporter: NodeReporter | undefined;
  #process: KubeletProcess | undefined;
  #bringUp: Timer | undefined;
  #stopBeats: (() => void) | undefined;

  constructor(options: KubeletOptions) {
    this.#options = options;
    this.node = options.node;
    this.#random = new Random(options.seed, `kubelet/${options.node.name}`);
    this.#machineId = this.#random.hex(32);
    this.#bootId = this.#random.uuid();
    this.#heartbeats = options.heartbeats ?? new Heartbeats(options.clock, times.leaseMs);
    this.#api = this.#newLink();
    this.#volumes = new VolumeManager({
      clock: options.clock,
      runtime: options.runtime,
      client: options.client,
      node: options.node,
      onFailedMount: (pod, message) => this.#api.podEvent(pod, 'Warning', 'FailedMount', message),
      podIp: (uid) => this.#records.get(uid)?.sandboxes[0]?.sandbox.ip ?? '',
    });
    this.streams = new Streams({
      clock: options.clock,
      runtime: options.runtime,
      records: this.#records,
      address: options.node.ip,
      reach: () => this.#reach(),
      pod: (namespace, name) => this.#process?.podNamed(namespace, name),
      status: (pod) => this.#process?.statusOf(pod) ?? pod.status,
    });
  }

  get isRunning(): boolean {
    return this.#reporter !== undefined;
  }

  /** Starts the kubelet process; harmless when it runs, or when the machine has no power. */
  start(): void {
    if (this.#hasPower) this.#start(0);
  }

  /** Stops the kubelet process; containers run on. */
  stop(): void {
    this.#bringUp?.cancel();
    this.#stopBeats?.();
    this.#stopBeats = undefined;
    this.#process?.stop();
    this.#process = undefined;
    this.#reporter?.stop();
    this.#reporter = undefined;
    this.#volumes.stop();
    const { isUp } = this.#api;
    this.#api.close();
    this.#api = this.#newLink();
    this.#api.setUp(isUp);
  }

  /**
   * The machine loses its power: kubelet and containers end at once, memory is lost, disks stay.
   */
  powerOff(): void {
    this.stop();
    this.#hasPower = false;
    this.#lostPods = loseProcesses(this.#options, this.#records);
    this.#volumes.powerLoss();
  }

  /** Power again: the machine boots; the runtime first looks for the sandboxes that it has lost. */
  powerOn(): void {
    if (this.#hasPower) return;
    this.#hasPower = true;
    this.#bootId = this.#random.uuid();
    this.#start(this.#lostPods * times.recoverPodMs);
  }

  /** Pulls the node's network cable, or plugs it in again. */
  setCable(isPlugged: boolean): void {
    if (this.#api.isUp === isPlugged) return;
    this.#api.setUp(isPlugged);
    if (!isPlugged) return;
    this.#options.clock.after(times.reconnectMs, () => {
      if (!this.#api.isUp) return;
      this.#reporter?.reachable();
      this.#process?.catchUp();
    });
  }

  #start(recoverMs: number): void {
    if (this.#reporter !== undefined) return;
    const { clock, runtime, node } = this.#options;
    this.#reporter = new NodeReporter({
      clock,
      api: this.#api,
      node,
      runtime,
      heartbeats: this.#heartbeats,
      ids: { machineId: this.#machineId, bootId: this.#bootId },
    });
    this.#bringUp = clock.after(recoverMs + times.runtimeUpMs, () => {
      this.#reporter?.runtimeUp();
      this.#bringUp = clock.after(times.firstSyncMs, () => this.#startProcess());
    });
  }

  #startProcess(): void {
    const { clock, runtime, node } = this.#options;
    const images = new ImageManager({ clock, runtime, api: this.#api });
    const process = new KubeletProcess(
      {
        clock,
        random: this.#random,
        node,
        api: this.#api,
        runtime,
        records: this.#records,
        images,
        volumes: this.#volumes,
        allocations: this.#allocations,
      },
      {
        onPressure: (pressure) => this.#reporter?.setPressure(pressure),
        nodeEvent: (type, reason, message) => this.#reporter?.event(type, reason, message),
      },
    );
    this.#process = process;
    this.#stopBeats = this.#heartbeats.add(() => process.beat());
  }

  #reach(): Reach {
    if (!this.#hasPower || !this.#api.isUp) return 'unreachable';
    return this.#process === undefined ? 'refused' : 'serving';
  }

  #newLink(): ApiLink {
    const { clock, client, recorder, node } = this.#options;
    return new ApiLink({ clock, client, recorder, nodeName: node.name });
  }
}

/**
 * Every container is gone as if it had never been told to stop; nobody knows how it ended.
 * @returns how many Pods had something running
 */
function loseProcesses({ clock, runtime }: KubeletOptions, records: RuntimeRecords): number {
  let lost = 0;
  for (const pod of records.all()) {
    if (pod.sandboxes.some(({ ready }) => ready)) lost += 1;
    for (const one of pod.containers) {
      if (one.container.state === 'running') one.lostMs = clock.nowMs();
    }
    for (const sandbox of pod.sandboxes) {
      if (!sandbox.ready) continue;
      sandbox.ready = false;
      runtime.stopPodSandbox(sandbox.sandbox);
    }
  }
  return lost;
}
