// /proc/net: sockets and interfaces, in the kernel's hexadecimal form.
import type { KernelProcess } from '../process/process.ts';
import type { SocketAddress } from '../types.ts';
import type { Inode } from '../vfs/inode.ts';
import { fixedDirectory, textFile } from './generated.ts';

export function netDirectory(of: KernelProcess): Inode {
  return fixedDirectory({
    dev: textFile(() => devices(of)),
    tcp: textFile(() => tcp(of)),
    tcp6: textFile(() => header),
    udp: textFile(() => header),
  });
}

const header =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const listening = '0A';
const states: Readonly<Record<string, string>> = {
  ESTABLISHED: '01',
  FIN_WAIT2: '05',
  CLOSE_WAIT: '08',
  LAST_ACK: '09',
};

function tcp(of: KernelProcess): string {
  const none: SocketAddress = { ip: '0.0.0.0', port: 0 };
  const rows = [
    ...of.sockets.listening().map(({ address }) => ({
      local: address,
      remote: none,
      state: listening,
    })),
    ...of.sockets
      .connections()
      .map(({ local, remote, state }) => ({ local, remote, state: states[state] ?? '07' })),
  ];
  const lines = rows
    .filter(({ local }) => !local.ip.includes(':') || local.ip === '::')
    .map(({ local, remote, state }, index) => {
      const slot = String(index).padStart(4);
      const queues = '00000000:00000000 00:00000000 00000000';
      return `${slot}: ${hex(local)} ${hex(remote)} ${state} ${queues}     0        0 0\n`;
    });
  return header + lines.join('');
}

/** Address bytes in host order, as a little-endian machine shows them. */
function hex({ ip, port }: SocketAddress): string {
  const bytes = (ip === '::' ? '0.0.0.0' : ip).split('.').map(Number).reverse();
  const address = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${address}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

function devices(of: KernelProcess): string {
  const head =
    'Inter-|   Receive                                                |  Transmit\n' +
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n';
  const zeros = Array.from({ length: 16 }, () => '0').join(' ');
  const names = of.sockets.interfaces().map(({ name }) => `${name.padStart(6)}: ${zeros}\n`);
  return head + names.join('');
}
