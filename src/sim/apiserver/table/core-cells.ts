// Cells of nodes, namespaces, configuration, policy and Events (pkg/printers/internalversion/printers.go, v1.33).
import type {
  ConfigMap,
  KubeEvent,
  Lease,
  Namespace,
  Node,
  PodDisruptionBudget,
  PriorityClass,
  ResourceQuota,
  Secret,
  ServiceAccount,
} from '../../api/generated/types.ts';
import { none, since } from './format.ts';

type Cells = readonly unknown[];

export function nodeCells({ metadata, spec, status }: Node, nowMs: number): Cells {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const state = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  const address = (wanted: string): string =>
    status?.addresses?.find(({ type }) => type === wanted)?.address ?? none;
  const info = status?.nodeInfo;
  return [
    metadata?.name ?? '',
    spec?.unschedulable === true ? `${state},SchedulingDisabled` : state,
    nodeRoles(metadata?.labels),
    since(nowMs, metadata?.creationTimestamp),
    info?.kubeletVersion ?? '',
    address('InternalIP'),
    address('ExternalIP'),
    info?.osImage || '<unknown>',
    info?.kernelVersion || '<unknown>',
    info?.containerRuntimeVersion || '<unknown>',
  ];
}

const rolePrefix = 'node-role.kubernetes.io/';

function nodeRoles(labels: Readonly<Record<string, string>> = {}): string {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(labels)) {
    if (key.startsWith(rolePrefix)) {
      const role = key.slice(rolePrefix.length);
      if (role !== '') roles.add(role);
    } else if (key === 'kubernetes.io/role' && value !== '') roles.add(value);
  }
  return roles.size === 0 ? none : [...roles].sort().join(',');
}

export function namespaceCells({ metadata, status }: Namespace, nowMs: number): Cells {
  return [metadata?.name ?? '', status?.phase ?? '', since(nowMs, metadata?.creationTimestamp)];
}

export function configMapCells({ metadata, data, binaryData }: ConfigMap, nowMs: number): Cells {
  const count = Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length;
  return [metadata?.name ?? '', count, since(nowMs, metadata?.creationTimestamp)];
}

export function secretCells({ metadata, type, data }: Secret, nowMs: number): Cells {
  const count = Object.keys(data ?? {}).length;
  return [metadata?.name ?? '', type ?? '', count, since(nowMs, metadata?.creationTimestamp)];
}

export function serviceAccountCells({ metadata, secrets }: ServiceAccount, nowMs: number): Cells {
  return [metadata?.name ?? '', secrets?.length ?? 0, since(nowMs, metadata?.creationTimestamp)];
}

export function resourceQuotaCells({ metadata, status }: ResourceQuota, nowMs: number): Cells {
  const requests: string[] = [];
  const limits: string[] = [];
  for (const name of Object.keys(status?.hard ?? {}).sort()) {
    const column = name.startsWith('limits.') ? limits : requests;
    column.push(`${name}: ${status?.used?.[name] ?? '0'}/${status?.hard?.[name] ?? '0'}`);
  }
  return [
    metadata?.name ?? '',
    requests.join(', '),
    limits.join(', '),
    since(nowMs, metadata?.creationTimestamp),
  ];
}

export function disruptionBudgetCells(object: PodDisruptionBudget, nowMs: number): Cells {
  const { metadata, spec, status } = object;
  return [
    metadata?.name ?? '',
    spec?.minAvailable === undefined ? 'N/A' : String(spec.minAvailable),
    spec?.maxUnavailable === undefined ? 'N/A' : String(spec.maxUnavailable),
    status?.disruptionsAllowed ?? 0,
    since(nowMs, metadata?.creationTimestamp),
  ];
}

export function priorityClassCells(object: PriorityClass, nowMs: number): Cells {
  return [
    object.metadata?.name ?? '',
    object.value,
    object.globalDefault ?? false,
    since(nowMs, object.metadata?.creationTimestamp),
    object.preemptionPolicy ?? '',
  ];
}

export function leaseCells({ metadata, spec }: Lease, nowMs: number): Cells {
  const holder = spec?.holderIdentity ?? '';
  return [metadata?.name ?? '', holder, since(nowMs, metadata?.creationTimestamp)];
}

export function eventCells(event: KubeEvent, nowMs: number): Cells {
  const { involvedObject, series } = event;
  const isSet = (time: string | null | undefined): boolean => time !== undefined && time !== null;
  const first = since(nowMs, isSet(event.firstTimestamp) ? event.firstTimestamp : event.eventTime);
  const last = isSet(event.lastTimestamp) ? since(nowMs, event.lastTimestamp) : first;
  const kind = (involvedObject.kind ?? '').toLowerCase();
  const component = event.source?.component || (event.reportingComponent ?? '');
  const instance = event.source?.host || (event.reportingInstance ?? '');
  return [
    series === undefined ? last : since(nowMs, series.lastObservedTime),
    event.type ?? '',
    event.reason ?? '',
    (involvedObject.name ?? '') === '' ? kind : `${kind}/${involvedObject.name ?? ''}`,
    involvedObject.fieldPath ?? '',
    instance === '' ? component : `${component}, ${instance}`,
    (event.message ?? '').trim(),
    first,
    series?.count ?? (event.count || 1),
    event.metadata.name ?? '',
  ];
}
