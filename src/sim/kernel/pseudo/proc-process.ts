// /proc/PID.
import type { KernelProcess } from '../process/process.ts';
import { describeMount } from '../vfs/files.ts';
import { GeneratedDirectory, type Inode, SymlinkInode } from '../vfs/inode.ts';
import { descriptorInode } from './dev.ts';
import { fixedDirectory, textFile } from './generated.ts';
import { netDirectory } from './proc-net.ts';

/** The processes the viewer sees, by the number it sees them under. */
export function byPid(viewer: KernelProcess): ReadonlyMap<number, KernelProcess> {
  return viewer.pidNamespace.processes;
}

/** Made anew at each look: nothing of it is kept. */
export function processDirectory(of: KernelProcess): Inode {
  const directory = fixedDirectory({
    cgroup: textFile(() => `0::/\n`),
    cmdline: textFile(() => of.argv.map((argument) => `${argument}\0`).join('')),
    comm: textFile(() => `${commandName(of)}\n`),
    cwd: new SymlinkInode(of.cwd),
    environ: textFile(
      () => [...of.env].map(([name, value]) => `${name}=${value}\0`).join(''),
      0o400,
    ),
    exe: new SymlinkInode(of.argv[0] ?? ''),
    fd: descriptorDirectory(of),
    limits: textFile(() => limits),
    mountinfo: textFile(() => mountLines(of)),
    mounts: textFile(() => mountLines(of)),
    net: netDirectory(of),
    ns: namespaceDirectory(of),
    oom_score_adj: textFile(() => '0\n'),
    root: new SymlinkInode('/'),
    stat: textFile(() => statLine(of)),
    statm: textFile(() => `${pages(of)} ${pages(of)} 0 0 0 0 0\n`),
    status: textFile(() => statusText(of)),
  });
  directory.uid = of.uid;
  directory.gid = of.gid;
  return directory;
}

/** The program's name, cut to 15 characters as the kernel does; of a title (`nginx: worker process`) what stands before the colon. */
export function commandName(process: KernelProcess): string {
  const [first = ''] = (process.argv[0] ?? '').split(': ');
  return first.replace(/^.*\//, '').slice(0, 15);
}

function descriptorDirectory(of: KernelProcess): GeneratedDirectory {
  return new GeneratedDirectory(
    () => of.descriptors.open().map(String),
    (name) => (of.descriptors.has(Number(name)) ? descriptorInode(of, Number(name)) : undefined),
  );
}

function namespaceDirectory(of: KernelProcess): Inode {
  const { ids } = of.space;
  const entry = (kind: string, id: number): Inode => new SymlinkInode(`${kind}:[${id}]`);
  return fixedDirectory({
    cgroup: entry('cgroup', ids.cgroup),
    ipc: entry('ipc', of.space.ipc.id),
    mnt: entry('mnt', ids.mnt),
    net: entry('net', of.space.network.id),
    pid: entry('pid', of.pidNamespace.id),
    user: entry('user', hostUserNamespace),
    uts: entry('uts', of.space.uts.id),
  });
}

function mountLines(of: KernelProcess): string {
  return of.mountTable
    .all()
    .map(describeMount)
    .map(({ source, mountPoint, type, options }) => {
      return `${source} ${mountPoint} ${type} ${options} 0 0\n`;
    })
    .join('');
}

function pages(of: KernelProcess): number {
  return Math.ceil(of.memoryBytes / 4096);
}

function statLine(of: KernelProcess): string {
  const ticks = Math.floor(of.cpuMs / 10);
  const started = Math.floor((of.startedMs - of.host.bootedMs) / 10);
  const head = `${of.pid} (${commandName(of)}) ${of.state} ${of.parentPid} ${of.processGroup}`;
  const rest = `${of.processGroup} 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 1 0 ${started}`;
  return `${head} ${rest} ${of.memoryBytes} ${pages(of)}\n`;
}

/** Containers share the node's user namespace. */
const hostUserNamespace = 4_026_531_837;

const stateNames = { R: 'running', S: 'sleeping', T: 'stopped', Z: 'zombie' };

function statusText(of: KernelProcess): string {
  const kilobytes = Math.ceil(of.memoryBytes / 1024);
  const ids = (id: number): string => `${id}\t${id}\t${id}\t${id}`;
  const groups = [...of.groups, of.gid].sort((a, b) => a - b).join(' ');
  return [
    `Name:\t${commandName(of)}`,
    `Umask:\t${of.umask.toString(8).padStart(4, '0')}`,
    `State:\t${of.state} (${stateNames[of.state]})`,
    `Tgid:\t${of.pid}`,
    `Pid:\t${of.pid}`,
    `PPid:\t${of.parentPid}`,
    `Uid:\t${ids(of.uid)}`,
    `Gid:\t${ids(of.gid)}`,
    `FDSize:\t64`,
    `Groups:\t${groups} `,
    `VmPeak:\t${String(kilobytes).padStart(8)} kB`,
    `VmSize:\t${String(kilobytes).padStart(8)} kB`,
    `VmRSS:\t${String(kilobytes).padStart(8)} kB`,
    `Threads:\t1`,
    `NoNewPrivs:\t0`,
    `Seccomp:\t0`,
    '',
  ].join('\n');
}

const limits = [
  'Limit                     Soft Limit           Hard Limit           Units     ',
  'Max cpu time              unlimited            unlimited            seconds   ',
  'Max file size             unlimited            unlimited            bytes     ',
  'Max open files            1024                 1024                 files     ',
  '',
].join('\n');
