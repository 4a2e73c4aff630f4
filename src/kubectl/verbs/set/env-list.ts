// `kubectl set env --list`: the variables of each container, and where they come from.
import type {
  ConfigMap,
  Container,
  EnvVar,
  EnvVarSource,
  PodSpec,
  Secret,
} from '#sim/api/generated/types.ts';
import { decodeBase64 } from '#sim/api/base64.ts';
import type { Info } from '../../resources/info.ts';
import type { Session } from '../../session.ts';
import { fitsPattern } from './select.ts';

function sourceText({
  configMapKeyRef,
  secretKeyRef,
  fieldRef,
  resourceFieldRef,
}: EnvVarSource): string {
  if (configMapKeyRef) return `configmap ${configMapKeyRef.name ?? ''}, key ${configMapKeyRef.key}`;
  if (resourceFieldRef) {
    const { containerName = '', resource } = resourceFieldRef;
    return `resource field from ${containerName === '' ? '' : `${containerName}/`}${resource}`;
  }
  if (fieldRef) return `field path ${fieldRef.fieldPath}`;
  if (secretKeyRef) return `secret ${secretKeyRef.name ?? ''}, key ${secretKeyRef.key}`;
  return 'invalid valueFrom';
}

/** The value behind a reference, as far as the server tells it. */
function resolved(session: Session, namespace: string, source: EnvVarSource): string | undefined {
  const { configMapKeyRef, secretKeyRef } = source;
  const reference = configMapKeyRef ?? secretKeyRef;
  if (reference === undefined) return undefined;
  const resource = configMapKeyRef ? 'configmaps' : 'secrets';
  const answer = session.api.answer({
    verb: 'get',
    group: '',
    version: 'v1',
    resource,
    namespace,
    name: reference.name,
  });
  if (answer.code >= 400) return undefined;
  const value = (answer.body as ConfigMap | Secret).data?.[reference.key];
  return value === undefined || configMapKeyRef ? value : decodeBase64(value);
}

function variableLine(
  session: Session,
  namespace: string,
  { name, value = '', valueFrom }: EnvVar,
): string {
  if (valueFrom === undefined) return `${name}=${value}`;
  const found = session.flags.bool('resolve') ? resolved(session, namespace, valueFrom) : undefined;
  return found === undefined ? `# ${name} from ${sourceText(valueFrom)}` : `${name}=${found}`;
}

export function listEnvironment(session: Session, info: Info, spec: PodSpec): void {
  const { output, flags } = session;
  const pattern = flags.text('containers');
  const all: readonly Container[] = [...spec.containers, ...(spec.initContainers ?? [])];
  for (const { name, env = [] } of all) {
    if (!fitsPattern(pattern, name)) continue;
    output.line(`# ${info.mapping.kind} ${info.name}, container ${name}`);
    for (const variable of env) output.line(variableLine(session, info.namespace, variable));
  }
}
