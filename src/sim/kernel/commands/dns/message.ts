// Questions and answers of the simulated DNS, as text. They travel through `process.sockets.datagram` to port 53.
//
// Question, one line:          <TYPE> <name>
//   e.g. `A web.default.svc.cluster.local`, `PTR 5.1.244.10.in-addr.arpa`; TYPE is A, AAAA, CNAME, PTR, SRV, TXT, NS,
//   MX, SOA or ANY; the name is absolute and has no dot at its end; upper and lower case mean the same.
// Answer, first line:          <STATUS>[ aa]
//   STATUS is NOERROR, NXDOMAIN, SERVFAIL or REFUSED; `aa` when the server speaks for the zone itself (CoreDNS does for
//   the cluster's domain, not for what it forwards). NOERROR without records: the name exists, but not with this type.
// Answer, a line per record:   <name> <ttl seconds> <TYPE> <data>
//   e.g. `web.default.svc.cluster.local 30 A 10.96.4.2`, `db.default.svc.cluster.local 30 CNAME db.example.com`,
//   SRV data: `<priority> <weight> <port> <target>`. Records in the order the server sends them.

export type DnsType = 'A' | 'AAAA' | 'CNAME' | 'PTR' | 'SRV' | 'TXT' | 'NS' | 'MX' | 'SOA' | 'ANY';
export type DnsStatus = 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';

export const dnsTypes: readonly DnsType[] = [
  'A',
  'AAAA',
  'CNAME',
  'PTR',
  'SRV',
  'TXT',
  'NS',
  'MX',
  'SOA',
  'ANY',
];

export interface DnsQuestion {
  readonly type: DnsType;
  readonly name: string;
}

export interface DnsRecord {
  readonly name: string;
  readonly ttlSeconds: number;
  readonly type: DnsType;
  readonly data: string;
}

export interface DnsAnswer {
  readonly status: DnsStatus;
  readonly authoritative: boolean;
  readonly records: readonly DnsRecord[];
}

export function printQuestion(question: DnsQuestion): string {
  return `${question.type} ${question.name}\n`;
}

/** The question in a datagram; undefined when it is none. */
export function parseQuestion(text: string): DnsQuestion | undefined {
  const [type, name, ...rest] = text.trim().split(' ');
  const known = dnsTypes.find((candidate) => candidate === type);
  if (known === undefined || name === undefined || rest.length > 0) return undefined;
  return { type: known, name };
}

export function printAnswer(answer: DnsAnswer): string {
  const records = answer.records.map(
    (record) => `${record.name} ${record.ttlSeconds} ${record.type} ${record.data}\n`,
  );
  return `${answer.status}${answer.authoritative ? ' aa' : ''}\n${records.join('')}`;
}

/** The answer in a datagram; what cannot be read counts as SERVFAIL. */
export function parseAnswer(text: string): DnsAnswer {
  const [first = '', ...lines] = text.split('\n');
  const [status, flag] = first.split(' ');
  const known = (['NOERROR', 'NXDOMAIN', 'REFUSED'] as const).find((word) => word === status);
  const records: DnsRecord[] = [];
  for (const line of lines) {
    const [name, ttl, type, ...data] = line.split(' ');
    const recordType = dnsTypes.find((candidate) => candidate === type);
    if (name === undefined || recordType === undefined) continue;
    records.push({ name, ttlSeconds: Number(ttl), type: recordType, data: data.join(' ') });
  }
  return { status: known ?? 'SERVFAIL', authoritative: flag === 'aa', records };
}
