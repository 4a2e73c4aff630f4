// https as a model: the two sides exchange a line each before plain HTTP. No cryptography; what learners meet of TLS is
// which name a certificate speaks for, when it ends and who signed it, and that is what the lines carry.
//
//   client: TLS hello <server name>, and an empty line, so that a server that expects HTTP answers at once
//   server: TLS certificate <fields>
//
// The fields, which files show too (a line `Model certificate: <fields>`):
//   subject=shop; issuer=Shop CA; names=shop,shop.default.svc; from=2026-01-01T00:00:00Z; until=2027-01-01T00:00:00Z
import { formatTime, parseTime } from '../../../runtime/time.ts';
import type { Blocking, Connection } from '../../types.ts';
import type { HttpReader } from './reader.ts';

/** What a client checks of a certificate. */
export interface Certificate {
  /** Common name of the subject. */
  readonly subject: string;
  /** Common name of who signed it; equal to the subject when it signed itself. */
  readonly issuer: string;
  /** DNS names and addresses it speaks for; `*.` at the start stands for one label. */
  readonly names: readonly string[];
  readonly fromMs: number;
  readonly untilMs: number;
}

export type CertificateProblem =
  'expired' | 'not-yet-valid' | 'self-signed' | 'unknown-issuer' | 'name';

const helloPrefix = 'TLS hello ';
const certificatePrefix = 'TLS certificate ';
const filePrefix = 'Model certificate: ';

/** The client's greeting: the server's certificate, or that the other side closed or does not speak TLS. */
export function* greetServer(
  connection: Connection,
  reader: HttpReader,
  serverName: string,
): Blocking<Certificate | 'closed' | 'not-tls'> {
  yield* connection.write(`${helloPrefix}${serverName}\r\n\r\n`);
  const line = yield* reader.line();
  if (line === undefined) return reader.buffered === '' ? 'closed' : 'not-tls';
  if (!line.startsWith(certificatePrefix)) return 'not-tls';
  return parseCertificate(line.slice(certificatePrefix.length)) ?? 'not-tls';
}

/**
 * The server's part: waits for the greeting and shows the certificate. Returns the name the client asked for, undefined
 * when it did not speak TLS; what it sent instead is still in the reader then.
 */
export function* acceptTls(
  connection: Connection,
  reader: HttpReader,
  certificate: Certificate,
): Blocking<string | undefined> {
  while (reader.buffered.length < helloPrefix.length && helloPrefix.startsWith(reader.buffered)) {
    if (!(yield* reader.more())) return undefined;
  }
  if (!reader.buffered.startsWith(helloPrefix)) return undefined;
  const line = (yield* reader.line()) ?? '';
  yield* reader.line();
  yield* connection.write(`${certificatePrefix}${printCertificate(certificate)}\n`);
  return line.slice(helloPrefix.length);
}

/** What is wrong with a certificate first, in OpenSSL's order: the chain, the dates, then the name. */
export function certificateProblem(
  certificate: Certificate,
  host: string,
  trustedSubjects: readonly string[],
  nowMs: number,
): CertificateProblem | undefined {
  if (!trustedSubjects.includes(certificate.issuer)) {
    return certificate.issuer === certificate.subject ? 'self-signed' : 'unknown-issuer';
  }
  if (nowMs < certificate.fromMs) return 'not-yet-valid';
  if (nowMs > certificate.untilMs) return 'expired';
  return certificate.names.some((name) => nameMatches(name, host)) ? undefined : 'name';
}

/** The certificates that a file holds (tls.crt, a CA bundle). */
export function certificatesIn(text: string): readonly Certificate[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith(filePrefix))
    .map((line) => parseCertificate(line.slice(filePrefix.length)))
    .filter((certificate) => certificate !== undefined);
}

/** A certificate as a line of a file. */
export function certificateFileLine(certificate: Certificate): string {
  return `${filePrefix}${printCertificate(certificate)}\n`;
}

function printCertificate({ subject, issuer, names, fromMs, untilMs }: Certificate): string {
  const dates = `from=${formatTime(fromMs)}; until=${formatTime(untilMs)}`;
  return `subject=${subject}; issuer=${issuer}; names=${names.join(',')}; ${dates}`;
}

function parseCertificate(fields: string): Certificate | undefined {
  const values = new Map<string, string>();
  for (const field of fields.split('; ')) {
    const equals = field.indexOf('=');
    if (equals > 0) values.set(field.slice(0, equals), field.slice(equals + 1).trim());
  }
  const subject = values.get('subject');
  const fromMs = parseTime(values.get('from') ?? '');
  const untilMs = parseTime(values.get('until') ?? '');
  if (subject === undefined || fromMs === undefined || untilMs === undefined) return undefined;
  const names = (values.get('names') ?? '').split(',').filter((name) => name !== '');
  return { subject, issuer: values.get('issuer') ?? subject, names, fromMs, untilMs };
}

function nameMatches(name: string, host: string): boolean {
  if (!name.startsWith('*.')) return name.toLowerCase() === host.toLowerCase();
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot).toLowerCase() === name.slice(1).toLowerCase();
}
