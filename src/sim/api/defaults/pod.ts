// Defaults of Pods and Pod templates (pkg/apis/core/v1/defaults.go).
import type { Container, EphemeralContainer, PodSpec, Probe } from '../generated/types.ts';
import { withDefaultVolumes } from './volumes.ts';

const terminationLog = '/dev/termination-log';

type AnyContainer = Container | EphemeralContainer;

/** Always for no tag and for `latest`, else IfNotPresent. */
function pullPolicy(image: string): string {
  if (image.includes('@')) return 'IfNotPresent';
  const lastPart = image.slice(image.lastIndexOf('/') + 1);
  const colon = lastPart.indexOf(':');
  const tag = colon < 0 ? 'latest' : lastPart.slice(colon + 1);
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function probe(given: Probe): Probe {
  const { httpGet } = given;
  return {
    ...given,
    ...(httpGet === undefined
      ? {}
      : { httpGet: { path: '/', scheme: 'HTTP', ...dropEmpty(httpGet) } }),
    ...(given.grpc === undefined ? {} : { grpc: { service: '', ...given.grpc } }),
    timeoutSeconds: given.timeoutSeconds || 1,
    periodSeconds: given.periodSeconds || 10,
    successThreshold: given.successThreshold || 1,
    failureThreshold: given.failureThreshold || 3,
  };
}

/** Leaves out fields that are empty strings, which count as not given. */
function dropEmpty<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== '')) as T;
}

function lifecycle(
  given: NonNullable<Container['lifecycle']>,
): NonNullable<Container['lifecycle']> {
  const hook = (name: 'postStart' | 'preStop') => {
    const handler = given[name];
    if (handler?.httpGet === undefined) return {};
    const httpGet = { path: '/', scheme: 'HTTP', ...dropEmpty(handler.httpGet) };
    return { [name]: { ...handler, httpGet } };
  };
  return { ...given, ...hook('postStart'), ...hook('preStop') };
}

function env(given: NonNullable<Container['env']>): NonNullable<Container['env']> {
  return given.map((variable) => {
    const fieldRef = variable.valueFrom?.fieldRef;
    const resource = variable.valueFrom?.resourceFieldRef;
    if (fieldRef !== undefined) {
      const filled = { apiVersion: 'v1', ...dropEmpty(fieldRef) };
      return { ...variable, valueFrom: { ...variable.valueFrom, fieldRef: filled } };
    }
    if (resource !== undefined) {
      const filled = { divisor: '0', ...resource };
      return { ...variable, valueFrom: { ...variable.valueFrom, resourceFieldRef: filled } };
    }
    return variable;
  });
}

/** Where only a limit is given, the request is the limit. Pods only: in templates it would hide later changes. */
function withRequests(container: AnyContainer): AnyContainer {
  const { limits } = container.resources ?? {};
  if (limits === undefined) return container;
  const requests = { ...limits, ...container.resources?.requests };
  return { ...container, resources: { ...container.resources, requests } };
}

interface SpecOptions {
  /** A Pod itself rather than the template of one. */
  readonly isPod: boolean;
}

function container<T extends AnyContainer>(
  given: T,
  hostNetwork: boolean,
  { isPod }: SpecOptions,
): T {
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
  const filledProbes = Object.fromEntries(
    probes.flatMap((name) => {
      const one = given[name];
      return one === undefined ? [] : [[name, probe(one)]];
    }),
  );
  const ports = given.ports?.map((port) => ({
    ...port,
    protocol: port.protocol || 'TCP',
    ...(hostNetwork && !port.hostPort ? { hostPort: port.containerPort } : {}),
  }));
  const filled: T = {
    ...given,
    imagePullPolicy: given.imagePullPolicy || pullPolicy(given.image ?? ''),
    resources: given.resources ?? {},
    terminationMessagePath: given.terminationMessagePath || terminationLog,
    terminationMessagePolicy: given.terminationMessagePolicy || 'File',
    ...(ports === undefined ? {} : { ports }),
    ...(given.env === undefined ? {} : { env: env(given.env) }),
    ...(given.lifecycle === undefined ? {} : { lifecycle: lifecycle(given.lifecycle) }),
    ...filledProbes,
  };
  return (isPod ? withRequests(filled) : filled) as T;
}

/** A Pod spec with every field that the server fills in, admission aside. */
export function defaultPodSpec(spec: PodSpec, options: SpecOptions): PodSpec {
  const hostNetwork = spec.hostNetwork === true;
  const fill = <T extends AnyContainer>(list: readonly T[]): readonly T[] =>
    list.map((one) => container(one, hostNetwork, options));
  return {
    ...spec,
    ...(spec.volumes === undefined ? {} : { volumes: withDefaultVolumes(spec.volumes) }),
    containers: Array.isArray(spec.containers) ? fill(spec.containers) : spec.containers,
    ...(spec.initContainers === undefined ? {} : { initContainers: fill(spec.initContainers) }),
    ...(spec.ephemeralContainers === undefined
      ? {}
      : { ephemeralContainers: fill(spec.ephemeralContainers) }),
    restartPolicy: spec.restartPolicy || 'Always',
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: spec.dnsPolicy || 'ClusterFirst',
    ...(spec.serviceAccountName ? { serviceAccount: spec.serviceAccountName } : {}),
    ...(!spec.serviceAccountName && spec.serviceAccount
      ? { serviceAccountName: spec.serviceAccount }
      : {}),
    securityContext: spec.securityContext ?? {},
    schedulerName: spec.schedulerName || 'default-scheduler',
    ...(options.isPod ? { enableServiceLinks: spec.enableServiceLinks ?? true } : {}),
  };
}
