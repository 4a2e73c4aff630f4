// A Pod spec, of a Pod or of a template (ValidatePodSpec).
import type { PodSpec } from '../generated/types.ts';
import {
  duplicate,
  forbidden,
  goStringList,
  invalid,
  required,
  type FieldError,
} from '../messages.ts';
import { byteLength, checkDns1123Subdomain, checkSearchDomain } from '../names.ts';
import {
  validateContainers,
  validateEphemeralContainers,
  validateInitContainers,
} from './containers.ts';
import { validateLabels } from './metadata.ts';
import { validateOs } from './pod-os.ts';
import { validateAffinity, validateSpread } from './pod-affinity.ts';
import { validateResources } from './resources.ts';
import { ip, judge, label, oneOf, oneOfRequired, qualifiedName, subdomain } from './rules.ts';
import { validatePodSecurity } from './security.ts';
import { validateTolerations } from './tolerations.ts';
import { validateVolumes } from './volumes.ts';

const mostInt32 = 2_147_483_647;

function validateHostPorts(spec: PodSpec, isPod: boolean, field: string): readonly FieldError[] {
  if (spec.hostNetwork !== true) return [];
  const text = 'must match `containerPort` when `hostNetwork` is true';
  return (spec.containers ?? []).flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ hostPort = 0, containerPort }, at) =>
      (isPod || hostPort !== 0) && hostPort !== containerPort
        ? [invalid(`${field}.containers[${index}].ports[${at}].hostPort`, hostPort, text)]
        : [],
    ),
  );
}

type DnsConfig = NonNullable<PodSpec['dnsConfig']>;

function validateSearches(searches: readonly string[], field: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (searches.length > 32) {
    const text = 'must not have more than 32 search paths';
    errors.push(invalid(field, goStringList(searches), text));
  }
  if (byteLength(searches.join(' ')) > 2048) {
    const text = 'must not have more than 2048 characters (including spaces) in the search list';
    errors.push(invalid(field, goStringList(searches), text));
  }
  const names = searches.flatMap((search, index) =>
    search === '.' ? [] : judge(`${field}[${index}]`, search.replace(/\.$/, ''), checkSearchDomain),
  );
  return [...errors, ...names];
}

function validateDns(
  config: DnsConfig | undefined,
  policy: string | undefined,
  field: string,
): readonly FieldError[] {
  if (policy === 'None') {
    if (config === undefined) {
      return [required(field, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    }
    if ((config.nameservers ?? []).length === 0) {
      const text = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
      return [required(`${field}.nameservers`, text)];
    }
  }
  const { nameservers = [], searches = [], options = [] } = config ?? {};
  const servers = `${field}.nameservers`;
  const text = 'must not have more than 3 nameservers';
  return [
    ...(nameservers.length > 3 ? [invalid(servers, goStringList(nameservers), text)] : []),
    ...nameservers.flatMap((server, index) => ip(`${servers}[${index}]`, server)),
    ...validateSearches(searches, `${field}.searches`),
    ...options.flatMap(({ name }, index) =>
      name ? [] : [required(`${field}.options[${index}]`, 'must not be empty')],
    ),
  ];
}

function validateGates(spec: PodSpec, field: string): readonly FieldError[] {
  const seen = new Set<string>();
  return [
    ...(spec.readinessGates ?? []).flatMap(({ conditionType }, index) =>
      qualifiedName(`${field}.readinessGates[${index}].conditionType`, conditionType),
    ),
    ...(spec.schedulingGates ?? []).flatMap(({ name }, index) => {
      const at = `${field}.schedulingGates[${index}]`;
      const isRepeated = seen.has(name);
      seen.add(name);
      return [...qualifiedName(at, name), ...(isRepeated ? [duplicate(at, name)] : [])];
    }),
  ];
}

/** A Pod with users of its own shares nothing else with the node; the paths are the server's. */
function validateHostUsers(spec: PodSpec, field: string): readonly FieldError[] {
  if (spec.hostUsers !== false) return [];
  const text = 'when `pod.Spec.HostUsers` is false';
  return [
    ...(spec.hostNetwork === true ? [forbidden(`${field}.hostNetwork`, text)] : []),
    ...(spec.hostPID === true ? [forbidden(`${field}.HostPID`, text)] : []),
    ...(spec.hostIPC === true ? [forbidden(`${field}.HostIPC`, text)] : []),
  ];
}

function validateDeadline(seconds: number | undefined, field: string): readonly FieldError[] {
  if (seconds === undefined || (seconds >= 1 && seconds <= mostInt32)) return [];
  return [invalid(field, seconds, `must be between 1 and ${mostInt32}, inclusive`)];
}

/** Everything after the containers, up to who runs it and where. */
function validateEnvironment(spec: PodSpec, isPod: boolean, field: string): readonly FieldError[] {
  return [
    ...validateHostPorts(spec, isPod, field),
    ...oneOfRequired(`${field}.restartPolicy`, spec.restartPolicy, [
      'Always',
      'OnFailure',
      'Never',
    ]),
    ...oneOfRequired(`${field}.dnsPolicy`, spec.dnsPolicy, [
      'ClusterFirstWithHostNet',
      'ClusterFirst',
      'Default',
      'None',
    ]),
    ...validateLabels(spec.nodeSelector, `${field}.nodeSelector`),
    ...validatePodSecurity(spec, `${field}.securityContext`),
    ...(spec.affinity ? validateAffinity(spec.affinity, `${field}.affinity`) : []),
    ...validateDns(spec.dnsConfig, spec.dnsPolicy, `${field}.dnsConfig`),
    ...validateGates(spec, field),
    ...validateSpread(spec.topologySpreadConstraints ?? [], `${field}.topologySpreadConstraints`),
    ...validateHostUsers(spec, field),
  ];
}

function validateRest(spec: PodSpec, field: string): readonly FieldError[] {
  return [
    ...subdomain(`${field}.serviceAccountName`, spec.serviceAccountName),
    ...subdomain(`${field}.nodeName`, spec.nodeName),
    ...validateDeadline(spec.activeDeadlineSeconds, `${field}.activeDeadlineSeconds`),
    ...label(`${field}.hostname`, spec.hostname),
    ...label(`${field}.subdomain`, spec.subdomain),
    ...validateTolerations(spec.tolerations ?? [], `${field}.tolerations`),
    ...(spec.hostAliases ?? []).flatMap((alias, index) => {
      const at = `${field}.hostAliases[${index}]`;
      return [
        ...ip(`${at}.ip`, alias.ip),
        ...(alias.hostnames ?? []).flatMap((name, host) =>
          judge(`${at}.hostnames[${host}]`, name, checkDns1123Subdomain),
        ),
      ];
    }),
    ...subdomain(`${field}.priorityClassName`, spec.priorityClassName),
    ...(spec.runtimeClassName === undefined
      ? []
      : judge(`${field}.runtimeClassName`, spec.runtimeClassName, checkDns1123Subdomain)),
    ...(spec.preemptionPolicy === undefined
      ? []
      : oneOf(`${field}.preemptionPolicy`, spec.preemptionPolicy, [
          'PreemptLowerPriority',
          'Never',
        ])),
    ...(spec.overhead === undefined
      ? []
      : validateResources({ limits: spec.overhead }, `${field}.overhead`)),
    ...validateOs(spec, field),
  ];
}

export interface SpecOwner {
  /** The kind is Pod: templates may leave open what a Pod must have. */
  readonly isPod: boolean;
  /** '' in templates. */
  readonly podName: string;
}

/** @param field `spec` or `spec.template.spec` */
export function validatePodSpec(
  given: PodSpec | undefined,
  field: string,
  { isPod, podName }: SpecOwner,
): readonly FieldError[] {
  const spec: PodSpec = given ?? { containers: [] };
  const { errors, valid } = validateVolumes(spec.volumes ?? [], `${field}.volumes`, podName);
  const context = { spec, volumes: valid };
  return [
    ...errors,
    ...validateContainers(context, `${field}.containers`),
    ...validateInitContainers(context, `${field}.initContainers`),
    ...validateEphemeralContainers(context, `${field}.ephemeralContainers`),
    ...validateEnvironment(spec, isPod, field),
    ...validateRest(spec, field),
  ];
}
