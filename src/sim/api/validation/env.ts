// Environment variables (validateEnv, validateEnvFrom).
import type { Container, EnvVar } from '../generated/types.ts';
import { invalid, notSupported, required, type FieldError } from '../messages.ts';
import { checkConfigKey, checkEnvName } from '../names.ts';

const fieldPaths = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const resourcePaths = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];

function validateFieldRef(fieldPath: string | undefined, field: string): readonly FieldError[] {
  if (!fieldPath) return [required(`${field}.fieldPath`)];
  if (/^metadata\.(labels|annotations)\['[^']+'\]$/.test(fieldPath)) return [];
  return fieldPaths.includes(fieldPath)
    ? []
    : [notSupported(`${field}.fieldPath`, fieldPath, [...fieldPaths].sort())];
}

function validateValueFrom(variable: EnvVar, field: string): readonly FieldError[] {
  const { valueFrom } = variable;
  if (valueFrom === undefined) return [];
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  const errors: FieldError[] = [];
  let count = 0;
  if (fieldRef) {
    count += 1;
    errors.push(...validateFieldRef(fieldRef.fieldPath, `${field}.fieldRef`));
  }
  if (resourceFieldRef) {
    count += 1;
    const { resource } = resourceFieldRef;
    if (!resource) errors.push(required(`${field}.resourceFieldRef.resource`));
    else if (!resourcePaths.includes(resource)) {
      errors.push(notSupported(`${field}.resourceFieldRef.resource`, resource, resourcePaths));
    }
  }
  for (const [name, ref] of [
    ['configMapKeyRef', configMapKeyRef],
    ['secretKeyRef', secretKeyRef],
  ] as const) {
    if (ref === undefined) continue;
    count += 1;
    if (!ref.name) errors.push(required(`${field}.${name}.name`));
    if (!ref.key) errors.push(required(`${field}.${name}.key`));
    else
      errors.push(
        ...checkConfigKey(ref.key).map((text) => invalid(`${field}.${name}.key`, ref.key, text)),
      );
  }
  if (count === 0) {
    const names = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';
    errors.push(invalid(field, '', `must specify one of: ${names}`));
  }
  if (variable.value) {
    if (count > 0)
      errors.push(invalid(field, '', 'may not be specified when `value` is not empty'));
  } else if (count > 1) {
    errors.push(invalid(field, '', 'may not have more than one field specified at a time'));
  }
  return errors;
}

/** Variables of one container, its own and those from ConfigMaps and Secrets. */
export function validateEnv(container: Container, field: string): readonly FieldError[] {
  const own = (container.env ?? []).flatMap((variable, index) => {
    const path = `${field}.env[${index}]`;
    const name = variable.name
      ? checkEnvName(variable.name).map((text) => invalid(`${path}.name`, variable.name, text))
      : [required(`${path}.name`)];
    return [...name, ...validateValueFrom(variable, `${path}.valueFrom`)];
  });
  const from = (container.envFrom ?? []).flatMap((source, index) => {
    const path = `${field}.envFrom[${index}]`;
    const { configMapRef, secretRef, prefix } = source;
    const errors: FieldError[] = [];
    if (prefix) {
      errors.push(...checkEnvName(prefix).map((text) => invalid(`${path}.prefix`, prefix, text)));
    }
    if (configMapRef && !configMapRef.name) errors.push(required(`${path}.configMapRef.name`));
    if (secretRef && !secretRef.name) errors.push(required(`${path}.secretRef.name`));
    if (!configMapRef && !secretRef) {
      errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    }
    if (configMapRef && secretRef) {
      errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
    }
    return errors;
  });
  return [...own, ...from];
}
