// The subresource `resize` of Pods: CPU and memory of containers that run (ValidatePodResize).
import type { Container, Pod, PodSpec, ResourceRequirements } from '../generated/types.ts';
import { forbidden, invalid, type FieldError } from '../messages.ts';
import { deepEqual } from '../patch/json.ts';
import { compareQuantities } from '../quantity.ts';
import { validateMetadataUpdate } from './metadata.ts';
import { mirrorAnnotation, validatePod } from './pod.ts';

type Amounts = Readonly<Record<string, string>> | undefined;

const areRemoved = (now: Amounts, before: Amounts): boolean =>
  Object.keys(before ?? {}).some((name) => now?.[name] === undefined);

function validateMemoryLimit(now: Container, before: Container, field: string) {
  const policy = (now.resizePolicy ?? []).find(({ resourceName }) => resourceName === 'memory');
  if (policy !== undefined && policy.restartPolicy !== 'NotRequired') return [];
  const at = `${field}.limits[memory]`;
  const [limit, old] = [now.resources?.limits?.['memory'], before.resources?.limits?.['memory']];
  if (limit === undefined) return [];
  const unless = 'unless resizePolicy is RestartContainer';
  if (old === undefined) return [forbidden(at, `memory limits cannot be added ${unless}`)];
  return compareQuantities(limit, old) < 0
    ? [forbidden(at, `memory limits cannot be decreased ${unless}`)]
    : [];
}

/** @param field ends in `resources` */
function validateOne(now: Container, before: Container, field: string): readonly FieldError[] {
  const { requests, limits } = now.resources ?? {};
  const old = before.resources;
  return [
    ...(areRemoved(requests, old?.requests)
      ? [forbidden(`${field}.requests`, 'resource requests cannot be removed')]
      : []),
    ...(areRemoved(limits, old?.limits)
      ? [forbidden(`${field}.limits`, 'resource limits cannot be removed')]
      : []),
    ...validateMemoryLimit(now, before, field),
  ];
}

/** Amounts with those of CPU and memory put back. */
function withOldAmounts(now: Amounts, before: Amounts): Amounts {
  if (before === undefined) return undefined;
  const resized = ['cpu', 'memory'];
  const others = Object.entries(now ?? {}).filter(([name]) => !resized.includes(name));
  const old = Object.entries(before).filter(([name]) => resized.includes(name));
  return Object.fromEntries([...others, ...old]);
}

function withOldResources(now: Container, before: Container): Container {
  const resources: ResourceRequirements = {
    limits: withOldAmounts(now.resources?.limits, before.resources?.limits),
    requests: withOldAmounts(now.resources?.requests, before.resources?.requests),
  };
  return { ...now, resources };
}

const isUnchanged = (now: Container, before: Container): boolean =>
  deepEqual(
    { ...now, resources: now.resources ?? {} },
    { ...before, resources: before.resources ?? {} },
  );

const isSidecar = ({ restartPolicy }: Container): boolean => restartPolicy === 'Always';

function validateOthers(spec: PodSpec, old: PodSpec): readonly FieldError[] {
  const errors: FieldError[] = [];
  const refuse = (text: string): void => void errors.push(forbidden('spec', text));
  for (const [index, before] of (old.containers ?? []).entries()) {
    const now = spec.containers[index] ?? before;
    if (!isUnchanged(withOldResources(now, before), before)) {
      refuse('only cpu and memory resources are mutable');
    }
  }
  for (const [index, before] of (old.initContainers ?? []).entries()) {
    const now = spec.initContainers?.[index] ?? before;
    if (isSidecar(now)) {
      if (!isUnchanged(withOldResources(now, before), before)) {
        refuse('only cpu and memory resources for sidecar containers are mutable');
      }
    } else if (!isUnchanged(now, before)) {
      refuse('resources for non-sidecar init containers are immutable');
    }
  }
  return errors;
}

/** @param changesClass whether the Pod's class of service would be another one */
export function validatePodResize(
  pod: Pod,
  oldPod: Pod,
  changesClass: boolean,
): readonly FieldError[] {
  const spec = pod.spec ?? { containers: [] };
  const old = oldPod.spec ?? { containers: [] };
  if (oldPod.metadata?.annotations?.[mirrorAnnotation] !== undefined) {
    return [forbidden('', 'static pods cannot be resized')];
  }
  if (old.os?.name === 'windows') return [forbidden('', 'windows pods cannot be resized')];
  const errors = [
    ...validateMetadataUpdate(pod.metadata ?? {}, oldPod.metadata ?? {}),
    ...validatePod(pod),
  ];
  if (changesClass) {
    const text = 'Pod QOS Class may not change as a result of resizing';
    errors.push(invalid('spec', oldPod.status?.qosClass ?? '', text));
  }
  const check = (list: 'initContainers' | 'containers', fits: (one: Container) => boolean) =>
    (old[list] ?? []).forEach((before, index) => {
      const now = spec[list]?.[index];
      if (now === undefined || !fits(before)) return;
      errors.push(...validateOne(now, before, `spec.${list}[${index}].resources`));
    });
  check('initContainers', isSidecar);
  check('containers', () => true);
  return [...errors, ...validateOthers(spec, old)];
}
