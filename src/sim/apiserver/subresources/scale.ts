// The scale subresource of Deployments, ReplicaSets and StatefulSets: autoscaling/v1 Scale in and out.
import type { LabelSelector } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';
import { formatSelector, requirementsOf } from '../../api/selector.ts';
import type { AnyStored } from '../store/entry.ts';
import { invalid, invalidStatus } from '../../api/messages.ts';
import { badRequest, notFound } from '../status.ts';
import type { Result } from '../types.ts';
import type { WriteRequest } from '../requests/write.ts';
import { updateObject } from '../registry/update.ts';

interface ScalableSpec {
  readonly replicas?: number;
  readonly selector?: LabelSelector;
}

/** A workload as its Scale. */
export function toScale(object: AnyStored): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const spec = object.spec as ScalableSpec;
  const replicas = spec.replicas ?? 0;
  const selector = formatSelector(requirementsOf(spec.selector ?? {}));
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: replicas === 0 ? {} : { replicas },
    status: {
      replicas: (object.status as { replicas?: number } | undefined)?.replicas ?? 0,
      ...(selector === '' ? {} : { selector }),
    },
  };
}

/** GET of a Scale. */
export function readScale({ context, info, namespace, request }: WriteRequest): Result<KubeObject> {
  const name = request.name ?? '';
  const object = context.store.get(info.modelled, namespace, name);
  if (object === undefined) return { ok: false, status: notFound(info, name) };
  return { ok: true, object: toScale(object) };
}

/** PUT or PATCH of a Scale: sets the workload's replicas, and nothing else. */
export function writeScale(
  write: WriteRequest,
  nextScale: (scale: KubeObject) => Result<KubeObject>,
): Result<KubeObject> {
  const { context, info, namespace, request, options } = write;
  const result = updateObject(
    context,
    {
      info,
      namespace,
      name: request.name ?? '',
      subresource: 'scale',
      transform: (current) => {
        const next = nextScale(toScale(current));
        return next.ok ? scaled(current, next.object) : next;
      },
    },
    options,
  );
  return result.ok ? { ok: true, object: toScale(result.object) } : result;
}

function scaled(current: AnyStored, scale: KubeObject): Result<KubeObject> {
  if (scale.kind !== undefined && scale.kind !== 'Scale') {
    const message = `wrong object passed to Scale update: ${scale.kind}`;
    return { ok: false, status: badRequest(message) };
  }
  const replicas = (scale.spec as { replicas?: unknown } | undefined)?.replicas ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas)) {
    const message = `Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal ${typeof replicas} into Go struct field ScaleSpec.spec.replicas of type int32`;
    return { ok: false, status: badRequest(message) };
  }
  if (replicas < 0) {
    const cause = invalid('spec.replicas', replicas, 'must be greater than or equal to 0');
    return {
      ok: false,
      status: invalidStatus('Scale', 'autoscaling', current.metadata.name, [cause]),
    };
  }
  const resourceVersion = scale.metadata?.resourceVersion ?? '';
  const metadata =
    resourceVersion === ''
      ? { ...current.metadata, resourceVersion: '' }
      : { ...current.metadata, resourceVersion };
  return {
    ok: true,
    object: { ...current, metadata, spec: { ...(current.spec as object), replicas } },
  };
}
