// ConfigMaps, Secrets and ServiceAccounts.
import type { ConfigMap, Secret, ServiceAccount } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { base64Bytes } from '#sim/api/base64.ts';
import type { Session } from '../session.ts';
import { describeEvents } from './events.ts';
import { writeAnnotations, writeLabels } from './values.ts';
import { DescribeWriter } from './writer.ts';

function writeHead(writer: DescribeWriter, { metadata = {} }: KubeObject): void {
  writer.field(0, 'Name', metadata.name ?? '');
  writer.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
}

export function describeConfigMap(session: Session, object: KubeObject): string {
  const { data = {}, binaryData = {} } = object as ConfigMap;
  const writer = new DescribeWriter();
  writeHead(writer, object);
  writer.text('\nData\n====\n');
  for (const key of Object.keys(data).sort()) {
    writer.text(`${key}:\n----\n${data[key] ?? ''}\n\n`);
  }
  writer.text('\nBinaryData\n====\n');
  for (const key of Object.keys(binaryData).sort()) {
    writer.text(`${key}: ${base64Bytes(binaryData[key] ?? '')?.length ?? 0} bytes\n`);
  }
  writer.text('\n');
  describeEvents(session, writer, object);
  return writer.toString();
}

export function describeSecret(_session: Session, object: KubeObject): string {
  const { type = '', data = {} } = object as Secret;
  const writer = new DescribeWriter();
  writeHead(writer, object);
  writer.text(`\nType:\t${type}\n\nData\n====\n`);
  for (const key of Object.keys(data).sort()) {
    const isToken = type === 'kubernetes.io/service-account-token' && key === 'token';
    const bytes = base64Bytes(data[key] ?? '') ?? new Uint8Array();
    const shown = isToken ? new TextDecoder().decode(bytes) : `${bytes.length} bytes`;
    writer.text(`${key}:\t${shown}\n`);
  }
  return writer.toString();
}

export function describeServiceAccount(session: Session, object: KubeObject): string {
  const { secrets = [], imagePullSecrets = [] } = object as ServiceAccount;
  const all = secretsBeside(session, object);
  const known = new Set(all.map(({ metadata }) => metadata?.name ?? ''));
  const writer = new DescribeWriter();
  writeHead(writer, object);
  const lists = [
    ['Image pull secrets', imagePullSecrets.map(({ name = '' }) => name)],
    ['Mountable secrets', secrets.map(({ name = '' }) => name)],
    ['Tokens', tokensOf(all, object)],
  ] as const;
  for (const [title, names] of lists) {
    if (names.length === 0) writer.field(0, title, '<none>');
    names.forEach((name, index) => {
      const missing = known.has(name) ? '' : ' (not found)';
      writer.line(0, `${index === 0 ? `${title}:` : ''}\t${name}${missing}`);
    });
  }
  describeEvents(session, writer, object);
  return writer.toString();
}

function secretsBeside(session: Session, { metadata }: KubeObject): readonly Secret[] {
  const list = session.api.request({
    verb: 'list',
    group: '',
    version: 'v1',
    resource: 'secrets',
    namespace: metadata?.namespace,
  });
  return (list['items'] ?? []) as readonly Secret[];
}

/** Secrets that hold a token of the account. */
function tokensOf(all: readonly Secret[], { metadata }: KubeObject): readonly string[] {
  return all.flatMap((secret) => {
    const { annotations = {}, name = '' } = secret.metadata ?? {};
    const isToken = secret.type === 'kubernetes.io/service-account-token';
    const own = annotations['kubernetes.io/service-account.name'] === metadata?.name;
    return isToken && own ? [name] : [];
  });
}
