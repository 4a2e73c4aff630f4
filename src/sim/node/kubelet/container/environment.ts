// The environment variables of a container (kubelet_pods.go makeEnvironmentVariables).
import type { Container, EnvVar } from '../../../api/generated/types.ts';
import type { KubeletContext } from '../context.ts';
import { namespaceOf, type PodObject } from '../pod.ts';
import { decodeBase64 } from '#sim/api/base64.ts';
import { expand } from './expand.ts';
import { podField, resourceField } from './fields.ts';
import { serviceEnvironment } from './service-environment.ts';

export type EnvironmentResult =
  | { readonly ok: true; readonly variables: readonly (readonly [string, string])[] }
  | { readonly ok: false; readonly error: string };

/** What is wrong with the configuration; caught where the environment is put together. */
class ConfigError extends Error {}

interface Source {
  readonly context: KubeletContext;
  readonly pod: PodObject;
  readonly container: Container;
  readonly podIp: string;
}

/**
 * Service links first, then envFrom, then env; later ones win. An error's text is the waiting
 * message.
 */
export function environment(source: Source): EnvironmentResult {
  try {
    return { ok: true, variables: [...collect(source)] };
  } catch (error) {
    if (error instanceof ConfigError) return { ok: false, error: error.message };
    throw error;
  }
}

function collect(source: Source): ReadonlyMap<string, string> {
  const { context, pod, container } = source;
  const services = serviceEnvironment(
    context.api.client,
    namespaceOf(pod),
    pod.spec.enableServiceLinks ?? true,
  );
  const own = new Map<string, string>();
  for (const from of container.envFrom ?? []) addAll(source, from, own);
  for (const variable of container.env ?? []) {
    const value = valueOf(source, variable, (name) => own.get(name) ?? services.get(name));
    if (value !== undefined) own.set(variable.name, value);
  }
  for (const [name, value] of services) if (!own.has(name)) own.set(name, value);
  return own;
}

function addAll(
  source: Source,
  from: NonNullable<Container['envFrom']>[number],
  own: Map<string, string>,
): void {
  const prefix = from.prefix ?? '';
  const reference = from.configMapRef ?? from.secretRef;
  if (reference === undefined) return;
  const data =
    from.configMapRef === undefined
      ? secretData(source, reference.name ?? '', reference.optional === true)
      : configMapData(source, reference.name ?? '', reference.optional === true);
  for (const [key, value] of Object.entries(data ?? {})) own.set(`${prefix}${key}`, value);
}

function valueOf(
  source: Source,
  variable: EnvVar,
  lookUp: (name: string) => string | undefined,
): string | undefined {
  const { context, pod, container, podIp } = source;
  if (variable.valueFrom === undefined) return expand(variable.value ?? '', lookUp);
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = variable.valueFrom;
  if (fieldRef !== undefined) {
    const addresses = { podIp, hostIp: context.node.ip };
    const field = podField(pod, fieldRef.fieldPath, addresses);
    if (!field.ok) throw new ConfigError(field.error);
    return field.value;
  }
  if (resourceFieldRef !== undefined) {
    const field = resourceField(pod, container, context.node, resourceFieldRef);
    if (!field.ok) throw new ConfigError(field.error);
    return field.value;
  }
  if (configMapKeyRef !== undefined) {
    const { name = '', key, optional = false } = configMapKeyRef;
    const data = configMapData(source, name, optional);
    return pick(data, key, optional, `ConfigMap ${namespaceOf(pod)}/${name}`);
  }
  if (secretKeyRef !== undefined) {
    const { name = '', key, optional = false } = secretKeyRef;
    const data = secretData(source, name, optional);
    return pick(data, key, optional, `Secret ${namespaceOf(pod)}/${name}`);
  }
  return '';
}

type Data = Readonly<Record<string, string>>;

function pick(
  data: Data | undefined,
  key: string,
  isOptional: boolean,
  where: string,
): string | undefined {
  const value = data?.[key];
  if (value === undefined && !isOptional) {
    throw new ConfigError(`couldn't find key ${key} in ${where}`);
  }
  return value;
}

function configMapData(
  { context, pod }: Source,
  name: string,
  optional: boolean,
): Data | undefined {
  const found = context.api.client.get('ConfigMap', namespaceOf(pod), name);
  if (found === undefined && !optional) throw new ConfigError(`configmap "${name}" not found`);
  return found?.data;
}

function secretData({ context, pod }: Source, name: string, optional: boolean): Data | undefined {
  const found = context.api.client.get('Secret', namespaceOf(pod), name);
  if (found === undefined && !optional) throw new ConfigError(`secret "${name}" not found`);
  if (found === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(found.data ?? {}).map(([key, value]) => [
      key,
      decodeBase64(String(value)) ?? '',
    ]),
  );
}
