// Field selectors: which fields of which kinds can be selected on, and the comparison (apimachinery/pkg/fields and the
// conversions of pkg/apis/*/v1).
import type { Kind } from '../../api/objects.ts';
import type { Resource } from '../../api/kinds.ts';
import type { AnyStored } from '../store/entry.ts';

export interface FieldRequirement {
  readonly field: string;
  readonly value: string;
  readonly isEqual: boolean;
}

export type FieldSelector = readonly FieldRequirement[];

const selectable: Partial<Record<Kind, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  Node: ['spec.unschedulable'],
  Namespace: ['status.phase', 'name'],
  Secret: ['type'],
  Service: ['spec.clusterIP', 'spec.type'],
  PersistentVolume: ['name'],
  PersistentVolumeClaim: ['name'],
  ReplicaSet: ['status.replicas'],
  Job: ['status.successful'],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
};

/** Splits at commas that no backslash escapes. */
function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let term = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '\\') {
      term += char + text.charAt(i + 1);
      i += 1;
    } else if (char === ',') {
      terms.push(term);
      term = '';
    } else term += char;
  }
  if (term !== '') terms.push(term);
  return terms;
}

function splitTerm(term: string): FieldRequirement | undefined {
  for (const operator of ['!=', '==', '=']) {
    const at = term.indexOf(operator);
    if (at < 0 || (operator === '==' && term.indexOf('=') < at)) continue;
    const value = term.slice(at + operator.length).replace(/\\([\\,=])/g, '$1');
    return { field: term.slice(0, at), value, isEqual: operator !== '!=' };
  }
  return undefined;
}

/** Parses `status.phase=Running,metadata.name!=a`. @returns the requirements, or why the server refuses them. */
export function parseFieldSelector(
  info: Resource,
  text: string,
):
  | { readonly ok: true; readonly selector: FieldSelector }
  | { readonly ok: false; readonly message: string } {
  const selector: FieldRequirement[] = [];
  for (const term of splitTerms(text)) {
    if (term === '') continue;
    const requirement = splitTerm(term);
    if (requirement === undefined) {
      return { ok: false, message: `invalid selector: '${text}'; can't understand '${term}'` };
    }
    const message = checkField(info, requirement.field);
    if (message !== undefined) return { ok: false, message };
    selector.push(requirement);
  }
  return { ok: true, selector };
}

function checkField(info: Resource, field: string): string | undefined {
  if (field === 'metadata.name' || field === 'metadata.namespace') return undefined;
  const known = info.modelled === undefined ? undefined : selectable[info.modelled];
  if (known?.includes(field)) return undefined;
  if (known !== undefined) return `field label not supported: ${field}`;
  return `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

/** True when the object meets every requirement. */
export function matchesFields(selector: FieldSelector, object: AnyStored): boolean {
  return selector.every(
    ({ field, value, isEqual }) => (fieldValue(object, field) === value) === isEqual,
  );
}

function fieldValue(object: AnyStored, field: string): string {
  if (field === 'name') return object.metadata.name;
  if (object.kind === 'Event' && field === 'source') {
    const source = (object.source as { component?: string } | undefined)?.component;
    return source || String(object.reportingComponent ?? '');
  }
  if (field === 'status.successful') {
    return String((object.status as { succeeded?: number } | undefined)?.succeeded ?? 0);
  }
  if (field === 'status.podIPs') {
    const ips = (object.status as { podIPs?: readonly { ip: string }[] } | undefined)?.podIPs ?? [];
    return ips[0]?.ip ?? '';
  }
  let value: unknown = object;
  for (const part of field.split('.'))
    value = (value as Record<string, unknown> | undefined)?.[part];
  if (value === undefined || value === null) {
    return field === 'spec.unschedulable' || field === 'spec.hostNetwork' ? 'false' : '';
  }
  return String(value);
}
