// Endpoints and EndpointSlices (ValidateEndpoints; pkg/apis/discovery/validation).
import type {
  Endpoint,
  EndpointAddress,
  EndpointPort,
  Endpoints,
  EndpointSlice,
} from '../generated/types.ts';
import { checkSpecialIp, parseIp } from '../ip.ts';
import { duplicate, invalid, required, tooMany, type FieldError } from '../messages.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  checkPortNumber,
  checkQualifiedName,
} from '../names.ts';
import { validateLabels } from './metadata.ts';
import {
  immutable,
  ip,
  judge,
  judgeGiven,
  judgeRequired,
  label,
  oneOfRequired,
  subdomain,
} from './rules.ts';

const protocols = ['SCTP', 'TCP', 'UDP'];

const validateAddress = (address: EndpointAddress, field: string): readonly FieldError[] => [
  ...ip(`${field}.ip`, address.ip),
  ...label(`${field}.hostname`, address.hostname),
  ...(address.nodeName === undefined
    ? []
    : judge(`${field}.nodeName`, address.nodeName, checkDns1123Subdomain)),
  ...judge(`${field}.ip`, address.ip, checkSpecialIp),
];

const validatePort = (
  port: EndpointPort,
  field: string,
  isOnly: boolean,
): readonly FieldError[] => [
  ...(isOnly
    ? label(`${field}.name`, port.name)
    : judgeRequired(`${field}.name`, port.name, checkDns1123Label)),
  ...checkPortNumber(port.port ?? 0).map((text) => invalid(`${field}.port`, port.port ?? 0, text)),
  ...oneOfRequired(`${field}.protocol`, port.protocol, protocols),
  ...(port.appProtocol === undefined
    ? []
    : judge(`${field}.appProtocol`, port.appProtocol, checkQualifiedName)),
];

export function validateEndpoints({ subsets }: Endpoints): readonly FieldError[] {
  return (subsets ?? []).flatMap((subset, index) => {
    const field = `subsets[${index}]`;
    const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
    const isEmpty = addresses.length + notReadyAddresses.length === 0;
    return [
      ...(isEmpty ? [required(field, 'must specify `addresses` or `notReadyAddresses`')] : []),
      ...addresses.flatMap((one, at) => validateAddress(one, `${field}.addresses[${at}]`)),
      ...notReadyAddresses.flatMap((one, at) =>
        validateAddress(one, `${field}.notReadyAddresses[${at}]`),
      ),
      ...ports.flatMap((port, at) =>
        validatePort(port as EndpointPort, `${field}.ports[${at}]`, ports.length === 1),
      ),
    ];
  });
}

const mostInSlice = 1000;
const mostInList = 100;
const mostLabels = 16;
const mostZones = 8;

/** A full name of a host: two parts at least. */
function validateHostName(name: string, field: string): readonly FieldError[] {
  if (name === '') return [required(field)];
  const host = name.replace(/\.$/, '');
  const texts = checkDns1123Subdomain(host);
  if (texts.length > 0) return [invalid(field, host, texts.join(','))];
  const parts = host.split('.');
  if (parts.length < 2) {
    const text = 'should be a domain with at least two segments separated by dots';
    return [invalid(field, host, text)];
  }
  return parts.flatMap((part) => judge(field, part, checkDns1123Label));
}

function validateSliceAddress(address: string, type: string, field: string): readonly FieldError[] {
  if (type === 'FQDN') return validateHostName(address, field);
  if (type !== 'IPv4' && type !== 'IPv6') return [];
  const fits = parseIp(address)?.version === (type === 'IPv4' ? 4 : 6);
  return [
    ...(fits ? [] : [invalid(field, address, `must be a valid ${type} address`)]),
    ...judge(field, address, checkSpecialIp),
  ];
}

function validateZones({ hints }: Endpoint, field: string): readonly FieldError[] {
  const zones = hints?.forZones ?? [];
  if (zones.length > mostZones) return [tooMany(field, zones.length, mostZones)];
  return zones.flatMap(({ name }, index) => {
    const at = `${field}[${index}].name`;
    const isRepeated = zones.findIndex((zone) => zone.name === name) < index;
    return [...(isRepeated ? [duplicate(at, name)] : []), ...judge(at, name, checkQualifiedName)];
  });
}

function validateEndpoint(endpoint: Endpoint, type: string, field: string): readonly FieldError[] {
  const { addresses = [], deprecatedTopology: topology, hostname, nodeName } = endpoint;
  const labels = Object.keys(topology ?? {}).length;
  const list = `${field}.addresses`;
  return [
    ...(addresses.length === 0 ? [required(list, 'must contain at least 1 address')] : []),
    ...(addresses.length > mostInList ? [tooMany(list, addresses.length, mostInList)] : []),
    ...addresses.flatMap((one, at) => validateSliceAddress(one, type, `${list}[${at}]`)),
    ...subdomain(`${field}.nodeName`, nodeName),
    ...(labels > mostLabels ? [tooMany(`${field}.deprecatedTopology`, labels, mostLabels)] : []),
    ...validateLabels(topology, `${field}.deprecatedTopology`),
    ...(hostname === undefined ? [] : judge(`${field}.hostname`, hostname, checkDns1123Label)),
    ...validateZones(endpoint, `${field}.hints.forZones`),
  ];
}

function validateSlicePorts(ports: NonNullable<EndpointSlice['ports']>): readonly FieldError[] {
  if (ports.length > mostInList) return [tooMany('ports', ports.length, mostInList)];
  return ports.flatMap((port, index) => {
    const field = `ports[${index}]`;
    const name = port.name ?? '';
    const isRepeated = ports.findIndex((other) => (other.name ?? '') === name) < index;
    return [
      ...judgeGiven(`${field}.name`, name, checkDns1123Label),
      ...(isRepeated ? [duplicate(`${field}.name`, name)] : []),
      ...oneOfRequired(`${field}.protocol`, port.protocol, protocols),
      ...(port.appProtocol === undefined
        ? []
        : judge(`${field}.appProtocol`, port.appProtocol, checkQualifiedName)),
    ];
  });
}

export function validateEndpointSlice(slice: EndpointSlice): readonly FieldError[] {
  const { addressType, endpoints, ports } = slice;
  const list = endpoints ?? [];
  return [
    ...oneOfRequired('addressType', addressType, ['FQDN', 'IPv4', 'IPv6']),
    ...(list.length > mostInSlice
      ? [tooMany('endpoints', list.length, mostInSlice)]
      : list.flatMap((one, index) => validateEndpoint(one, addressType, `endpoints[${index}]`))),
    ...validateSlicePorts(ports ?? []),
  ];
}

export const validateEndpointSliceUpdate = (now: EndpointSlice, old: EndpointSlice) => [
  ...validateEndpointSlice(now),
  ...immutable('addressType', now.addressType === old.addressType, () => now.addressType),
];
