// /dev as container runtimes fill it (runc's default devices).
import { Errno } from '../errno.ts';
import { FullDevice, NullDevice, RandomDevice, ZeroDevice } from '../io/devices.ts';
import type { OpenFile } from '../io/open-file.ts';
import type { Random } from '../../runtime/random.ts';
import type { OpenFlags } from '../types.ts';
import { DirectoryInode, type Inode, SpecialInode, SymlinkInode } from '../vfs/inode.ts';
import { viewer } from './generated.ts';

/** The tree all containers' /dev begins as. */
export function deviceTree(random: Random): DirectoryInode {
  const root = new DirectoryInode(0o755);
  const device = (name: string, make: (flags: OpenFlags) => OpenFile): void => {
    root.set(name, new SpecialInode('device', 0o666, (_actor, flags) => make(flags)));
  };
  device('null', (flags) => new NullDevice(flags));
  device('zero', (flags) => new ZeroDevice(flags));
  device('full', (flags) => new FullDevice(flags));
  device('random', (flags) => new RandomDevice(flags, (bound) => random.below(bound)));
  device('urandom', (flags) => new RandomDevice(flags, (bound) => random.below(bound)));
  root.set('tty', new SpecialInode('device', 0o666, (actor) => openTerminal(viewer(actor))));
  root.set('fd', new SymlinkInode('/proc/self/fd'));
  root.set('stdin', new SymlinkInode('/proc/self/fd/0'));
  root.set('stdout', new SymlinkInode('/proc/self/fd/1'));
  root.set('stderr', new SymlinkInode('/proc/self/fd/2'));
  root.set('ptmx', new SymlinkInode('pts/ptmx'));
  for (const name of ['pts', 'mqueue', 'shm']) {
    const directory = new DirectoryInode(name === 'pts' ? 0o755 : 0o1777);
    root.set(name, directory);
  }
  return root;
}

/** /dev/tty is the controlling terminal. */
function openTerminal(process: ReturnType<typeof viewer>): OpenFile {
  if (process.controlling === undefined) throw new Errno('ENXIO');
  for (const number of process.descriptors.open()) {
    const file = process.descriptors.get(number);
    if (file.terminal === process.controlling) return file;
  }
  throw new Errno('ENXIO');
}

/** An entry of /proc/PID/fd: opening it gives what the descriptor has. */
export function descriptorInode(of: ReturnType<typeof viewer>, number: number): Inode {
  const inode = new SpecialInode('file', 0o600, () => {
    if (!of.descriptors.has(number)) throw new Errno('ENOENT');
    return of.descriptors.get(number);
  });
  // runc gives the pipes of a container to its user, so that /dev/stderr can be opened by name.
  inode.uid = of.uid;
  return inode;
}
