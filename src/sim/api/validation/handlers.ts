// Probes and lifecycle hooks, and what they do (validateProbe, validateHandler, validateLifecycle).
import type { Container, LifecycleHandler, Probe } from '../generated/types.ts';
import { forbidden, invalid, notSupported, required, type FieldError } from '../messages.ts';
import { checkPortName, checkPortNumber } from '../names.ts';

/** A port by number or by name. */
export function validatePort(
  port: number | string | undefined,
  field: string,
): readonly FieldError[] {
  if (typeof port === 'string')
    return checkPortName(port).map((text) => invalid(field, port, text));
  const number = port ?? 0;
  return checkPortNumber(number).map((text) => invalid(field, number, text));
}

type HttpGet = NonNullable<Probe['httpGet']>;

function validateHttpGet(httpGet: HttpGet, field: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (!httpGet.path) errors.push(required(`${field}.path`));
  errors.push(...validatePort(httpGet.port as number | string, `${field}.port`));
  if (httpGet.scheme !== 'HTTP' && httpGet.scheme !== 'HTTPS') {
    errors.push(notSupported(`${field}.scheme`, httpGet.scheme ?? '', ['HTTP', 'HTTPS']));
  }
  for (const [index, header] of (httpGet.httpHeaders ?? []).entries()) {
    if (/^[-A-Za-z0-9]+$/.test(header.name)) continue;
    errors.push(
      invalid(
        `${field}.httpHeaders[${index}].name`,
        header.name,
        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')",
      ),
    );
  }
  return errors;
}

interface HandlerContext {
  readonly graceSeconds: number | undefined;
}

type Handler = LifecycleHandler & Pick<Probe, 'grpc'>;

/** Exactly one thing to do. */
function validateHandler(
  handler: Handler,
  field: string,
  context: HandlerContext,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  let count = 0;
  const take = (name: string, validate: () => readonly FieldError[]): void => {
    if (count > 0)
      errors.push(forbidden(`${field}.${name}`, 'may not specify more than 1 handler type'));
    else errors.push(...validate());
    count += 1;
  };
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  if (exec) {
    take('exec', () =>
      (exec.command ?? []).length === 0 ? [required(`${field}.exec.command`)] : [],
    );
  }
  if (httpGet) take('httpGet', () => validateHttpGet(httpGet, `${field}.httpGet`));
  if (tcpSocket) {
    take('tcpSocket', () =>
      validatePort(tcpSocket.port as number | string, `${field}.tcpSocket.port`),
    );
  }
  if (grpc) take('grpc', () => validatePort(grpc.port, `${field}.grpc.port`));
  if (sleep) {
    take('sleep', () => {
      const grace = context.graceSeconds ?? 0;
      const fits = sleep.seconds >= 0 && sleep.seconds <= grace;
      const text = `must be non-negative and less than terminationGracePeriodSeconds (${grace})`;
      return fits ? [] : [invalid(`${field}.sleep`, sleep.seconds, text)];
    });
  }
  if (count === 0) errors.push(required(field, 'must specify a handler type'));
  return errors;
}

const notNegative = (value: number | undefined, field: string): readonly FieldError[] =>
  (value ?? 0) < 0 ? [invalid(field, value ?? 0, 'must be greater than or equal to 0')] : [];

function validateProbe(probe: Probe, field: string): readonly FieldError[] {
  const numbers = [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const;
  const errors = [
    ...validateHandler(probe, field, { graceSeconds: undefined }),
    ...numbers.flatMap((name) => notNegative(probe[name], `${field}.${name}`)),
  ];
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0) {
    errors.push(invalid(`${field}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'));
  }
  return errors;
}

const restarting = ['livenessProbe', 'startupProbe'] as const;

/** The three probes of a container. Those that restart it must succeed at once. */
export function validateProbes(container: Container, field: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { livenessProbe, readinessProbe, startupProbe } = container;
  const inOrder = { livenessProbe, readinessProbe, startupProbe };
  for (const [name, probe] of Object.entries(inOrder)) {
    if (probe === undefined) continue;
    const path = `${field}.${name}`;
    errors.push(...validateProbe(probe, path));
    if (restarting.some((one) => one === name) && probe.successThreshold !== 1) {
      errors.push(invalid(`${path}.successThreshold`, probe.successThreshold ?? 0, 'must be 1'));
    }
    if (name === 'readinessProbe' && probe.terminationGracePeriodSeconds !== undefined) {
      errors.push(
        invalid(
          `${path}.terminationGracePeriodSeconds`,
          probe.terminationGracePeriodSeconds,
          'must not be set for readinessProbes',
        ),
      );
    }
  }
  return errors;
}

export function validateLifecycle(
  container: Container,
  field: string,
  graceSeconds: number | undefined,
): readonly FieldError[] {
  const { postStart, preStop, stopSignal } = container.lifecycle ?? {};
  const context = { graceSeconds };
  return [
    ...(postStart ? validateHandler(postStart, `${field}.lifecycle.postStart`, context) : []),
    ...(preStop ? validateHandler(preStop, `${field}.lifecycle.preStop`, context) : []),
    ...(stopSignal
      ? [forbidden(`${field}.lifecycle.stopSignal`, 'may not be set without a `spec.os.name`')]
      : []),
  ];
}
