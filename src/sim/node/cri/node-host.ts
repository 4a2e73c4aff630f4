// The node itself: its namespaces, its files, and the processes that a container with hostPID sees beside its own. The
// kubelet's requests to Pods (probes) run in its process.
import type { Ipc, Machine, Uts } from '../../kernel/machine.ts';
import type { NetworkNamespace } from '../../kernel/net/namespace.ts';
import type { Space } from '../../kernel/space.ts';
import type { Blocking, Process, Program } from '../../kernel/types.ts';
import { findInode, makeDirectory, writeFile } from '../../kernel/vfs/edit.ts';
import type { FileSystem } from '../../kernel/vfs/file-system.ts';
import { DirectoryInode, FileInode } from '../../kernel/vfs/inode.ts';
import { imageTree } from '../../kernel/vfs/tree.ts';
import { pauseProgram } from '../../images/pause.ts';
import { EventLoop } from '../../images/servers/multiplex.ts';
import { nodeHosts } from './managed-files.ts';
import type { Volume } from './types.ts';
import { NodeVolume } from './volumes.ts';

/** Waits for signals, as a service with nothing to do does. */
const idle: Program = pauseProgram;

const nodeFiles = imageTree({
  '/sbin/init': { program: idle },
  '/etc/hostname': '',
  '/etc/hosts': nodeHosts,
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
  '/etc/group': 'root:x:0:\n',
  '/var/log/pods': { directory: true },
  '/var/lib/kubelet': { directory: true },
  '/home': { directory: true },
  '/opt': { directory: true },
  '/srv': { directory: true },
  '/mnt': { directory: true },
  '/data': { directory: true },
  '/tmp': { directory: true, mode: 0o1777 },
});

export interface NodeHostOptions {
  readonly machine: Machine;
  readonly name: string;
  readonly ip: string;
  /** The node's namespace, as the fabric knows it. */
  readonly network: NetworkNamespace;
  readonly nameserver: string;
}

export class NodeHost {
  readonly ip: string;
  readonly network: NetworkNamespace;
  readonly uts: Uts;
  readonly ipc: Ipc;
  readonly #machine: Machine;
  readonly #disk: FileSystem;
  #run: FileSystem;
  #space: Space | undefined;
  #loop: EventLoop | undefined;
  #kubelet: Process | undefined;

  constructor({ machine, name, ip, network, nameserver }: NodeHostOptions) {
    this.#machine = machine;
    this.ip = ip;
    this.network = network;
    this.uts = machine.createUts(name);
    this.ipc = machine.createIpc();
    this.#disk = machine.createFileSystem({ lower: nodeFiles });
    this.#run = machine.createFileSystem({ backing: 'memory' });
    writeFile(this.#disk, 'etc/hostname', `${name}\n`, machine.clock.nowMs());
    writeFile(this.#disk, 'etc/resolv.conf', `nameserver ${nameserver}\n`, machine.clock.nowMs());
  }

  /** Has the kubelet's process do something beside whatever else it does. */
  request(steps: (process: Process) => Blocking<void>): void {
    this.boot();
    if (this.#kubelet === undefined || this.#loop === undefined) return;
    this.#loop.add(steps(this.#kubelet));
  }

  /** Starts the node's own processes where they do not run. */
  boot(): void {
    if (this.#space !== undefined) return;
    const space = this.#createSpace();
    this.#space = space;
    const init = space.start({ argv: ['/sbin/init'], env: [] });
    if ('error' in init) throw new Error(init.error);
    init.spawn({ argv: ['/usr/bin/containerd'], program: idle });
    init.spawn({ argv: ['/usr/bin/kube-proxy'], program: idle });
    const kubelet = init.spawn({
      argv: ['/usr/bin/kubelet', '--config=/var/lib/kubelet/config.yaml'],
      program: () => this.#runKubelet(),
    });
    this.#kubelet = kubelet;
    this.#loop = new EventLoop(kubelet, { staysWhenIdle: true });
  }

  /** The power went: processes and what lies in memory are gone. */
  powerOff(): void {
    this.#space?.discard();
    this.#space = undefined;
    this.#loop = undefined;
    this.#kubelet = undefined;
    this.#run.discard();
    this.#run = this.#machine.createFileSystem({ backing: 'memory' });
  }

  /** A folder or file of the node for a container; the text is the kubelet's complaint about its type. */
  hostVolume(path: string, type: string): { readonly volume: Volume } | { readonly error: string } {
    const isInMemory = path === '/run' || path.startsWith('/run/');
    const fileSystem = isInMemory ? this.#run : this.#disk;
    const inside = isInMemory ? path.slice('/run'.length) : path;
    const nowMs = this.#machine.clock.nowMs();
    const found = findInode(fileSystem, inside);
    const isFolder = found instanceof DirectoryInode;
    const problem = (text: string) => ({
      error: `hostPath type check failed: ${path} is not ${text}`,
    });
    if (type === 'Directory' && !isFolder) return problem('a directory');
    if (type === 'File' && !(found instanceof FileInode)) return problem('a file');
    if (type === 'DirectoryOrCreate' && found !== undefined && !isFolder) {
      return problem('a directory');
    }
    if (type === 'FileOrCreate' && isFolder) return problem('a file');
    if (['Socket', 'CharDevice', 'BlockDevice'].includes(type)) {
      const names: Readonly<Record<string, string>> = {
        Socket: 'a socket file',
        CharDevice: 'a character device',
        BlockDevice: 'a block device',
      };
      return problem(names[type] ?? type);
    }
    if (found === undefined && type === 'FileOrCreate') writeFile(fileSystem, inside, '', nowMs);
    else if (found === undefined) makeDirectory(fileSystem, inside, nowMs);
    return { volume: new NodeVolume('host', fileSystem, this.#machine.clock, inside) };
  }

  #createSpace(): Space {
    const space = this.#machine.createSpace({
      image: nodeFiles,
      uts: this.uts,
      ipc: this.ipc,
      pidNamespace: this.#machine.hostPids,
      network: this.network,
      lowestFreePort: 1024,
      mounts: [
        { at: '/run', fileSystem: this.#run },
        { at: '/etc', fileSystem: this.#disk, subPath: 'etc' },
      ],
    });
    if ('error' in space) throw new Error(space.error);
    return space;
  }

  *#runKubelet(): Blocking<number> {
    if (this.#loop !== undefined) yield* this.#loop.run();
    return 0;
  }
}
