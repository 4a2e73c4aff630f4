// The variables of a container, and where they come from.
import type { Container, EnvVar, EphemeralContainer, Pod } from '#sim/api/generated/types.ts';
import { milliValue, value as quantityValue } from '#sim/api/quantity.ts';
import type { DescribeWriter } from './writer.ts';

type AnyContainer = Container | EphemeralContainer;

export function writeEnvironment(
  writer: DescribeWriter,
  container: AnyContainer,
  pod: Pod | undefined,
): void {
  writeSources(writer, container);
  const variables = container.env ?? [];
  writer.line(2, variables.length === 0 ? 'Environment:\t<none>' : 'Environment:');
  for (const variable of variables) {
    for (const line of variableLines(variable, container, pod)) writer.line(3, line);
  }
}

function writeSources(writer: DescribeWriter, container: AnyContainer): void {
  const sources = container.envFrom ?? [];
  if (sources.length === 0) return;
  writer.line(2, 'Environment Variables from:');
  for (const { prefix = '', configMapRef, secretRef } of sources) {
    const reference = configMapRef ?? secretRef;
    const kind = configMapRef ? 'ConfigMap' : 'Secret';
    const named = prefix === '' ? kind : `${kind} with prefix '${prefix}'`;
    const optional = reference?.optional === true;
    writer.line(3, `${reference?.name ?? ''}\t${named}\tOptional: ${optional}`);
  }
}

function variableLines(
  variable: EnvVar,
  container: AnyContainer,
  pod: Pod | undefined,
): readonly string[] {
  const { name, value = '', valueFrom } = variable;
  if (valueFrom === undefined) {
    const [first = '', ...rest] = value.split('\n');
    return [`${name}:\t${first}`, ...rest.map((line) => `\t${line}`)];
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) {
    const found = pod === undefined ? '' : fieldValue(pod, fieldRef.fieldPath);
    return [`${name}:\t${found} (${fieldRef.apiVersion ?? ''}:${fieldRef.fieldPath})`];
  }
  if (resourceFieldRef) {
    const { resource, divisor = '0' } = resourceFieldRef;
    const found = resourceValue(container, resource, divisor);
    const isFree = found === '0' && (resource === 'limits.cpu' || resource === 'limits.memory');
    return [`${name}:\t${isFree ? 'node allocatable' : found} (${resource})`];
  }
  if (secretKeyRef) {
    const { key, name: secret = '', optional = false } = secretKeyRef;
    return [`${name}:\t<set to the key '${key}' in secret '${secret}'>\tOptional: ${optional}`];
  }
  if (configMapKeyRef) {
    const { key, name: map = '', optional = false } = configMapKeyRef;
    return [`${name}:\t<set to the key '${key}' of config map '${map}'>\tOptional: ${optional}`];
  }
  return [];
}

function formatMap(map: Readonly<Record<string, string>> | undefined): string {
  return Object.keys(map ?? {})
    .sort()
    .map((key) => `${key}=${JSON.stringify(map?.[key] ?? '')}`)
    .join('\n');
}

/** What kubectl can tell of a field without asking a node (fieldpath.ExtractFieldPathAsString). */
function fieldValue({ metadata = {} }: Pod, path: string): string {
  switch (path) {
    case 'metadata.name':
      return metadata.name ?? '';
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid ?? '';
    case 'metadata.labels':
      return formatMap(metadata.labels);
    case 'metadata.annotations':
      return formatMap(metadata.annotations);
    default:
      return '';
  }
}

/** A limit or request in units of the divisor, rounded up. */
function resourceValue(container: AnyContainer, resource: string, divisor: string): string {
  const dot = resource.indexOf('.');
  const kind = resource.slice(0, dot) as 'limits' | 'requests';
  const name = resource.slice(dot + 1);
  const amount = container.resources?.[kind]?.[name];
  if (amount === undefined) return '0';
  const unit = divisor === '0' ? '1' : divisor;
  if (name === 'cpu') return String(Math.ceil(milliValue(amount) / milliValue(unit)));
  return String(Math.ceil(quantityValue(amount) / quantityValue(unit)));
}
