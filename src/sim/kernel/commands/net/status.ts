// ifconfig, route, netstat and ss: interfaces, routes and sockets.
import { command, type Call } from '../base/command.ts';
import type { ProcessInfo, SocketAddress } from '../../types.ts';
import { programName } from '../system/processes.ts';
import { netmask } from './addresses.ts';
import { broadcastOf } from './ip.ts';

export const ifconfig = command({
  options: '+a',
  usage: '[-a] [IFACE]',
  *run(call) {
    const [wanted, change] = call.operands;
    if (change !== undefined) return yield* call.fail('SIOCSIFADDR: Operation not permitted');
    const all = call.process.sockets.interfaces();
    const shown = all.filter(({ name }) => wanted === undefined || name === wanted);
    if (shown.length === 0) {
      return yield* call.fail(
        `${wanted ?? ''}: error fetching interface information: Device not found`,
      );
    }
    // busybox sorts them by name.
    for (const { name, addresses, mac, mtu } of [...shown].sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const isLoopback = name === 'lo';
      const head = isLoopback ? 'Local Loopback  ' : `Ethernet  HWaddr ${mac.toUpperCase()}  `;
      let text = `${name.padEnd(9)} Link encap:${head}\n`;
      for (const address of addresses) {
        const [own = '', prefix = '32'] = address.split('/');
        if (address.includes(':'))
          text += `          inet6 addr: ${address} Scope:${isLoopback ? 'Host' : 'Global'}\n`;
        else {
          const broadcast = isLoopback ? '' : `  Bcast:${broadcastOf(address)}`;
          text += `          inet addr:${own}${broadcast}  Mask:${netmask(Number(prefix))}\n`;
        }
      }
      const flags = isLoopback ? 'UP LOOPBACK RUNNING' : 'UP BROADCAST RUNNING MULTICAST';
      yield* call.out.print(`${text}          ${flags}  MTU:${mtu}  Metric:1\n\n`);
    }
    return 0;
  },
});

function routeTable(call: Call): string {
  const numeric = call.has('n');
  let text =
    'Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n';
  for (const { destination, gateway, device } of call.process.sockets.routes()) {
    const [network = '', prefix = '32'] =
      destination === 'default' ? ['0.0.0.0', '0'] : destination.split('/');
    const name = destination === 'default' && !numeric ? 'default' : network;
    const via = gateway ?? (numeric ? '0.0.0.0' : '*');
    const flags = (gateway === undefined ? 'U' : 'UG') + (prefix === '32' ? 'H' : '');
    text += `${name.padEnd(15)} ${via.padEnd(15)} ${netmask(Number(prefix)).padEnd(15)} ${flags.padEnd(5)} 0      0        0 ${device}\n`;
  }
  return text;
}

export const route = command({
  options: '+neA:',
  usage: '[-ne]',
  *run(call) {
    if (call.operands.length > 0) return yield* call.fail('SIOCADDRT: Operation not permitted');
    yield* call.out.print(routeTable(call));
    return 0;
  },
});

interface Socket {
  readonly state: string;
  readonly local: SocketAddress;
  readonly remote: SocketAddress | undefined;
  readonly owner: ProcessInfo | undefined;
}

/** Listening sockets first, then connections. */
function socketsOf(call: Call): Socket[] {
  const { sockets } = call.process;
  const listening = sockets.listening().map(({ address, process }) => ({
    state: 'LISTEN',
    local: address,
    remote: undefined,
    owner: process,
  }));
  const connections = sockets
    .connections()
    .map(({ local, remote, state }) => ({ state, local, remote, owner: undefined }));
  return [...listening, ...connections].sort((one, other) => one.local.port - other.local.port);
}

function addressText({ ip, port }: SocketAddress, bracketed: boolean): string {
  return `${ip.includes(':') && bracketed ? `[${ip}]` : ip}:${port}`;
}

export const netstat = command({
  options: 'tulnparexWs',
  long: { tcp: 't', udp: 'u', listening: 'l', numeric: 'n', programs: 'p', all: 'a', route: 'r' },
  usage: '[-ral] [-tuwx] [-enWp]',
  *run(call) {
    if (call.has('r')) {
      yield* call.out.print(routeTable(call));
      return 0;
    }
    const onlyListening = call.has('l');
    const shown = socketsOf(call).filter(({ state }) =>
      call.has('a') ? true : onlyListening ? state === 'LISTEN' : state !== 'LISTEN',
    );
    const which = onlyListening
      ? 'only servers'
      : call.has('a')
        ? 'servers and established'
        : 'w/o servers';
    const program = call.has('p') ? 'PID/Program name    ' : '';
    call.out.put(
      `Active Internet connections (${which})\nProto Recv-Q Send-Q Local Address           Foreign Address         State       ${program}\n`,
    );
    if (call.has('u') && !call.has('t')) return 0;
    for (const { state, local, remote, owner } of shown) {
      const foreign =
        remote === undefined
          ? local.ip.includes(':')
            ? ':::*'
            : '0.0.0.0:*'
          : addressText(remote, false);
      const who = owner === undefined ? '-' : `${owner.pid}/${programName(owner)}`;
      const cells = `${addressText(local, false).padEnd(23)} ${foreign.padEnd(23)} ${state.padEnd(11)}`;
      yield* call.out.print(
        `tcp        0      0 ${cells} ${call.has('p') ? who.padEnd(20) : ''}\n`,
      );
    }
    return 0;
  },
});

export const ss = command({
  options: 'tulnparsHe46',
  long: {
    tcp: 't',
    udp: 'u',
    listening: 'l',
    numeric: 'n',
    processes: 'p',
    all: 'a',
    'no-header': 'H',
  },
  usage: '[OPTIONS]',
  *run(call) {
    const shown = socketsOf(call).filter(({ state }) =>
      call.has('a') ? true : call.has('l') ? state === 'LISTEN' : state !== 'LISTEN',
    );
    // Without one kind being chosen every line says its own.
    const kind = call.has('t') && !call.has('u') ? '' : 'Netid ';
    if (!call.has('H')) {
      call.out.put(
        `${kind}State      Recv-Q Send-Q      Local Address:Port        Peer Address:Port Process\n`,
      );
    }
    if (call.has('u') && !call.has('t')) return 0;
    for (const { state, local, remote, owner } of shown) {
      const word = state === 'ESTABLISHED' ? 'ESTAB' : state.replace('_', '-');
      const peer =
        remote === undefined
          ? local.ip.includes(':')
            ? '[::]:*'
            : '0.0.0.0:*'
          : addressText(remote, true);
      const who =
        call.has('p') && owner !== undefined
          ? `users:(("${programName(owner)}",pid=${owner.pid},fd=3))`
          : '';
      const cells = `${word.padEnd(10)} ${'0'.padEnd(6)} ${(state === 'LISTEN' ? '511' : '0').padEnd(6)}`;
      const ends = `${addressText(local, true).padStart(23)} ${peer.padStart(24)}`;
      yield* call.out.print(
        `${kind === '' ? '' : 'tcp   '}${cells} ${ends} ${who}\n`.trimEnd() + '\n',
      );
    }
    return 0;
  },
});
