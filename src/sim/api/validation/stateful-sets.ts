// StatefulSets and ControllerRevisions (pkg/apis/apps/validation).
import type {
  ControllerRevision,
  PodTemplateSpec,
  StatefulSet,
  Volume,
} from '../generated/types.ts';
import { goValue } from '../go-values/print.ts';
import { forbidden, invalid, required, type FieldError } from '../messages.ts';
import { deepEqual } from '../patch/json.ts';
import { validateClaimSpec } from './claims.ts';
import { isUsableSelector } from './label-selector.ts';
import { validateAnnotations, validateLabels } from './metadata.ts';
import { validatePodAnnotations } from './pod.ts';
import { immutableText, label, notNegative, oneOf } from './rules.ts';
import {
  goSelector,
  validateRunsForever,
  validateSelected,
  validateSelector,
  validateTemplate,
} from './template.ts';

type Spec = NonNullable<StatefulSet['spec']>;

function validateUpdateStrategy(strategy: Spec['updateStrategy']): readonly FieldError[] {
  const field = 'spec.updateStrategy';
  const { type, rollingUpdate } = strategy ?? {};
  if (!type) return [required(field)];
  if (type === 'RollingUpdate') {
    return notNegative(rollingUpdate?.partition, `${field}.rollingUpdate.partition`);
  }
  if (type !== 'OnDelete') {
    const shown = goValue('apps.StatefulSetUpdateStrategy', strategy);
    return [invalid(field, shown, "must be 'RollingUpdate' or 'OnDelete'")];
  }
  if (rollingUpdate === undefined) return [];
  const shown = goValue('apps.RollingUpdateStatefulSetStrategy', rollingUpdate);
  const text = "only allowed for updateStrategy 'RollingUpdate'";
  return [invalid(`${field}.rollingUpdate`, shown, text)];
}

function validateManagement(policy: string | undefined): readonly FieldError[] {
  const field = 'spec.podManagementPolicy';
  if (!policy) return [required(field)];
  if (policy === 'OrderedReady' || policy === 'Parallel') return [];
  return [invalid(field, policy, "must be 'OrderedReady' or 'Parallel'")];
}

/** The template as the controller will use it: its claims are volumes, and names are the controller's. */
function asUsed({ template, volumeClaimTemplates = [] }: Spec): PodTemplateSpec {
  const claims = volumeClaimTemplates.map(({ metadata }): Volume => {
    const name = metadata?.name ?? '';
    return { name, persistentVolumeClaim: { claimName: name } };
  });
  const others = (template?.spec?.volumes ?? []).filter(
    ({ name }) => !claims.some((claim) => claim.name === name),
  );
  const spec = template?.spec ?? { containers: [] };
  return {
    ...template,
    spec: { ...spec, subdomain: undefined, hostname: undefined, volumes: [...claims, ...others] },
  };
}

function validateSelectedTemplate(spec: Spec): readonly FieldError[] {
  const { selector } = spec;
  if (selector !== undefined && !isUsableSelector(selector)) {
    return [invalid('spec.selector', goSelector(selector), '')];
  }
  const template = asUsed(spec);
  const { labels, annotations } = template.metadata ?? {};
  const field = 'spec.template';
  return [
    ...validateSelected(selector, template),
    ...validateTemplate(template, field),
    ...validateLabels(labels, `${field}.labels`),
    ...validateAnnotations(annotations, `${field}.annotations`),
    ...validatePodAnnotations(annotations, template.spec, `${field}.annotations`),
  ];
}

/** @param isNew what cannot change any more is not judged again */
function validateSpec(spec: Spec, isNew: boolean): readonly FieldError[] {
  const retention = spec.persistentVolumeClaimRetentionPolicy;
  const path = 'spec.persistentVolumeClaimRetentionPolicy';
  const policies = ['Retain', 'Delete'];
  return [
    ...validateManagement(spec.podManagementPolicy),
    ...validateUpdateStrategy(spec.updateStrategy),
    ...(retention === undefined
      ? []
      : [
          ...oneOf(`${path}.whenDeleted`, retention.whenDeleted, policies),
          ...oneOf(`${path}.whenScaled`, retention.whenScaled, policies),
        ]),
    ...(isNew ? (spec.volumeClaimTemplates ?? []) : []).flatMap((claim, index) =>
      validateClaimSpec(claim.spec, `spec.volumeClaimTemplates[${index}].spec`),
    ),
    ...notNegative(spec.replicas, 'spec.replicas'),
    ...notNegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...notNegative(spec.ordinals?.start, 'spec.ordinals.start'),
    ...(isNew ? label('spec.serviceName', spec.serviceName) : []),
    ...validateSelector(spec.selector, 'statefulset'),
    ...validateSelectedTemplate(spec),
    ...validateRunsForever(spec.template, 'StatefulSet'),
  ];
}

const emptySpec = {} as Spec;

export const validateStatefulSet = ({ spec }: StatefulSet): readonly FieldError[] =>
  validateSpec(spec ?? emptySpec, true);

const mutable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

const fixedPart = (spec: Spec): object =>
  Object.fromEntries(Object.entries(spec).filter(([name]) => !mutable.includes(name)));

export function validateStatefulSetUpdate(set: StatefulSet, old: StatefulSet) {
  const [spec, before] = [set.spec ?? emptySpec, old.spec ?? emptySpec];
  const errors = [...validateSpec(spec, false)];
  if (deepEqual(fixedPart(spec), fixedPart(before))) return errors;
  const names = mutable.map((name) => `'${name}'`);
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  const text = `updates to statefulset spec for fields other than ${list} are forbidden`;
  return [...errors, forbidden('spec', text)];
}

export function validateRevision({ data, revision }: ControllerRevision): readonly FieldError[] {
  return [
    ...notNegative(revision, 'revision'),
    ...(data === undefined || data === null ? [required('data', 'data is mandatory')] : []),
  ];
}

export function validateRevisionUpdate(object: ControllerRevision, old: ControllerRevision) {
  const errors = notNegative(object.revision, 'revision');
  if (deepEqual(object.data, old.data)) return errors;
  const go = JSON.stringify(object.data);
  return [...errors, invalid('data', { go }, immutableText)];
}
