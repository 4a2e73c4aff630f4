// What the server warns of in a Pod's spec without refusing it (pkg/api/pod/warnings.go).
import type { Container, ContainerPort, PodSpec } from '../../api/generated/types.ts';
import { quoted } from '../../api/messages.ts';
import { parseQuantity } from '../../api/quantity.ts';

const deprecatedNodeLabels: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region':
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone':
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type':
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
};

interface Placed {
  readonly path: string;
  readonly container: Container;
}

/** @param path where the spec stands: `spec`, `spec.template.spec` */
export function podSpecWarnings(spec: PodSpec, path: string): readonly string[] {
  const containers = placedContainers(spec, path);
  return [
    ...nodeSelectorWarnings(spec, path),
    ...spreadWarnings(spec, path),
    ...volumeWarnings(spec, path),
    ...pullSecretWarnings(spec, path),
    ...containers.flatMap(containerWarnings),
    ...portWarnings(containers),
    ...graceWarnings(spec, path),
  ];
}

function placedContainers(spec: PodSpec, path: string): readonly Placed[] {
  const place = (list: readonly Container[] | undefined, field: string): readonly Placed[] =>
    (list ?? []).map((container, index) => ({ container, path: `${path}.${field}[${index}]` }));
  return [...place(spec.initContainers, 'initContainers'), ...place(spec.containers, 'containers')];
}

function nodeSelectorWarnings({ nodeSelector = {} }: PodSpec, path: string): readonly string[] {
  return Object.keys(nodeSelector)
    .sort()
    .flatMap((key) => {
      const text = deprecatedNodeLabels[key];
      return text === undefined ? [] : [`${path}.nodeSelector[${key}]: ${text}`];
    });
}

function spreadWarnings(spec: PodSpec, path: string): readonly string[] {
  return (spec.topologySpreadConstraints ?? []).flatMap((constraint, index) => {
    const at = `${path}.topologySpreadConstraints[${index}]`;
    const text = deprecatedNodeLabels[constraint.topologyKey];
    return [
      ...(text === undefined ? [] : [`${at}.topologyKey: ${constraint.topologyKey} is ${text}`]),
      ...(constraint.labelSelector === undefined
        ? [`${at}.labelSelector: a null labelSelector results in matching no pod`]
        : []),
    ];
  });
}

const deprecatedVolumes: Readonly<Record<string, string>> = {
  gitRepo: 'deprecated in v1.11',
  cephfs: 'deprecated in v1.28, non-functional in v1.31+',
  rbd: 'deprecated in v1.28, non-functional in v1.31+',
  glusterfs: 'deprecated in v1.25, non-functional in v1.26+',
};

function volumeWarnings({ volumes = [] }: PodSpec, path: string): readonly string[] {
  return volumes.flatMap((volume, index) =>
    Object.keys(deprecatedVolumes)
      .filter((type) => (volume as unknown as Record<string, unknown>)[type] !== undefined)
      .map((type) => `${path}.volumes[${index}].${type}: ${deprecatedVolumes[type] ?? ''}`),
  );
}

function pullSecretWarnings({ imagePullSecrets = [] }: PodSpec, path: string): readonly string[] {
  const seen = new Set<string>();
  return imagePullSecrets.flatMap(({ name = '' }, index) => {
    const at = `${path}.imagePullSecrets[${index}]`;
    if (name === '') return [`${at}: invalid empty name ""`];
    if (seen.has(name)) return [`${at}: duplicate name ${quoted(name)}`];
    seen.add(name);
    return [];
  });
}

function containerWarnings({ container, path }: Placed): readonly string[] {
  const { limits = {}, requests = {} } = container.resources ?? {};
  const seen = new Set<string>();
  const hidden = (container.env ?? []).flatMap(({ name, value = '' }, index) => {
    // Definitions that refer to their own earlier value build on it and hide nothing.
    const hides = seen.has(name) && !value.includes(`$(${name})`);
    seen.add(name);
    const text = `hides previous definition of ${quoted(name)}, which may be dropped when using apply`;
    return hides ? [`${path}.env[${index}]: ${text}`] : [];
  });
  return [
    ...fractionalBytes(limits, `${path}.resources.limits`),
    ...fractionalBytes(requests, `${path}.resources.requests`),
    ...hidden,
  ];
}

const countedInBytes = ['memory', 'ephemeral-storage'];

/** Amounts of bytes that are no whole number. */
export function fractionalBytes(
  amounts: Readonly<Record<string, string>>,
  path: string,
  names: readonly string[] = countedInBytes,
): readonly string[] {
  return names.flatMap((name) => {
    const amount = amounts[name];
    const nanos = amount === undefined ? 0n : (parseQuantity(amount)?.nanos ?? 0n);
    if (amount === undefined || nanos % 1_000_000_000n === 0n) return [];
    return [
      `${path}[${name}]: fractional byte value ${quoted(amount)} is invalid, must be an integer`,
    ];
  });
}

/** Ports that more than one container, or one container twice, says it listens on. */
function portWarnings(containers: readonly Placed[]): readonly string[] {
  const warnings: string[] = [];
  const known = new Map<string, { readonly path: string; readonly port: ContainerPort }[]>();
  for (const { container, path } of containers) {
    for (const [index, port] of (container.ports ?? []).entries()) {
      const at = `${path}.ports[${index}]`;
      const key = `${port.containerPort}/${port.protocol ?? 'TCP'}`;
      const others = known.get(key) ?? [];
      for (const other of others) {
        const text = overlap(port, other.port);
        if (text !== undefined) warnings.push(`${at}: ${text} with ${other.path}`);
      }
      known.set(key, [...others, { path: at, port }]);
    }
  }
  return warnings;
}

function overlap(port: ContainerPort, other: ContainerPort): string | undefined {
  const [ip, otherIp] = [port.hostIP ?? '', other.hostIP ?? ''];
  const [host, otherHost] = [port.hostPort ?? 0, other.hostPort ?? 0];
  if (ip === otherIp && host === otherHost) return 'duplicate port definition';
  if (host === 0 || otherHost === 0) return 'overlapping port definition';
  const isAmbiguous = host === otherHost && (ip === '') !== (otherIp === '');
  return isAmbiguous ? 'dangerously ambiguous port definition' : undefined;
}

function graceWarnings(spec: PodSpec, path: string): readonly string[] {
  if ((spec.terminationGracePeriodSeconds ?? 0) >= 0) return [];
  return [
    `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
  ];
}
