// Namespaces, and what limits them: resource quotas and limit ranges.
import type { LimitRange, Namespace, ResourceQuota } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import type { Session } from '../session.ts';
import { longTime, writeAnnotations, writeLabels } from './values.ts';
import { DescribeWriter } from './writer.ts';

function listIn(session: Session, resource: string, namespace: string): readonly KubeObject[] {
  const list = session.api.request({ verb: 'list', group: '', version: 'v1', resource, namespace });
  return (list['items'] ?? []) as readonly KubeObject[];
}

export function describeNamespace(session: Session, object: KubeObject): string {
  const { metadata = {}, status } = object as Namespace;
  const name = metadata.name ?? '';
  const writer = new DescribeWriter();
  writer.field(0, 'Name', name);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  writer.field(0, 'Status', status?.phase ?? '');
  const conditions = status?.conditions ?? [];
  if (conditions.length > 0) {
    writer.line(0, 'Conditions:');
    writer.line(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage');
    writer.line(1, '----\t------\t------------------\t------\t-------');
    for (const {
      type,
      status: state,
      lastTransitionTime,
      reason = '',
      message = '',
    } of conditions) {
      const time = longTime(lastTransitionTime);
      writer.line(1, `${type}\t${state}\t${time}\t${reason}\t${message}`);
    }
  }
  writer.text('\n');
  writeQuotas(writer, listIn(session, 'resourcequotas', name) as readonly ResourceQuota[]);
  writer.text('\n');
  writeLimitRanges(
    writer,
    listIn(session, 'limitranges', name) as unknown as readonly LimitRange[],
  );
  return writer.toString();
}

const scopeHelp: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

function writeScopes(writer: DescribeWriter, quota: ResourceQuota, level: number): void {
  const scopes = [...(quota.spec?.scopes ?? [])].sort();
  if (scopes.length === 0) return;
  writer.field(level, 'Scopes', scopes.join(', '));
  for (const scope of scopes) {
    const help = scopeHelp[scope];
    if (help !== undefined) writer.text(`${level === 0 ? ' ' : '  '}* ${help}\n`);
  }
}

function writeUsage(writer: DescribeWriter, { status }: ResourceQuota, level: number): void {
  for (const name of Object.keys(status?.hard ?? {}).sort()) {
    writer.line(level, `${name}\t${status?.used?.[name] ?? '0'}\t${status?.hard?.[name] ?? ''}`);
  }
}

function writeQuotas(writer: DescribeWriter, quotas: readonly ResourceQuota[]): void {
  if (quotas.length === 0) {
    writer.line(0, 'No resource quota.');
    return;
  }
  writer.line(0, 'Resource Quotas');
  for (const quota of quotas) {
    writer.field(1, 'Name', quota.metadata?.name ?? '');
    writeScopes(writer, quota, 1);
    writer.line(1, 'Resource\tUsed\tHard');
    writer.line(1, '--------\t---\t---');
    writeUsage(writer, quota, 1);
  }
}

function writeLimitRanges(writer: DescribeWriter, ranges: readonly LimitRange[]): void {
  if (ranges.length === 0) {
    writer.line(0, 'No LimitRange resource.');
    return;
  }
  writer.text('Resource Limits\n');
  writeLimitHead(writer, ' ');
  for (const range of ranges) writeLimits(writer, range, ' ');
}

function writeLimitHead(writer: DescribeWriter, indent: string): void {
  const names = ['Type', 'Resource', 'Min', 'Max', 'Default Request', 'Default Limit'];
  const all = [...names, 'Max Limit/Request Ratio'];
  writer.text(`${indent}${all.join('\t')}\n`);
  writer.text(`${indent}${all.map((name) => '-'.repeat(name.length)).join('\t')}\n`);
}

function writeLimits(writer: DescribeWriter, { spec }: LimitRange, indent: string): void {
  for (const item of spec?.limits ?? []) {
    const columns = [
      item.min,
      item.max,
      item.defaultRequest,
      item.default,
      item.maxLimitRequestRatio,
    ];
    const names = new Set(columns.flatMap((column) => Object.keys(column ?? {})));
    for (const name of [...names].sort()) {
      const cells = columns.map((column) => column?.[name] ?? '-');
      writer.text(`${indent}${item.type}\t${name}\t${cells.join('\t')}\n`);
    }
  }
}

export function describeLimitRange(_session: Session, object: KubeObject): string {
  const writer = new DescribeWriter();
  writer.field(0, 'Name', object.metadata?.name ?? '');
  writer.field(0, 'Namespace', object.metadata?.namespace ?? '');
  writeLimitHead(writer, '');
  writeLimits(writer, object as unknown as LimitRange, '');
  return writer.toString();
}

export function describeQuota(_session: Session, object: KubeObject): string {
  const quota = object as ResourceQuota;
  const writer = new DescribeWriter();
  writer.field(0, 'Name', quota.metadata?.name ?? '');
  writer.field(0, 'Namespace', quota.metadata?.namespace ?? '');
  writeScopes(writer, quota, 0);
  writer.line(0, 'Resource\tUsed\tHard');
  writer.line(0, '--------\t----\t----');
  writeUsage(writer, quota, 0);
  return writer.toString();
}
