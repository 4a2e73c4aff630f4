// Containers of every sort (validateContainers, validateInitContainers, validateEphemeralContainers).
import type { Container, PodSpec, Volume } from '../generated/types.ts';
import { duplicate, forbidden, invalid, notFound, required, type FieldError } from '../messages.ts';
import { checkDns1123Label, checkPortName, checkPortNumber } from '../names.ts';
import { validateEnv } from './env.ts';
import { validateLifecycle, validateProbes } from './handlers.ts';
import { validateDevices, validateMounts } from './mounts.ts';
import { validateResources } from './resources.ts';
import { judgeRequired, oneOf, oneOfRequired, present } from './rules.ts';
import { validateContainerSecurity } from './security.ts';

const protocols = ['SCTP', 'TCP', 'UDP'];

function validatePorts(container: Container, field: string): readonly FieldError[] {
  const names = new Set<string>();
  return (container.ports ?? []).flatMap((port, index) => {
    const at = `${field}.ports[${index}]`;
    const { name, containerPort, hostPort, protocol } = port;
    const errors: FieldError[] = [];
    if (name) {
      const texts = checkPortName(name);
      errors.push(...texts.map((text) => invalid(`${at}.name`, name, text)));
      if (texts.length === 0 && names.has(name)) errors.push(duplicate(`${at}.name`, name));
      if (texts.length === 0) names.add(name);
    }
    const number = (path: string, value: number): readonly FieldError[] =>
      checkPortNumber(value).map((text) => invalid(path, value, text));
    if (!containerPort) errors.push(required(`${at}.containerPort`));
    else errors.push(...number(`${at}.containerPort`, containerPort));
    if (hostPort) errors.push(...number(`${at}.hostPort`, hostPort));
    return [...errors, ...oneOfRequired(`${at}.protocol`, protocol, protocols)];
  });
}

const resizable = ['cpu', 'memory'];
const resizePolicies = ['NotRequired', 'RestartContainer'];

function validateResizePolicy(
  container: Container,
  restartPolicy: string,
  list: string,
): readonly FieldError[] {
  const names = new Set<string>();
  return (container.resizePolicy ?? []).flatMap(({ resourceName, restartPolicy: how }, index) => {
    const errors: FieldError[] = [];
    if (names.has(resourceName)) errors.push(duplicate(`${list}[${index}]`, resourceName));
    names.add(resourceName);
    errors.push(
      ...oneOfRequired(list, resourceName, resizable),
      ...oneOfRequired(list, how, resizePolicies),
    );
    if (restartPolicy === 'Never' && how !== 'NotRequired') {
      const text = "must be 'NotRequired' when `restartPolicy` is 'Never'";
      errors.push(invalid(list, how ?? '', text));
    }
    return errors;
  });
}

export interface ContainerContext {
  readonly spec: PodSpec;
  readonly volumes: ReadonlyMap<string, Volume>;
}

/** What holds for every container (validateContainerCommon). */
function validateCommon(
  container: Container,
  field: string,
  { spec, volumes }: ContainerContext,
): readonly FieldError[] {
  return [
    ...judgeRequired(`${field}.name`, container.name, checkDns1123Label),
    ...present(`${field}.image`, container.image),
    ...oneOfRequired(`${field}.terminationMessagePolicy`, container.terminationMessagePolicy, [
      'File',
      'FallbackToLogsOnError',
    ]),
    ...validatePorts(container, field),
    ...validateEnv(container, field),
    ...validateMounts(container, volumes, field),
    ...validateDevices(container, volumes, field),
    ...oneOfRequired(`${field}.imagePullPolicy`, container.imagePullPolicy, [
      'Always',
      'IfNotPresent',
      'Never',
    ]),
    ...validateResources(container.resources, `${field}.resources`),
    ...validateResizePolicy(container, spec.restartPolicy ?? '', `${field}.resizePolicy`),
    ...validateContainerSecurity(
      container.securityContext,
      spec.hostUsers !== false,
      `${field}.securityContext`,
    ),
  ];
}

/** Names may be used once; each list of containers has its own idea of which others count. */
function claimName(name: string, field: string, names: Set<string>): readonly FieldError[] {
  if (names.has(name)) return [duplicate(`${field}.name`, name)];
  names.add(name);
  return [];
}

/** `TCP//18080` of each host port: once in a Pod. */
function validateHostPorts(containers: readonly Container[], field: string) {
  const taken = new Set<string>();
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ protocol = '', hostIP = '', hostPort }, portIndex) => {
      if (!hostPort) return [];
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (taken.has(key))
        return [duplicate(`${field}[${index}].ports[${portIndex}].hostPort`, key)];
      taken.add(key);
      return [];
    }),
  );
}

const graceOf = ({ spec }: ContainerContext): number => spec.terminationGracePeriodSeconds ?? 0;

export function validateContainers(
  context: ContainerContext,
  field: string,
): readonly FieldError[] {
  const containers: readonly Container[] = context.spec.containers ?? [];
  if (containers.length === 0) return [required(field)];
  const names = new Set<string>();
  return [
    ...containers.flatMap((container, index) => {
      const at = `${field}[${index}]`;
      return [
        ...validateCommon(container, at, context),
        ...claimName(container.name ?? '', at, names),
        ...validateLifecycle(container, at, graceOf(context)),
        ...validateProbes(container, at),
        ...(container.restartPolicy === undefined
          ? []
          : [forbidden(`${at}.restartPolicy`, 'may not be set for non-init containers')]),
      ];
    }),
    ...validateHostPorts(containers, field),
  ];
}

const forSidecars = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

export function validateInitContainers(
  context: ContainerContext,
  field: string,
): readonly FieldError[] {
  const { initContainers = [], containers = [] } = context.spec;
  const names = new Set(containers.map(({ name }) => name));
  return initContainers.flatMap((container, index) => {
    const at = `${field}[${index}]`;
    const { restartPolicy, name = '' } = container;
    const errors = [...validateCommon(container, at, context)];
    if (restartPolicy !== undefined) {
      errors.push(...oneOf(`${at}.restartPolicy`, restartPolicy, ['Always']));
    }
    if (name !== '' || names.has('')) errors.push(...claimName(name, at, names));
    // Init containers run one after the other; the server's error names the first of the list, whichever it is.
    errors.push(...validateHostPorts([container], field));
    if (restartPolicy === 'Always') {
      return [
        ...errors,
        ...validateLifecycle(container, at, graceOf(context)),
        ...validateProbes(container, at),
      ];
    }
    const text = 'may not be set for init containers without restartPolicy=Always';
    const refused = forSidecars.filter((one) => container[one] !== undefined);
    return [...errors, ...refused.map((one) => forbidden(`${at}.${one}`, text))];
  });
}

/** What an ephemeral container may not have, in the order of Go's struct. */
const notEphemeral = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;
const ephemeralText = 'cannot be set for an Ephemeral Container';

const isSet = (value: unknown): boolean =>
  value !== undefined &&
  !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);

export function validateEphemeralContainers(
  context: ContainerContext,
  field: string,
): readonly FieldError[] {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = context.spec;
  const others = new Set([...containers, ...initContainers].map(({ name }) => name));
  const names = new Set(others);
  return ephemeralContainers.flatMap((given, index) => {
    const at = `${field}[${index}]`;
    const { targetContainerName: target, ...container } = given;
    const refused = notEphemeral.filter((one) => isSet(container[one]));
    return [
      ...validateCommon(container, at, context),
      ...validatePodImage(container, at),
      ...claimName(container.name ?? '', at, names),
      ...(target && !others.has(target) ? [notFound(`${at}.targetContainerName`, target)] : []),
      ...refused.map((one) => forbidden(`${at}.${one}`, ephemeralText)),
      ...(container.volumeMounts ?? []).flatMap(({ subPath, subPathExpr }, mount) => {
        const path = `${at}.volumeMounts[${mount}]`;
        return [
          ...(subPath ? [forbidden(`${path}.subPath`, ephemeralText)] : []),
          ...(subPathExpr ? [forbidden(`${path}.subPathExpr`, ephemeralText)] : []),
        ];
      }),
    ];
  });
}

/** Of Pods, not of templates: those may hold an image that someone else fills in. */
export function validatePodImage({ image = '' }: Container, field: string): readonly FieldError[] {
  if (image.trim() === image) return [];
  return [invalid(`${field}.image`, image, 'must not have leading or trailing whitespace')];
}
