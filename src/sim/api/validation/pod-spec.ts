// A Pod spec, of a Pod or of a template (ValidatePodSpec).
import type { PodSpec } from '../generated/types.ts';
import { invalid, notSupported, required, type FieldError } from '../messages.ts';
import { checkDns1123Label, checkDns1123Subdomain, checkQualifiedName } from '../names.ts';
import { validateContainers, validateEphemeralContainers } from './containers.ts';
import { validateLabels } from './metadata.ts';
import { validateAffinity, validateSpread, validateTolerations } from './placement.ts';
import { validatePodSecurity } from './security.ts';
import { validateVolumes } from './volumes.ts';

const restartPolicies = ['Always', 'OnFailure', 'Never'];
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const mostInt32 = 2_147_483_647;

function validateDns(spec: PodSpec, field: string): readonly FieldError[] {
  const policy = spec.dnsPolicy ?? '';
  const errors: FieldError[] = [];
  if (policy === '') errors.push(required(`${field}.dnsPolicy`));
  else if (!dnsPolicies.includes(policy)) {
    errors.push(notSupported(`${field}.dnsPolicy`, policy, dnsPolicies));
  }
  const servers = spec.dnsConfig?.nameservers ?? [];
  if (policy === 'None' && servers.length === 0) {
    errors.push(
      spec.dnsConfig === undefined
        ? required(`${field}.dnsConfig`, 'must provide `dnsConfig` when `dnsPolicy` is None')
        : required(
            `${field}.dnsConfig.nameservers`,
            'must provide at least one DNS nameserver when `dnsPolicy` is None',
          ),
    );
  }
  if (servers.length > 3) {
    const list = { go: `[]string{${servers.map((one) => JSON.stringify(one)).join(', ')}}` };
    errors.push(
      invalid(`${field}.dnsConfig.nameservers`, list, 'must not have more than 3 nameservers'),
    );
  }
  return errors;
}

function validateHost(spec: PodSpec, field: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (spec.hostNetwork === true) {
    for (const [index, { ports = [] }] of (spec.containers ?? []).entries()) {
      for (const [at, port] of ports.entries()) {
        if (port.hostPort === port.containerPort) continue;
        const path = `${field}.containers[${index}].ports[${at}].containerPort`;
        errors.push(
          invalid(path, port.containerPort, 'must match `hostPort` when `hostNetwork` is true'),
        );
      }
    }
  }
  if (spec.hostPID === true && spec.shareProcessNamespace === true) {
    errors.push(
      invalid(
        `${field}.shareProcessNamespace`,
        true,
        'ShareProcessNamespace and HostPID cannot both be enabled',
      ),
    );
  }
  return errors;
}

function named(text: string | undefined, path: string, check: (text: string) => readonly string[]) {
  return text ? check(text).map((error) => invalid(path, text, error)) : [];
}

/** @param field `spec` or `spec.template.spec` */
export function validatePodSpec(spec: PodSpec | undefined, field: string): readonly FieldError[] {
  const given: PodSpec = spec ?? ({ containers: [] } as PodSpec);
  const { errors: volumeErrors, valid } = validateVolumes(given.volumes ?? [], `${field}.volumes`);
  const restart = given.restartPolicy ?? '';
  const { activeDeadlineSeconds } = given;
  return [
    ...volumeErrors,
    ...validateContainers(given, field, valid),
    ...validateEphemeralContainers(given, field, valid),
    ...(restartPolicies.includes(restart)
      ? []
      : [
          restart === ''
            ? required(`${field}.restartPolicy`)
            : notSupported(`${field}.restartPolicy`, restart, restartPolicies),
        ]),
    ...validateDns(given, field),
    ...validateLabels(given.nodeSelector, `${field}.nodeSelector`),
    ...validateHost(given, field),
    ...validatePodSecurity(given.securityContext, `${field}.securityContext`),
    ...(given.imagePullSecrets ?? []).flatMap(({ name }, index) =>
      name ? [] : [required(`${field}.imagePullSecrets[${index}].name`)],
    ),
    ...validateAffinity(given.affinity, `${field}.affinity`),
    ...(given.readinessGates ?? []).flatMap(({ conditionType }, index) =>
      checkQualifiedName(conditionType).map((text) =>
        invalid(`${field}.readinessGates[${index}].conditionType`, conditionType, text),
      ),
    ),
    ...(given.schedulingGates ?? []).flatMap(({ name }, index) =>
      checkQualifiedName(name).map((text) =>
        invalid(`${field}.schedulingGates[${index}]`, name, text),
      ),
    ),
    ...validateSpread(given.topologySpreadConstraints ?? [], `${field}.topologySpreadConstraints`),
    ...named(given.serviceAccountName, `${field}.serviceAccountName`, checkDns1123Subdomain),
    ...named(given.nodeName, `${field}.nodeName`, checkDns1123Subdomain),
    ...(activeDeadlineSeconds !== undefined &&
    (activeDeadlineSeconds < 1 || activeDeadlineSeconds > mostInt32)
      ? [
          invalid(
            `${field}.activeDeadlineSeconds`,
            activeDeadlineSeconds,
            `must be between 1 and ${mostInt32}, inclusive`,
          ),
        ]
      : []),
    ...named(given.hostname, `${field}.hostname`, checkDns1123Label),
    ...named(given.subdomain, `${field}.subdomain`, checkDns1123Label),
    ...validateTolerations(given.tolerations ?? [], `${field}.tolerations`),
    ...(given.hostAliases ?? []).flatMap(({ ip }, index) =>
      /^[0-9a-fA-F.:]+$/.test(ip ?? '')
        ? []
        : [
            invalid(
              `${field}.hostAliases[${index}].ip`,
              ip ?? '',
              'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
            ),
          ],
    ),
    ...named(given.priorityClassName, `${field}.priorityClassName`, checkDns1123Subdomain),
  ];
}
