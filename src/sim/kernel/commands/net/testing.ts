// For tests of network commands: a container with an address, a DNS server and a web server that answers by path.
import type { Network } from '../../net/namespace.ts';
import { sh } from '../../shell/sh.ts';
import { TestMachine } from '../../testing.ts';
import type { Program } from '../../types.ts';
import type { Flavour } from '../base/command.ts';
import { parseQuestion, printAnswer, type DnsAnswer, type DnsRecord } from '../dns/message.ts';
import { HttpReader } from '../http/reader.ts';
import { acceptTls, certificateFileLine, type Certificate } from '../http/tls.ts';
import { packagePrograms } from '../table.ts';

export const dnsServer = '10.96.0.10';
const ownIp = '10.244.1.5';

const answers: Readonly<Record<string, string>> = {
  '/chunk': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  '/redir': 'HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n',
  '/loop': 'HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n',
  '/404': 'HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno\n',
  '/500': 'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 3\r\n\r\nno\n',
  '/short': 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello',
  '/junk': 'hello there\n',
  '/close': 'HTTP/1.0 200 OK\r\n\r\nbye\n',
  '/empty': '',
};
const usualAnswer =
  'HTTP/1.1 200 OK\r\nServer: x\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n';

export const shopCertificate: Certificate = {
  subject: 'shop',
  issuer: 'Shop CA',
  names: ['shop.example', '*.shop.example'],
  fromMs: Date.UTC(2026, 0, 1),
  untilMs: Date.UTC(2026, 5, 1),
};

/** Answers on port 80 by path, and on 443 with a certificate; `/slow` never answers. Shows requests on stderr. */
function webServer(port: number): Program {
  return function* (process) {
    const listener = process.sockets.listen({ ip: '0.0.0.0', port });
    for (;;) {
      const connection = yield* listener.accept();
      if (connection === undefined) return 0;
      const reader = new HttpReader(connection);
      if (port === 443) yield* acceptTls(connection, reader, shopCertificate);
      const head = yield* reader.head();
      if (typeof head === 'string') {
        connection.close();
        continue;
      }
      const path = head.start.split(' ')[1] ?? '';
      yield* process.write(2, head.text);
      if (path === '/slow') continue;
      yield* connection.write(answers[path] ?? usualAnswer);
      connection.close();
    }
  };
}

const names: Readonly<Record<string, readonly string[]>> = {
  'web.default.svc.cluster.local': [ownIp],
  'db.default.svc.cluster.local': ['10.244.1.6', '10.244.2.7'],
  'far.default.svc.cluster.local': ['10.9.9.9'],
  'shop.example': [ownIp],
};

function answerFor(payload: string): string | undefined {
  const question = parseQuestion(payload);
  if (question === undefined || question.name.startsWith('mute')) return undefined;
  const { name, type } = question;
  const inCluster = name.endsWith('cluster.local') || name.endsWith('arpa');
  const make = (status: DnsAnswer['status'], records: readonly DnsRecord[] = []): string =>
    printAnswer({ status, authoritative: inCluster, records });
  const record = (recordType: DnsRecord['type'], data: string, owner = name): DnsRecord => ({
    name: owner,
    ttlSeconds: 30,
    type: recordType,
    data,
  });
  if (name === '5.1.244.10.in-addr.arpa')
    return make('NOERROR', [record('PTR', 'web.default.svc.cluster.local')]);
  if (name === 'alias.default.svc.cluster.local') {
    const target = type === 'A' ? [record('A', ownIp, 'shop.example')] : [];
    return make('NOERROR', [record('CNAME', 'shop.example'), ...target]);
  }
  if (name.startsWith('fail')) return make('SERVFAIL');
  const addresses = names[name];
  if (addresses === undefined) return make('NXDOMAIN');
  if (type === 'SRV') return make('NOERROR', [record('SRV', `0 100 80 ${name}`)]);
  return make('NOERROR', type === 'A' ? addresses.map((address) => record('A', address)) : []);
}

/** A container with all commands of a flavour; its web server has listened for a while. */
export class NetworkBox extends TestMachine {
  constructor(flavour: Flavour = 'busybox') {
    const programs = {
      ...packagePrograms(flavour === 'gnu' ? 'workstation' : 'busybox'),
      ...packagePrograms('curl'),
      sh: sh(flavour === 'gnu' ? 'dash' : 'ash'),
      'web-80': webServer(80),
      'web-443': webServer(443),
    };
    super({
      programs,
      files: {
        'etc/hosts': '127.0.0.1\tlocalhost\n10.244.1.5\tbox\n',
        'etc/resolv.conf': `search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver ${dnsServer}\noptions ndots:5\n`,
        'etc/ca.crt': certificateFileLine({ ...shopCertificate, subject: 'Shop CA' }),
        work: { directory: true },
      },
    });
    const { network } = this.space;
    network.addInterface({
      name: 'eth0',
      index: 2,
      addresses: [`${ownIp}/24`],
      mac: '02:00:00:00:00:01',
      mtu: 1500,
      peerIndex: 7,
    });
    network.network = this.#network();
    network.serveDatagrams({ ip: '127.0.0.1', port: 53 }, answerFor);
    this.run(['sleep', 'infinity'], { main: true, forMs: 10 });
    this.run(['sh', '-c', 'web-80 2>/work/requests & web-443 2>/dev/null & sleep 0.1'], {
      forMs: 200,
    });
  }

  #network(): Network {
    return {
      route: (_, destination) => {
        if (destination.ip === dnsServer) {
          return {
            to: this.space.network,
            destination: { ip: '127.0.0.1', port: 53 },
            sourceIp: ownIp,
            latencyMs: 0,
          };
        }
        if (destination.ip === '10.9.9.8') return { error: 'EHOSTUNREACH', afterMs: 3000 };
        return destination.ip === '10.9.9.7'
          ? { error: 'ECONNREFUSED', afterMs: 0 }
          : { dropped: true };
      },
      routes: () => [
        { destination: 'default', gateway: '10.244.1.1', device: 'eth0' },
        { destination: '10.244.1.0/24', gateway: undefined, device: 'eth0' },
      ],
    };
  }

  /** Runs a line of the shell; standard output, then standard error, then the exit code. */
  line(text: string, options: { readonly stdin?: string; readonly forMs?: number } = {}): string {
    const { stdout, stderr, status } = this.run(['sh', '-c', text], { cwd: '/work', ...options });
    return `${stdout}${stderr}=> ${status?.code ?? 'still running'}`;
  }
}
