// Services (ValidateService).
import type { Service, ServicePort } from '../generated/types.ts';
import { duplicate, forbidden, invalid, quoted, required, type FieldError } from '../messages.ts';
import { checkDns1123Subdomain, checkQualifiedName } from '../names.ts';
import { checkSpecialIp } from '../ip.ts';
import { validatePort, type Port } from './handlers.ts';
import { validateLabels } from './metadata.ts';
import {
  cidr,
  ip,
  judge,
  label,
  oneOf,
  oneOfGiven,
  oneOfRequired,
  qualifiedName,
} from './rules.ts';
import { validateAddresses } from './service-addresses.ts';

export type Spec = NonNullable<Service['spec']>;

export const isHeadless = ({ clusterIPs = [] }: Spec): boolean =>
  clusterIPs.length === 1 && clusterIPs[0] === 'None';

function validateType(spec: Spec): readonly FieldError[] {
  const { type, externalName = '', clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec;
  if (type === 'LoadBalancer' || type === 'NodePort') {
    const text = `may not be set to 'None' for ${type} services`;
    return isHeadless(spec) ? [invalid('spec.clusterIPs[0]', 'None', text)] : [];
  }
  if (type !== 'ExternalName') return [];
  const text = 'may not be set for ExternalName services';
  const name = externalName.replace(/\.$/, '');
  return [
    ...(clusterIPs.length > 0 ? [forbidden('spec.clusterIPs', text)] : []),
    ...(ipFamilies.length > 0 ? [forbidden('spec.ipFamilies', text)] : []),
    ...(ipFamilyPolicy === undefined ? [] : [forbidden('spec.ipFamilyPolicy', text)]),
    ...(name === ''
      ? [required('spec.externalName')]
      : judge('spec.externalName', name, checkDns1123Subdomain)),
  ];
}

function validatePorts(ports: readonly ServicePort[]): readonly FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = `spec.ports[${index}]`;
    const { name = '', appProtocol } = port;
    const errors = [...label(`${at}.name`, name)];
    if (name === '' && ports.length > 1) errors.push(required(`${at}.name`));
    if (name !== '' && names.has(name)) errors.push(duplicate(`${at}.name`, name));
    if (name !== '') names.add(name);
    return [
      ...errors,
      ...validatePort(port.port ?? 0, `${at}.port`),
      ...oneOfRequired(`${at}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']),
      ...validatePort(port.targetPort as Port, `${at}.targetPort`),
      ...(appProtocol === undefined
        ? []
        : judge(`${at}.appProtocol`, appProtocol, checkQualifiedName)),
    ];
  });
}

function validateAffinity(spec: Spec): readonly FieldError[] {
  const { sessionAffinity, sessionAffinityConfig: config } = spec;
  const path = 'spec.sessionAffinityConfig';
  const errors = [...oneOfRequired('spec.sessionAffinity', sessionAffinity, ['ClientIP', 'None'])];
  if (sessionAffinity === 'None' && config !== undefined) {
    errors.push(forbidden(path, 'must not be set when session affinity is None'));
  }
  if (sessionAffinity !== 'ClientIP') return errors;
  const detail = 'when session affinity type is ClientIP';
  if (config === undefined) return [...errors, required(path, detail)];
  if (config.clientIP === undefined) return [...errors, required(`${path}.clientIP`, detail)];
  const { timeoutSeconds } = config.clientIP;
  const at = `${path}.clientIP.timeoutSeconds`;
  if (timeoutSeconds === undefined) return [...errors, required(at, detail)];
  if (timeoutSeconds > 0 && timeoutSeconds <= 86_400) return errors;
  return [...errors, invalid(at, timeoutSeconds, 'must be greater than 0 and less than 86400')];
}

/** Ports that are the same twice, by protocol and number, inside the cluster or on nodes. */
function validateRepeatedPorts(ports: readonly ServicePort[]): readonly FieldError[] {
  const nodePorts = new Set<string>();
  const numbers = new Set<string>();
  const onNodes = ports.flatMap(({ protocol = '', nodePort }, index) => {
    if (!nodePort) return [];
    const key = `${protocol}/${nodePort}`;
    if (nodePorts.has(key)) return [duplicate(`spec.ports[${index}].nodePort`, nodePort)];
    nodePorts.add(key);
    return [];
  });
  const inside = ports.flatMap(({ protocol = '', port = 0 }, index) => {
    const key = `${protocol}/${port}`;
    const isRepeated = numbers.has(key);
    numbers.add(key);
    const target = 'TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}';
    const go = `core.ServicePort{Name:"", Protocol:${quoted(protocol)}, AppProtocol:(*string)(nil), Port:${port}, ${target}, NodePort:0}`;
    return isRepeated ? [duplicate(`spec.ports[${index}]`, { go })] : [];
  });
  return [...onNodes, ...inside];
}

const rangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const onlyLoadBalancers = "may only be used when `type` is 'LoadBalancer'";

function validateSourceRanges({ metadata, spec }: Service): readonly FieldError[] {
  const { type, loadBalancerSourceRanges: ranges = [] } = spec ?? {};
  const refuse = (field: string) =>
    type === 'LoadBalancer' ? [] : [forbidden(field, onlyLoadBalancers)];
  if (ranges.length > 0) {
    const field = 'spec.LoadBalancerSourceRanges';
    return [
      ...refuse(field),
      ...ranges.flatMap((range, index) => cidr(`${field}[${index}]`, range.trim())),
    ];
  }
  const annotation = metadata?.annotations?.[rangesAnnotation];
  if (annotation === undefined) return [];
  const field = `metadata.annotations[${rangesAnnotation}]`;
  const list = annotation.trim() === '' ? [] : annotation.trim().split(',');
  return [...refuse(field), ...list.flatMap((range) => cidr(field, range.trim()))];
}

function validateLoadBalancer(service: Service): readonly FieldError[] {
  const { type, allocateLoadBalancerNodePorts: allocate } = service.spec ?? {};
  const isBalancer = type === 'LoadBalancer';
  const field = 'spec.allocateLoadBalancerNodePorts';
  return [
    ...validateSourceRanges(service),
    ...(allocate !== undefined && !isBalancer ? [forbidden(field, onlyLoadBalancers)] : []),
    ...(allocate === undefined && isBalancer ? [required('allocateLoadBalancerNodePorts')] : []),
    ...validateBalancerClass(service.spec ?? {}),
  ];
}

export function validateBalancerClass({ type, loadBalancerClass }: Spec): readonly FieldError[] {
  if (loadBalancerClass === undefined) return [];
  const field = 'spec.loadBalancerClass';
  if (type === 'LoadBalancer') return qualifiedName(field, loadBalancerClass);
  return [forbidden(field, onlyLoadBalancers)];
}

/** Reachable from outside of the cluster (apiservice.ExternallyAccessible). */
const isExternal = ({ type, externalIPs = [] }: Spec): boolean =>
  type === 'LoadBalancer' ||
  type === 'NodePort' ||
  (type === 'ClusterIP' && externalIPs.length > 0);

export const needsHealthCheck = ({ type, externalTrafficPolicy }: Spec): boolean =>
  type === 'LoadBalancer' && externalTrafficPolicy === 'Local';

function validateTraffic(spec: Spec): readonly FieldError[] {
  const { externalTrafficPolicy: external, internalTrafficPolicy: internal } = spec;
  const { healthCheckNodePort: port = 0, trafficDistribution, type = '' } = spec;
  const policies = ['Cluster', 'Local'];
  const errors: FieldError[] = [];
  const at = 'spec.externalTrafficPolicy';
  if (isExternal(spec)) errors.push(...oneOfRequired(at, external, policies));
  else if (external) {
    errors.push(invalid(at, external, 'may only be set for externally-accessible services'));
  }
  const healthAt = 'spec.healthCheckNodePort';
  if (needsHealthCheck(spec)) {
    errors.push(...(port === 0 ? [required(healthAt)] : validatePort(port, healthAt)));
  } else if (port !== 0) {
    const text =
      "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid(healthAt, port, text));
  }
  if (internal === undefined && ['NodePort', 'LoadBalancer', 'ClusterIP'].includes(type)) {
    errors.push(required('spec.internalTrafficPolicy'));
  }
  return [
    ...errors,
    ...oneOfGiven('spec.internalTrafficPolicy', internal, policies),
    ...oneOfGiven('spec.trafficDistribution', trafficDistribution, ['PreferClose']),
  ];
}

const hintsAnnotation = 'service.kubernetes.io/topology-aware-hints';
const modeAnnotation = 'service.kubernetes.io/topology-mode';

function validateTopology({ metadata }: Service): readonly FieldError[] {
  const hints = metadata?.annotations?.[hintsAnnotation];
  const mode = metadata?.annotations?.[modeAnnotation];
  if (hints === undefined || mode === undefined || hints === mode) return [];
  const text = `must match annotations[${hintsAnnotation}] when both are specified`;
  return [invalid(`metadata.annotations[${modeAnnotation}]`, mode, text)];
}

export function validateService(service: Service): readonly FieldError[] {
  const spec: Spec = service.spec ?? {};
  const { ports = [], type, externalIPs = [] } = spec;
  const needsPorts = !isHeadless(spec) && type !== 'ExternalName';
  const inside = "may not be used when `type` is 'ClusterIP'";
  return [
    ...validateTopology(service),
    ...(ports.length === 0 && needsPorts ? [required('spec.ports')] : []),
    ...validateType(spec),
    ...validatePorts(ports),
    ...validateLabels(spec.selector, 'spec.selector'),
    ...validateAffinity(spec),
    ...validateAddresses(spec),
    ...externalIPs.flatMap((address, index) => {
      const at = `spec.externalIPs[${index}]`;
      const errors = ip(at, address);
      return errors.length > 0 ? errors : judge(at, address, checkSpecialIp);
    }),
    ...(type
      ? oneOf('spec.type', type, ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'])
      : [required('spec.type')]),
    ...(type === 'ClusterIP' ? ports : []).flatMap(({ nodePort }, index) =>
      nodePort ? [forbidden(`spec.ports[${index}].nodePort`, inside)] : [],
    ),
    ...validateRepeatedPorts(ports),
    ...validateLoadBalancer(service),
    ...validateTraffic(spec),
  ];
}
