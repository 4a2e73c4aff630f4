// Services and where they lead: endpoints and endpoint slices.
import type { Endpoints, EndpointSlice, Service, ServicePort } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import type { Session } from '../session.ts';
import { describeEvents } from './events.ts';
import { formatLabels, writeAnnotations, writeLabels } from './values.ts';
import { DescribeWriter } from './writer.ts';

const maxShown = 3;

function slicesOf(session: Session, { metadata }: Service): readonly EndpointSlice[] {
  const list = session.api.request({
    verb: 'list',
    group: 'discovery.k8s.io',
    version: 'v1',
    resource: 'endpointslices',
    namespace: metadata?.namespace,
    labelSelector: `kubernetes.io/service-name=${metadata?.name ?? ''}`,
  });
  return (list['items'] ?? []) as readonly EndpointSlice[];
}

/** Addresses that are ready, with their port: three of them, then how many more. */
function endpointText(slices: readonly EndpointSlice[], port: ServicePort): string {
  const all: string[] = [];
  for (const slice of slices) {
    for (const slicePort of slice.ports ?? []) {
      if ((slicePort.name ?? '') !== (port.name ?? '')) continue;
      for (const endpoint of slice.endpoints) {
        if (endpoint.conditions?.ready === false) continue;
        for (const address of endpoint.addresses) {
          const host = address.includes(':') ? `[${address}]` : address;
          all.push(slicePort.port === undefined ? address : `${host}:${slicePort.port}`);
        }
      }
    }
  }
  if (all.length === 0) return '<none>';
  if (all.length <= maxShown) return all.join(',');
  return `${all.slice(0, maxShown).join(',')} + ${all.length - maxShown} more...`;
}

function writePorts(
  writer: DescribeWriter,
  service: Service,
  slices: readonly EndpointSlice[],
): void {
  for (const port of service.spec?.ports ?? []) {
    const name = port.name || '<unset>';
    writer.line(0, `Port:\t${name}\t${port.port}/${port.protocol ?? ''}`);
    writer.field(0, 'TargetPort', `${String(port.targetPort ?? 0)}/${port.protocol ?? ''}`);
    if ((port.nodePort ?? 0) !== 0) {
      writer.line(0, `NodePort:\t${name}\t${port.nodePort ?? 0}/${port.protocol ?? ''}`);
    }
    writer.field(0, 'Endpoints', endpointText(slices, port));
  }
}

export function describeService(session: Session, object: KubeObject): string {
  const service = object as Service;
  const { metadata = {}, spec, status } = service;
  const writer = new DescribeWriter();
  writer.field(0, 'Name', metadata.name ?? '');
  writer.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  writer.field(0, 'Selector', formatLabels(spec?.selector));
  writer.field(0, 'Type', spec?.type ?? '');
  if (spec?.ipFamilyPolicy) writer.field(0, 'IP Family Policy', spec.ipFamilyPolicy);
  const families = spec?.ipFamilies ?? [];
  writer.field(0, 'IP Families', families.length === 0 ? '<none>' : families.join(','));
  writer.field(0, 'IP', spec?.clusterIP ?? '');
  const ips = spec?.clusterIPs ?? [];
  writer.field(0, 'IPs', ips.length === 0 ? '<none>' : ips.join(','));
  const external = spec?.externalIPs ?? [];
  if (external.length > 0) writer.field(0, 'External IPs', external.join(','));
  if (spec?.loadBalancerIP) writer.field(0, 'Desired LoadBalancer IP', spec.loadBalancerIP);
  if (spec?.externalName) writer.field(0, 'External Name', spec.externalName);
  const ingress = status?.loadBalancer?.ingress ?? [];
  if (ingress.length > 0) {
    const shown = ingress.map(({ ip, hostname, ipMode }) =>
      ip ? `${ip}${ipMode ? ` (${ipMode})` : ''}` : (hostname ?? ''),
    );
    writer.field(0, 'LoadBalancer Ingress', shown.join(', '));
  }
  writePorts(writer, service, slicesOf(session, service));
  writer.field(0, 'Session Affinity', spec?.sessionAffinity ?? '');
  if (spec?.externalTrafficPolicy) {
    writer.field(0, 'External Traffic Policy', spec.externalTrafficPolicy);
  }
  if (spec?.internalTrafficPolicy) {
    writer.field(0, 'Internal Traffic Policy', spec.internalTrafficPolicy);
  }
  if ((spec?.healthCheckNodePort ?? 0) !== 0) {
    writer.field(0, 'HealthCheck NodePort', spec?.healthCheckNodePort ?? 0);
  }
  const ranges = spec?.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0) writer.field(0, 'LoadBalancer Source Ranges', ranges.join(','));
  describeEvents(session, writer, object);
  return writer.toString();
}

export function describeEndpoints(session: Session, object: KubeObject): string {
  const { metadata = {}, subsets = [] } = object as Endpoints;
  const writer = new DescribeWriter();
  writer.field(0, 'Name', metadata.name ?? '');
  writer.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  writer.line(0, 'Subsets:');
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of subsets) {
    const join = (list: readonly { readonly ip: string }[]): string =>
      list.map(({ ip }) => ip).join(',') || '<none>';
    writer.field(1, 'Addresses', join(addresses));
    writer.field(1, 'NotReadyAddresses', join(notReadyAddresses));
    if (ports.length > 0) {
      writer.line(1, 'Ports:');
      writer.line(2, 'Name\tPort\tProtocol');
      writer.line(2, '----\t----\t--------');
      for (const { name, port, protocol = '' } of ports) {
        writer.line(2, `${name || '<unset>'}\t${port}\t${protocol}`);
      }
    }
    writer.text('\n');
  }
  describeEvents(session, writer, object);
  return writer.toString();
}

export function describeEndpointSlice(session: Session, object: KubeObject): string {
  const { metadata = {}, addressType, ports = [], endpoints } = object as unknown as EndpointSlice;
  const writer = new DescribeWriter();
  writer.field(0, 'Name', metadata.name ?? '');
  writer.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  writer.field(0, 'AddressType', addressType);
  if (ports.length === 0) writer.field(0, 'Ports', '<unset>');
  else {
    writer.line(0, 'Ports:');
    writer.line(1, 'Name\tPort\tProtocol');
    writer.line(1, '----\t----\t--------');
    for (const { name, port, protocol = '' } of ports) {
      writer.line(1, `${name || '<unset>'}\t${port ?? 'default'}\t${protocol}`);
    }
  }
  if (endpoints.length === 0) writer.line(0, 'Endpoints: <none>');
  else {
    writer.line(0, 'Endpoints:');
    for (const endpoint of endpoints) writeEndpoint(writer, endpoint);
  }
  describeEvents(session, writer, object);
  return writer.toString();
}

function writeEndpoint(writer: DescribeWriter, endpoint: EndpointSlice['endpoints'][number]): void {
  const { addresses, conditions, hostname, targetRef, nodeName, zone } = endpoint;
  writer.line(1, `- Addresses:\t${addresses.join(',') || '<none>'}`);
  writer.line(2, 'Conditions:');
  writer.field(3, 'Ready', conditions?.ready ?? '<unset>');
  writer.field(2, 'Hostname', hostname ?? '<unset>');
  if (targetRef) writer.field(2, 'TargetRef', `${targetRef.kind ?? ''}/${targetRef.name ?? ''}`);
  writer.field(2, 'NodeName', nodeName ?? '<unset>');
  writer.field(2, 'Zone', zone ?? '<unset>');
}
