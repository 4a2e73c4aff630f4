// Environment variables (ValidateEnv, ValidateEnvFrom).
import type { Container, EnvVar } from '../generated/types.ts';
import { invalid, type FieldError } from '../messages.ts';
import {
  checkConfigKey,
  checkDns1123Subdomain,
  checkEnvName,
  maskTrailingHyphen,
} from '../names.ts';
import { validateFieldRef, validateResourceRef } from './field-refs.ts';
import { judge, judgeGiven, judgeRequired } from './rules.ts';

const podFields = [
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

interface KeyRef {
  readonly name?: string | undefined;
  readonly key?: string | undefined;
}

/** An empty name is invalid here, not missing. */
const validateKeyRef = ({ name, key }: KeyRef, field: string): readonly FieldError[] => [
  ...judge(`${field}.name`, name ?? '', checkDns1123Subdomain),
  ...judgeRequired(`${field}.key`, key, checkConfigKey),
];

const sourceNames = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';
const notTwice = 'may not have more than one field specified at a time';

function validateValueFrom(variable: EnvVar, field: string): readonly FieldError[] {
  const { valueFrom, value } = variable;
  if (valueFrom === undefined) return [];
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  const errors: FieldError[] = [];
  if (fieldRef) errors.push(...validateFieldRef(fieldRef, podFields, `${field}.fieldRef`));
  if (resourceFieldRef) {
    errors.push(...validateResourceRef(resourceFieldRef, false, `${field}.resourceFieldRef`));
  }
  if (configMapKeyRef) errors.push(...validateKeyRef(configMapKeyRef, `${field}.configMapKeyRef`));
  if (secretKeyRef) errors.push(...validateKeyRef(secretKeyRef, `${field}.secretKeyRef`));
  const given = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef];
  const count = given.filter((one) => one !== undefined).length;
  if (count === 0) errors.push(invalid(field, '', `must specify one of: ${sourceNames}`));
  else if (value) {
    errors.push(invalid(field, '', 'may not be specified when `value` is not empty'));
  } else if (count > 1) errors.push(invalid(field, '', notTwice));
  return errors;
}

const checkName = (name: string): readonly string[] =>
  checkDns1123Subdomain(maskTrailingHyphen(name));

/** Which sources there are is told of the list, without an index. */
function validateEnvFrom(container: Container, field: string): readonly FieldError[] {
  return (container.envFrom ?? []).flatMap(({ configMapRef, secretRef, prefix }, index) => {
    const at = `${field}[${index}]`;
    const errors = [...judgeGiven(`${at}.prefix`, prefix, checkEnvName)];
    if (configMapRef) {
      errors.push(...judgeRequired(`${at}.configMapRef.name`, configMapRef.name, checkName));
    }
    if (secretRef) {
      errors.push(...judgeRequired(`${at}.secretRef.name`, secretRef.name, checkName));
    }
    if (!configMapRef && !secretRef) {
      errors.push(invalid(field, '', 'must specify one of: `configMapRef` or `secretRef`'));
    }
    if (configMapRef && secretRef) errors.push(invalid(field, '', notTwice));
    return errors;
  });
}

/** Variables of one container, its own and those from ConfigMaps and Secrets. */
export function validateEnv(container: Container, field: string): readonly FieldError[] {
  return [
    ...(container.env ?? []).flatMap((variable, index) => {
      const at = `${field}.env[${index}]`;
      return [
        ...judgeRequired(`${at}.name`, variable.name, checkEnvName),
        ...validateValueFrom(variable, `${at}.valueFrom`),
      ];
    }),
    ...validateEnvFrom(container, `${field}.envFrom`),
  ];
}
