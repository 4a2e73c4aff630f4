// What may not change once an object exists (Validate...Update of the kinds).
import type {
  ConfigMap,
  Job,
  Pod,
  PodSpec,
  Secret,
  Service,
  StatefulSet,
} from '../generated/types.ts';
import type { KubeObject } from '../objects.ts';
import { forbidden, invalid, type FieldError } from '../messages.ts';
import { goSelector } from './workloads.ts';

const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** The same value with sorted keys, so that their order does not count. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

const podUpdateText =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,' +
  '`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),' +
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** Both specs with the mutable parts of the new one, to see whether anything else differs. */
function withMutableParts(spec: PodSpec, old: PodSpec): PodSpec {
  const images = (list: PodSpec['initContainers'], from: PodSpec['initContainers']) =>
    list?.map((one, index) => ({ ...one, image: from?.[index]?.image }));
  const initContainers = images(spec.initContainers, old.initContainers);
  const { activeDeadlineSeconds, tolerations } = old;
  const gracePassed =
    (old.terminationGracePeriodSeconds ?? 0) < 0 && spec.terminationGracePeriodSeconds === 1;
  return {
    ...spec,
    containers: images(spec.containers, old.containers) ?? [],
    ...(initContainers === undefined ? {} : { initContainers }),
    activeDeadlineSeconds,
    tolerations,
    ...(gracePassed ? { terminationGracePeriodSeconds: old.terminationGracePeriodSeconds } : {}),
    schedulingGates: old.schedulingGates,
  };
}

function validateGates(spec: PodSpec, old: PodSpec): readonly FieldError[] {
  const before = (old.schedulingGates ?? []).map(({ name }) => name);
  const added = (spec.schedulingGates ?? []).filter(({ name }) => !before.includes(name));
  return added.length === 0
    ? []
    : [
        forbidden(
          'spec.schedulingGates',
          'only deletion is allowed, but found new scheduling gate ' + `'${added[0]?.name ?? ''}'`,
        ),
      ];
}

/** ValidatePodUpdate; the difference that Go prints behind it is not imitated (docs/differences.md). */
export function validatePodUpdate(pod: Pod, oldPod: Pod): readonly FieldError[] {
  const spec = pod.spec ?? { containers: [] };
  const old = oldPod.spec ?? { containers: [] };
  const isOther = (a: PodSpec['initContainers'], b: PodSpec['initContainers']) =>
    (a?.length ?? 0) !== (b?.length ?? 0);
  if (isOther(spec.containers, old.containers)) {
    return [forbidden('spec.containers', 'pod updates may not add or remove containers')];
  }
  if (isOther(spec.initContainers, old.initContainers)) {
    return [forbidden('spec.initContainers', 'pod updates may not add or remove containers')];
  }
  const errors: FieldError[] = [];
  const { activeDeadlineSeconds: deadline } = spec;
  if (old.activeDeadlineSeconds !== undefined) {
    if (deadline === undefined) {
      errors.push(
        invalid('spec.activeDeadlineSeconds', { go: 'null' }, `must not be removed once set`),
      );
    } else if (deadline > old.activeDeadlineSeconds) {
      errors.push(
        invalid(
          'spec.activeDeadlineSeconds',
          deadline,
          'must be less than or equal to previous value',
        ),
      );
    }
  }
  const tolerationsKept = (old.tolerations ?? []).every((one) =>
    (spec.tolerations ?? []).some((other) => same(one, other)),
  );
  if (!tolerationsKept) {
    errors.push(
      forbidden(
        'spec.tolerations',
        'existing toleration can not be modified except its tolerationSeconds',
      ),
    );
  }
  errors.push(...validateGates(spec, old));
  if (!same(withMutableParts(spec, old), old)) errors.push(forbidden('spec', podUpdateText));
  return errors;
}

type WithSelector = {
  readonly spec?: { readonly selector?: { readonly matchLabels?: Record<string, string> } };
};

/** Deployments, ReplicaSets, DaemonSets keep their selector. */
export function validateSelectorKept(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const selector = (object as WithSelector).spec?.selector;
  if (same(selector, (old as WithSelector).spec?.selector)) return [];
  return [invalid('spec.selector', { go: goSelector(selector ?? {}) }, 'field is immutable')];
}

const statefulSetFields = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

export function validateStatefulSetUpdate(
  object: StatefulSet,
  old: StatefulSet,
): readonly FieldError[] {
  const rest = (spec: StatefulSet['spec']) =>
    Object.fromEntries(
      Object.entries(spec ?? {}).filter(([name]) => !statefulSetFields.includes(name)),
    );
  if (same(rest(object.spec), rest(old.spec))) return [];
  const list = statefulSetFields.map((name) => `'${name}'`);
  const last = list.pop() ?? '';
  return [
    forbidden(
      'spec',
      `updates to statefulset spec for fields other than ${list.join(', ')} and ${last} are forbidden`,
    ),
  ];
}

export function validateJobUpdate(object: Job, old: Job): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const field of [
    'completions',
    'selector',
    'template',
    'completionMode',
    'podFailurePolicy',
  ] as const) {
    if (same(object.spec?.[field], old.spec?.[field])) continue;
    const mayChange = field === 'template' && old.spec?.suspend === true;
    if (!mayChange)
      errors.push(
        invalid(`spec.${field}`, { go: goText(object.spec?.[field]) }, 'field is immutable'),
      );
  }
  return errors;
}

const goText = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'null');

/** Both ConfigMaps and Secrets: an immutable one keeps its content and stays immutable. */
export function validateContentUpdate(
  object: ConfigMap & Secret,
  old: ConfigMap & Secret,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (old.immutable === true) {
    const text = 'field is immutable when `immutable` is set';
    if (object.immutable !== true) errors.push(forbidden('immutable', text));
    if (!same(object.data ?? {}, old.data ?? {})) errors.push(forbidden('data', text));
    if (!same(object.binaryData ?? {}, old.binaryData ?? {}))
      errors.push(forbidden('binaryData', text));
  }
  if (old.type !== undefined && object.type !== old.type) {
    errors.push(invalid('type', object.type ?? '', 'field is immutable'));
  }
  return errors;
}

export function validateServiceUpdate(object: Service, old: Service): readonly FieldError[] {
  const before = old.spec?.clusterIP ?? '';
  const now = object.spec?.clusterIP ?? '';
  const wasFixed =
    before !== '' && old.spec?.type !== 'ExternalName' && object.spec?.type !== 'ExternalName';
  if (!wasFixed || before === now) return [];
  return [
    invalid(
      'spec.clusterIPs[0]',
      { go: `[]string{${JSON.stringify(now)}}` },
      'may not change once set',
    ),
  ];
}
