// pods/NAME/ephemeralcontainers and pods/NAME/resize: the two ways the containers of a running Pod change
// (pkg/registry/core/pod/strategy.go podEphemeralContainersStrategy, podResizeStrategy).
import type { Container, Pod } from '../../api/generated/types.ts';
import { equalJson } from '../equality.ts';
import type { ServerContext } from '../registry/context.ts';
import { withMeta } from '../registry/metadata.ts';
import type { UpdateStrategy } from '../registry/update.ts';
import { validateEphemeralUpdate } from '../../api/validation/pod-update.ts';
import type { AnyStored } from '../store/entry.ts';

type Spec = NonNullable<Pod['spec']>;

const specOf = (object: AnyStored): Spec => (object as unknown as Pod).spec as Spec;

function withSpec(old: AnyStored, spec: Spec): AnyStored {
  if (equalJson(spec, old.spec)) return old;
  const generation = (old.metadata.generation ?? 0) + 1;
  return { ...withMeta(old, { generation }), spec };
}

/** Takes over ephemeral containers alone; those that are there can neither change nor go. */
export function ephemeralContainersStrategy(): UpdateStrategy {
  return {
    prepare: (object, old) =>
      withSpec(old, { ...specOf(old), ephemeralContainers: specOf(object).ephemeralContainers }),
    validate: (object, old) => validateEphemeralUpdate(object as never, old as never),
  };
}

/** Takes over CPU and memory of containers alone; everything else stays as it is. */
export function resizeStrategy(context: ServerContext): UpdateStrategy {
  return {
    prepare: (object, old) => withSpec(old, resized(specOf(object), specOf(old))),
    validate: (object, old) => context.schema.validateResize(object, old),
  };
}

function resized(spec: Spec, old: Spec): Spec {
  const merge = <C extends Container>(before: C): C => {
    const all = [...spec.containers, ...(spec.initContainers ?? [])];
    const after = all.find(({ name }) => name === before.name);
    if (after === undefined) return before;
    const { resources, resizePolicy } = after;
    return {
      ...before,
      resources: resources ?? {},
      ...(resizePolicy === undefined ? {} : { resizePolicy }),
    };
  };
  return {
    ...old,
    containers: old.containers.map(merge),
    ...(old.initContainers === undefined ? {} : { initContainers: old.initContainers.map(merge) }),
  };
}
