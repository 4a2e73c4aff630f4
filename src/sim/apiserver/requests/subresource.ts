// Requests on subresources other than status.
import type { KubeObject } from '../../api/objects.ts';
import { bindPod } from '../registry/binding.ts';
import { updateObject } from '../registry/update.ts';
import { success } from '../status.ts';
import {
  ephemeralContainersStrategy,
  resizeStrategy,
} from '../subresources/ephemeral-containers.ts';
import { evictPod } from '../subresources/eviction.ts';
import { finalizeNamespace } from '../subresources/finalize.ts';
import { readScale, writeScale } from '../subresources/scale.ts';
import type { ApiResponse, Result } from '../types.ts';
import { decodeBody } from './body.ts';
import { patchObject, patchPlain } from './patch.ts';
import { getObject } from './read.ts';
import { issueToken } from './reviews.ts';
import { refuseUnmodelled } from './resolve.ts';
import { answer, refuse } from './respond.ts';
import type { WriteRequest } from './write.ts';
import { handlePatch, handleUpdate } from './write.ts';

/** Answers a request whose path has a subresource. */
export function handleSubresource(write: WriteRequest): ApiResponse {
  const { context, info, namespace, request, options } = write;
  const { verb, subresource } = request;
  const name = request.name ?? '';
  if (verb === 'get' && subresource !== 'scale') {
    if (subresource === 'log' || subresource === 'exec' || subresource === 'attach') {
      return refuse(refuseUnmodelled(info, subresource));
    }
    return getObject(context, info, namespace, request);
  }
  switch (subresource) {
    case 'status':
      return verb === 'patch' ? handlePatch(write) : handleUpdate(write);
    case 'scale':
      return handleScale(write);
    case 'eviction':
      return respond(evictPod(context, { namespace, name }, request.body, options), 201);
    case 'binding':
      return handleBinding(write);
    case 'ephemeralcontainers':
    case 'resize':
      return handleContainers(write);
    case 'token':
      return issueToken(context, namespace, request);
    case 'finalize':
      return respond(finalizeNamespace(context, info, name, request.body, options));
    default:
      return refuse(refuseUnmodelled(info, subresource));
  }
}

function handleScale(write: WriteRequest): ApiResponse {
  const { request } = write;
  if (request.verb === 'get') return respond(readScale(write));
  const next = (scale: KubeObject): Result<KubeObject> =>
    request.verb === 'patch'
      ? patchPlain(scale, request)
      : { ok: true, object: (request.body ?? {}) as KubeObject };
  return respond(writeScale(write, next));
}

function handleBinding({ context, namespace, request }: WriteRequest): ApiResponse {
  const body = request.body as { target?: { name?: string } } | undefined;
  const target = { namespace, name: request.name ?? '' };
  const bound = bindPod(context, target, body?.target?.name ?? '');
  if (!bound.ok) return refuse(bound.status);
  return answer({ ...success(), code: 201 } as unknown as KubeObject, 201);
}

function handleContainers(write: WriteRequest): ApiResponse {
  const { context, info, namespace, request, options } = write;
  const { subresource = '', verb } = request;
  const strategy =
    subresource === 'resize' ? resizeStrategy(context) : ephemeralContainersStrategy();
  const result = updateObject(
    context,
    {
      info,
      namespace,
      name: request.name ?? '',
      subresource,
      strategy,
      transform: (current) =>
        verb === 'patch'
          ? patchObject(context, info, current, request, options.warnings)
          : decodeBody(context, info, request, options.warnings),
    },
    options,
  );
  return respond(result);
}

function respond(result: Result<KubeObject>, code = 200): ApiResponse {
  return result.ok ? answer(result.object, code) : refuse(result.status);
}
