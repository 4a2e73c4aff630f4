// What a resize of a Pod may not do (pkg/apis/core/validation ValidatePodResize, v1.33).
import type { Container, Pod, ResourceRequirements } from '../../api/generated/types.ts';
import type { FieldError } from '../../api/messages.ts';
import { forbidden, invalid } from '../../api/messages.ts';
import { compareQuantities } from '../../api/quantity.ts';
import { validateCreate } from '../../api/validation/validate.ts';
import { equalJson } from '../equality.ts';
import { computeQosClass } from '../registry/qos.ts';
import type { AnyStored } from '../store/entry.ts';

type Spec = NonNullable<Pod['spec']>;

const specOf = (object: AnyStored): Spec => (object as unknown as Pod).spec as Spec;

/** Why the new resources cannot be taken over; empty when they can. */
export function validateResize(object: AnyStored, old: AnyStored): readonly FieldError[] {
  const [spec, before] = [specOf(object), specOf(old)];
  const errors: FieldError[] = [...validateCreate('Pod', object)];
  const qosClass = (old as unknown as Pod).status?.qosClass ?? '';
  if (computeQosClass(spec) !== qosClass) {
    errors.push(invalid('spec', qosClass, 'Pod QOS Class may not change as a result of resizing'));
  }
  spec.containers.forEach((container, index) => {
    errors.push(
      ...checkContainer(container, before.containers[index], `spec.containers[${index}]`),
    );
  });
  (spec.initContainers ?? []).forEach((container, index) => {
    const known = before.initContainers?.[index];
    const path = `spec.initContainers[${index}]`;
    if (container.restartPolicy === 'Always') {
      errors.push(...checkContainer(container, known, path));
    } else if (!equalJson(container.resources, known?.resources)) {
      errors.push(
        forbidden(`${path}.resources`, 'resources for non-sidecar init containers are immutable'),
      );
    }
  });
  return errors;
}

const resizable = new Set(['cpu', 'memory']);

function checkContainer(
  container: Container,
  old: Container | undefined,
  path: string,
): readonly FieldError[] {
  const [next, before] = [container.resources ?? {}, old?.resources ?? {}];
  const errors: FieldError[] = [];
  for (const part of ['limits', 'requests'] as const) {
    const dropped = Object.keys(before[part] ?? {}).some(
      (name) => next[part]?.[name] === undefined,
    );
    if (dropped) {
      errors.push(forbidden(`${path}.resources.${part}`, `resource ${part} cannot be removed`));
    }
  }
  if (!equalJson(withoutResizable(next), withoutResizable(before))) {
    errors.push(forbidden('spec', 'only cpu and memory resources are mutable'));
  }
  const [limit, oldLimit] = [next.limits?.memory, before.limits?.memory];
  const isLess =
    limit !== undefined && oldLimit !== undefined && compareQuantities(limit, oldLimit) < 0;
  const restarts = (container.resizePolicy ?? []).some(
    ({ resourceName, restartPolicy }) =>
      resourceName === 'memory' && restartPolicy === 'RestartContainer',
  );
  if (isLess && !restarts) {
    errors.push(
      forbidden(
        `${path}.resources.limits`,
        'memory limits cannot be decreased unless resizePolicy is RestartContainer',
      ),
    );
  }
  return errors;
}

function withoutResizable({ claims, limits, requests }: ResourceRequirements): object {
  const others = (amounts: Readonly<Record<string, string>> = {}): object =>
    Object.fromEntries(Object.entries(amounts).filter(([name]) => !resizable.has(name)));
  return { claims, limits: others(limits), requests: others(requests) };
}
