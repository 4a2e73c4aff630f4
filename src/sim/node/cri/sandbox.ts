// A Pod's sandbox: the namespaces its containers share, and the files that they all get.
import type { Ipc, Machine, Uts } from '../../kernel/machine.ts';
import type { NetworkNamespace } from '../../kernel/net/namespace.ts';
import type { PidNamespace } from '../../kernel/process/pid-namespace.ts';
import type { Space } from '../../kernel/space.ts';
import { makeDirectory, writeFile } from '../../kernel/vfs/edit.ts';
import type { FileSystem } from '../../kernel/vfs/file-system.ts';
import { imageRoot } from '../../images/root.ts';
import { pause } from '../../images/pause.ts';
import type { Fabric } from '../../network/fabric.ts';
import type { NodeHost } from './node-host.ts';
import { hostsFile, resolvConf } from './managed-files.ts';
import type { Sandbox, SandboxConfig } from './types.ts';

export interface SandboxOptions {
  readonly id: string;
  readonly config: SandboxConfig;
  readonly machine: Machine;
  readonly fabric: Fabric;
  readonly nodeName: string;
  readonly host: NodeHost;
}

export class PodSandbox implements Sandbox {
  readonly id: string;
  readonly ip: string;
  readonly config: SandboxConfig;
  readonly network: NetworkNamespace;
  readonly uts: Uts;
  readonly ipc: Ipc;
  /** The Pod's own one (shareProcessNamespace), the node's (hostPID), or undefined: one per container. */
  readonly pids: PidNamespace | undefined;
  /** hosts, hostname, resolv.conf, and the termination messages of its containers by their id. */
  readonly files: FileSystem;
  readonly #options: SandboxOptions;
  readonly #pause: Space | undefined;
  isStopped = false;

  /** Takes an address of the node. Throws when the node has no more: a Pod network is larger than a node's limit of Pods. */
  constructor(options: SandboxOptions) {
    const { id, config, machine, fabric, nodeName, host } = options;
    this.#options = options;
    this.id = id;
    this.config = config;
    this.network = config.hostNetwork ? host.network : machine.createNetwork();
    this.uts = config.hostNetwork ? host.uts : machine.createUts(config.hostname);
    this.ipc = config.hostIPC ? host.ipc : machine.createIpc();
    this.ip = config.hostNetwork
      ? host.ip
      : (fabric.attachPod(nodeName, this.network, config.portMappings ?? []) ?? '');
    if (this.ip === '') throw new Error(`node ${nodeName} has no Pod address left`);
    this.files = this.#createFiles();
    this.#pause = config.shareProcessNamespace ? this.#startPause() : undefined;
    this.pids = config.hostPID ? machine.hostPids : this.#pause?.pidNamespace;
  }

  /** Ends pause, takes the network down and gives the address back. Containers must have ended before. */
  stop(): void {
    if (this.isStopped) return;
    this.isStopped = true;
    this.#pause?.discard();
    if (!this.config.hostNetwork) {
      this.#options.fabric.detachPod(this.network);
      this.network.close();
    }
    if (!this.config.hostIPC) this.ipc.shm.discard();
    this.files.discard();
  }

  #createFiles(): FileSystem {
    const { machine } = this.#options;
    const files = machine.createFileSystem();
    const nowMs = machine.clock.nowMs();
    makeDirectory(files, 'messages', nowMs);
    writeFile(files, 'hosts', hostsFile(this.config, this.ip), nowMs);
    writeFile(files, 'hostname', `${this.uts.name}\n`, nowMs);
    writeFile(files, 'resolv.conf', resolvConf(this.config), nowMs);
    return files;
  }

  /** Process 1 of a shared process namespace; without one it would have nothing to show. */
  #startPause(): Space {
    const { machine } = this.#options;
    const space = machine.createSpace({
      image: imageRoot(pause),
      uts: this.uts,
      ipc: this.ipc,
      network: this.network,
      uid: 65_535,
      gid: 65_535,
    });
    if ('error' in space) throw new Error(space.error);
    const started = space.start({ argv: ['/pause'], env: pause.config.env });
    if ('error' in started) throw new Error(started.error);
    return space;
  }
}
