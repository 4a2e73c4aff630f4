// Who does something with files: a process, or the node itself.
import type { MemoryAccount } from '../types.ts';
import type { MountTable } from './mounts.ts';

export interface Actor {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly cwd: string;
  readonly umask: number;
  readonly mountTable: MountTable;
  /** Whose memory a file on tmpfs takes. */
  readonly account: MemoryAccount | undefined;
  has(capability: Capability): boolean;
  nowMs(): number;
}

export type Capability =
  | 'CHOWN'
  | 'DAC_OVERRIDE'
  | 'FOWNER'
  | 'FSETID'
  | 'KILL'
  | 'SETGID'
  | 'SETUID'
  | 'SETPCAP'
  | 'NET_BIND_SERVICE'
  | 'NET_RAW'
  | 'NET_ADMIN'
  | 'SYS_CHROOT'
  | 'SYS_ADMIN'
  | 'SYS_TIME'
  | 'SYS_PTRACE'
  | 'MKNOD'
  | 'AUDIT_WRITE'
  | 'SETFCAP';
