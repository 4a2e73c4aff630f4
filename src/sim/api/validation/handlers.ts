// Probes and lifecycle hooks, and what they do (validateProbe, validateHandler, validateLifecycle).
import type { Container, LifecycleHandler, Probe } from '../generated/types.ts';
import { forbidden, invalid, required, type FieldError } from '../messages.ts';
import { checkHttpHeaderName, checkPortName, checkPortNumber } from '../names.ts';
import { judge, notNegative, oneOf, present } from './rules.ts';

export type Port = number | string | undefined;

/** A port by number or by name. */
export function validatePort(port: Port, field: string): readonly FieldError[] {
  if (typeof port === 'string') return judge(field, port, checkPortName);
  const number = port ?? 0;
  return checkPortNumber(number).map((text) => invalid(field, number, text));
}

type HttpGet = NonNullable<Probe['httpGet']>;

function validateHttpGet(httpGet: HttpGet, field: string): readonly FieldError[] {
  return [
    ...present(`${field}.path`, httpGet.path),
    ...validatePort(httpGet.port as Port, `${field}.port`),
    ...oneOf(`${field}.scheme`, httpGet.scheme, ['HTTP', 'HTTPS']),
    ...(httpGet.httpHeaders ?? []).flatMap(({ name = '' }) =>
      judge(`${field}.httpHeaders`, name, checkHttpHeaderName),
    ),
  ];
}

type Handler = LifecycleHandler & Pick<Probe, 'grpc'>;

/** Exactly one thing to do. @param graceSeconds of the Pod */
function validateHandler(
  { exec, httpGet, tcpSocket, grpc, sleep }: Handler,
  field: string,
  graceSeconds: number,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  let count = 0;
  const take = (name: string, validate: (at: string) => readonly FieldError[]): void => {
    const at = `${field}.${name}`;
    if (count > 0) errors.push(forbidden(at, 'may not specify more than 1 handler type'));
    else errors.push(...validate(at));
    count += 1;
  };
  if (exec) take('exec', (at) => (exec.command?.length ? [] : [required(`${at}.command`)]));
  if (httpGet) take('httpGet', (at) => validateHttpGet(httpGet, at));
  if (tcpSocket) take('tcpSocket', (at) => validatePort(tcpSocket.port as Port, `${at}.port`));
  if (grpc) take('grpc', (at) => validatePort(grpc.port, `${at}.port`));
  if (sleep) {
    take('sleep', (at) => {
      const { seconds = 0 } = sleep;
      if (seconds >= 0 && seconds <= graceSeconds) return [];
      const text = `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`;
      return [invalid(at, seconds, text)];
    });
  }
  if (count === 0) errors.push(required(field, 'must specify a handler type'));
  return errors;
}

function validateProbe(probe: Probe, field: string): readonly FieldError[] {
  const grace = probe.terminationGracePeriodSeconds;
  return [
    ...validateHandler(probe, field, 0),
    ...notNegative(probe.initialDelaySeconds, `${field}.initialDelaySeconds`),
    ...notNegative(probe.timeoutSeconds, `${field}.timeoutSeconds`),
    ...notNegative(probe.periodSeconds, `${field}.periodSeconds`),
    ...notNegative(probe.successThreshold, `${field}.successThreshold`),
    ...notNegative(probe.failureThreshold, `${field}.failureThreshold`),
    ...(grace !== undefined && grace <= 0
      ? [invalid(`${field}.terminationGracePeriodSeconds`, grace, 'must be greater than 0')]
      : []),
  ];
}

/** A probe that restarts its container must succeed at once. */
function validateRestartingProbe(probe: Probe | undefined, field: string): readonly FieldError[] {
  if (probe === undefined) return [];
  const { successThreshold = 0 } = probe;
  return [
    ...validateProbe(probe, field),
    ...(successThreshold === 1
      ? []
      : [invalid(`${field}.successThreshold`, successThreshold, 'must be 1')]),
  ];
}

function validateReadinessProbe(probe: Probe | undefined, field: string): readonly FieldError[] {
  if (probe === undefined) return [];
  const grace = probe.terminationGracePeriodSeconds;
  const text = 'must not be set for readinessProbes';
  return [
    ...validateProbe(probe, field),
    ...(grace === undefined
      ? []
      : [invalid(`${field}.terminationGracePeriodSeconds`, grace, text)]),
  ];
}

/** The three probes of a container. */
export function validateProbes(container: Container, field: string): readonly FieldError[] {
  return [
    ...validateRestartingProbe(container.livenessProbe, `${field}.livenessProbe`),
    ...validateReadinessProbe(container.readinessProbe, `${field}.readinessProbe`),
    ...validateRestartingProbe(container.startupProbe, `${field}.startupProbe`),
  ];
}

/** @param graceSeconds of the Pod */
export function validateLifecycle(
  { lifecycle }: Container,
  field: string,
  graceSeconds: number,
): readonly FieldError[] {
  const { postStart, preStop } = lifecycle ?? {};
  const path = `${field}.lifecycle`;
  return [
    ...(postStart ? validateHandler(postStart, `${path}.postStart`, graceSeconds) : []),
    ...(preStop ? validateHandler(preStop, `${path}.preStop`, graceSeconds) : []),
  ];
}
