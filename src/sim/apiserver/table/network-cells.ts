// Cells of Services, endpoints and storage (pkg/printers/internalversion/printers.go, v1.33).
import type {
  EndpointSlice,
  Endpoints,
  PersistentVolume,
  PersistentVolumeClaim,
  Service,
  StorageClass,
} from '../../api/generated/types.ts';
import { formatAccessModes, formatLabels, listWithMore, none, since, unset } from './format.ts';

type Cells = readonly unknown[];

export function serviceCells(service: Service, nowMs: number): Cells {
  const { metadata, spec } = service;
  const ports = (spec?.ports ?? []).map(({ port, nodePort, protocol = 'TCP' }) =>
    (nodePort ?? 0) > 0 ? `${port}:${nodePort ?? 0}/${protocol}` : `${port}/${protocol}`,
  );
  return [
    metadata?.name ?? '',
    spec?.type ?? '',
    spec?.clusterIPs?.[0] || none,
    externalIp(service),
    ports.length === 0 ? none : ports.join(','),
    since(nowMs, metadata?.creationTimestamp),
    formatLabels(spec?.selector),
  ];
}

function externalIp({ spec, status }: Service): string {
  const external = spec?.externalIPs ?? [];
  if (spec?.type === 'ExternalName') return spec.externalName ?? '';
  if (spec?.type !== 'LoadBalancer') return external.length === 0 ? none : external.join(',');
  const ingress = status?.loadBalancer?.ingress ?? [];
  const balancer = [...new Set(ingress.map(({ ip, hostname }) => ip || (hostname ?? '')))].sort();
  const all = [...balancer, ...external];
  return all.length === 0 ? '<pending>' : all.join(',');
}

const hostPort = (ip: string, port: number): string =>
  ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;

export function endpointsCells({ metadata, subsets }: Endpoints, nowMs: number): Cells {
  const texts: string[] = [];
  for (const { addresses = [], ports = [] } of subsets ?? []) {
    if (ports.length === 0) texts.push(...addresses.map(({ ip }) => ip));
    for (const { port } of ports) texts.push(...addresses.map(({ ip }) => hostPort(ip, port)));
  }
  return [
    metadata?.name ?? '',
    (subsets ?? []).length === 0 ? none : listWithMore(texts, 3),
    since(nowMs, metadata?.creationTimestamp),
  ];
}

export function endpointSliceCells(slice: EndpointSlice, nowMs: number): Cells {
  const ports = (slice.ports ?? []).map(({ name, port }) =>
    port === undefined ? (name ?? '*') : String(port),
  );
  const addresses = slice.endpoints.flatMap((endpoint) => endpoint.addresses);
  return [
    slice.metadata?.name ?? '',
    slice.addressType,
    listWithMore(ports, 3) || unset,
    listWithMore(addresses, 3) || unset,
    since(nowMs, slice.metadata?.creationTimestamp),
  ];
}

export function volumeCells({ metadata, spec, status }: PersistentVolume, nowMs: number): Cells {
  const claim = spec?.claimRef;
  return [
    metadata?.name ?? '',
    spec?.capacity?.storage ?? '0',
    formatAccessModes(spec?.accessModes),
    spec?.persistentVolumeReclaimPolicy ?? '',
    metadata?.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating',
    claim === undefined ? '' : `${claim.namespace ?? ''}/${claim.name ?? ''}`,
    spec?.storageClassName ?? '',
    spec?.volumeAttributesClassName ?? unset,
    status?.reason ?? '',
    since(nowMs, metadata?.creationTimestamp),
    spec?.volumeMode ?? unset,
  ];
}

export function claimCells(
  { metadata, spec, status }: PersistentVolumeClaim,
  nowMs: number,
): Cells {
  const isBound = (spec?.volumeName ?? '') !== '';
  return [
    metadata?.name ?? '',
    metadata?.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating',
    spec?.volumeName ?? '',
    isBound ? (status?.capacity?.storage ?? '0') : '',
    isBound ? formatAccessModes(status?.accessModes) : '',
    spec?.storageClassName ?? '',
    spec?.volumeAttributesClassName ?? unset,
    since(nowMs, metadata?.creationTimestamp),
    spec?.volumeMode ?? unset,
  ];
}

const defaultClassAnnotation = 'storageclass.kubernetes.io/is-default-class';

export function storageClassCells(object: StorageClass, nowMs: number): Cells {
  const { metadata } = object;
  const isDefault = metadata?.annotations?.[defaultClassAnnotation] === 'true';
  return [
    `${metadata?.name ?? ''}${isDefault ? ' (default)' : ''}`,
    object.provisioner,
    object.reclaimPolicy ?? 'Delete',
    object.volumeBindingMode ?? 'Immediate',
    object.allowVolumeExpansion ?? false,
    since(nowMs, metadata?.creationTimestamp),
  ];
}
