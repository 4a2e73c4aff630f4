// Containers of every sort (validateContainers, validateInitContainers, validateEphemeralContainers).
import type { Container, PodSpec } from '../generated/types.ts';
import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../messages.ts';
import { checkDns1123Label, checkPortName, checkPortNumber } from '../names.ts';
import { validateEnv } from './env.ts';
import { validateLifecycle, validateProbes } from './handlers.ts';
import { validateResources } from './resources.ts';
import { validateContainerSecurity } from './security.ts';
import { validateMounts } from './volumes.ts';

const pullPolicies = ['Always', 'IfNotPresent', 'Never'];
const protocols = ['SCTP', 'TCP', 'UDP'];
const messagePolicies = ['FallbackToLogsOnError', 'File'];

function validatePorts(container: Container, field: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [index, port] of (container.ports ?? []).entries()) {
    const path = `${field}.ports[${index}]`;
    if (port.name) {
      const texts = checkPortName(port.name);
      errors.push(...texts.map((text) => invalid(`${path}.name`, port.name ?? '', text)));
      if (texts.length === 0) {
        if (names.has(port.name)) errors.push(duplicate(`${path}.name`, port.name));
        names.add(port.name);
      }
    }
    if (!port.containerPort) errors.push(required(`${path}.containerPort`));
    else {
      const texts = checkPortNumber(port.containerPort);
      errors.push(
        ...texts.map((text) => invalid(`${path}.containerPort`, port.containerPort, text)),
      );
    }
    if (port.hostPort) {
      const { hostPort } = port;
      errors.push(
        ...checkPortNumber(hostPort).map((text) => invalid(`${path}.hostPort`, hostPort, text)),
      );
    }
    if (!port.protocol) errors.push(required(`${path}.protocol`));
    else if (!protocols.includes(port.protocol)) {
      errors.push(notSupported(`${path}.protocol`, port.protocol, protocols));
    }
  }
  return errors;
}

function validateImage(image: string | undefined, field: string): readonly FieldError[] {
  if (!image) return [required(`${field}.image`)];
  const trimmed = image.trim();
  return trimmed === image
    ? []
    : [invalid(`${field}.image`, image, 'must not have leading or trailing whitespace')];
}

export interface ContainerContext {
  readonly spec: PodSpec;
  readonly volumes: ReadonlySet<string>;
  /** Names of containers seen so far, of every sort. */
  readonly names: Set<string>;
}

/** What holds for every container. */
function validateCommon(
  container: Container,
  field: string,
  context: ContainerContext,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (!container.name) errors.push(required(`${field}.name`));
  else {
    errors.push(
      ...checkDns1123Label(container.name).map((text) =>
        invalid(`${field}.name`, container.name, text),
      ),
    );
  }
  errors.push(...validateImage(container.image, field));
  const policy = container.terminationMessagePolicy ?? '';
  if (!messagePolicies.includes(policy)) {
    errors.push(notSupported(`${field}.terminationMessagePolicy`, policy, messagePolicies));
  }
  errors.push(...validatePorts(container, field), ...validateEnv(container, field));
  errors.push(...validateMounts(container, context.volumes, field));
  const pull = container.imagePullPolicy ?? '';
  if (!pullPolicies.includes(pull)) {
    errors.push(notSupported(`${field}.imagePullPolicy`, pull, pullPolicies));
  }
  errors.push(...validateResources(container.resources, `${field}.resources`));
  errors.push(...validateContainerSecurity(container.securityContext, `${field}.securityContext`));
  return errors;
}

function claimName(container: Container, field: string, names: Set<string>): readonly FieldError[] {
  if (!container.name) return [];
  if (names.has(container.name)) return [duplicate(`${field}.name`, container.name)];
  names.add(container.name);
  return [];
}

const grace = ({ spec }: ContainerContext): number | undefined =>
  spec.terminationGracePeriodSeconds;

function validateRegular(
  container: Container,
  field: string,
  context: ContainerContext,
): readonly FieldError[] {
  return [
    ...validateCommon(container, field, context),
    ...claimName(container, field, context.names),
    ...validateLifecycle(container, field, grace(context)),
    ...validateProbes(container, field),
    ...(container.restartPolicy === undefined
      ? []
      : [forbidden(`${field}.restartPolicy`, 'may not be set for non-init containers')]),
  ];
}

const onlyForSidecars = 'may not be set for init containers without restartPolicy=Always';

function validateInit(
  container: Container,
  field: string,
  context: ContainerContext,
): readonly FieldError[] {
  const { restartPolicy } = container;
  const errors: FieldError[] = [];
  if (restartPolicy !== undefined && restartPolicy !== 'Always') {
    errors.push(notSupported(`${field}.restartPolicy`, restartPolicy, ['Always']));
  }
  const common = [
    ...validateCommon(container, field, context),
    ...claimName(container, field, context.names),
  ];
  if (restartPolicy === 'Always') {
    return [
      ...errors,
      ...common,
      ...validateLifecycle(container, field, grace(context)),
      ...validateProbes(container, field),
    ];
  }
  for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    if (container[name] !== undefined) errors.push(forbidden(`${field}.${name}`, onlyForSidecars));
  }
  return [...common, ...errors];
}

/** `TCP//18080` of each host port: once in a Pod. */
function validateHostPorts(containers: readonly Container[], field: string, taken: Set<string>) {
  return containers.flatMap((container, index) =>
    (container.ports ?? []).flatMap((port, portIndex) => {
      if (!port.hostPort) return [];
      const key = `${port.protocol ?? ''}/${port.hostIP ?? ''}/${port.hostPort}`;
      if (!taken.has(key)) {
        taken.add(key);
        return [];
      }
      return [duplicate(`${field}[${index}].ports[${portIndex}].hostPort`, key)];
    }),
  );
}

/** All containers of a Pod spec: regular ones first, then init containers, as the real function goes. */
export function validateContainers(
  spec: PodSpec,
  field: string,
  volumes: ReadonlySet<string>,
): readonly FieldError[] {
  const context: ContainerContext = { spec, volumes, names: new Set() };
  const regular = Array.isArray(spec.containers) ? (spec.containers as readonly Container[]) : [];
  const init = spec.initContainers ?? [];
  const path = `${field}.containers`;
  const initPath = `${field}.initContainers`;
  return [
    ...(regular.length === 0 ? [required(path)] : []),
    ...regular.flatMap((one, index) => validateRegular(one, `${path}[${index}]`, context)),
    ...validateHostPorts(regular, path, new Set()),
    ...init.flatMap((one, index) => validateInit(one, `${initPath}[${index}]`, context)),
    ...init.flatMap((one, index) => validateHostPorts([one], `${initPath}[${index}]`, new Set())),
  ];
}

/** Ephemeral containers: like others, without what belongs to a container that lives with its Pod. */
export function validateEphemeralContainers(
  spec: PodSpec,
  field: string,
  volumes: ReadonlySet<string>,
): readonly FieldError[] {
  const others = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(
    ({ name }) => name,
  );
  const context: ContainerContext = { spec, volumes, names: new Set(others) };
  const refused = [
    'lifecycle',
    'livenessProbe',
    'readinessProbe',
    'startupProbe',
    'ports',
    'restartPolicy',
  ] as const;
  return (spec.ephemeralContainers ?? []).flatMap((given, index) => {
    const path = `${field}.ephemeralContainers[${index}]`;
    const { targetContainerName, ...container } = given;
    const errors = [
      ...validateCommon(container, path, context),
      ...claimName(container, path, context.names),
    ];
    for (const name of refused) {
      if (given[name] !== undefined) {
        errors.push(forbidden(`${path}.${name}`, 'cannot be set for an Ephemeral Container'));
      }
    }
    if (Object.keys(given.resources ?? {}).length > 0) {
      errors.push(forbidden(`${path}.resources`, 'cannot be set for an Ephemeral Container'));
    }
    if (targetContainerName && !others.includes(targetContainerName)) {
      errors.push({
        type: 'FieldValueNotFound',
        field: `${path}.targetContainerName`,
        body: `Not found: "${targetContainerName}"`,
      });
    }
    return errors;
  });
}
