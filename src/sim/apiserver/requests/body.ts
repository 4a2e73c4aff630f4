// From a request's body to an object (handlers/create.go and rest.go of k8s.io/apiserver).
import type { KubeObject } from '../../api/objects.ts';
import type { Resource } from '../../api/kinds.ts';
import type { ServerContext, StoredResource } from '../registry/context.ts';
import { badRequest } from '../status.ts';
import type { ApiRequest, Result } from '../types.ts';

/**
 * Decodes the body as the kind of the resource. Unknown and repeated fields are errors, warnings or ignored as
 * `fieldValidation` asks (Warn when it does not).
 */
export function decodeBody(
  context: ServerContext,
  info: StoredResource,
  request: ApiRequest,
  warnings: string[],
): Result<KubeObject> {
  const { body } = request;
  const own = info.apiVersion;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return refuseBody(info, `couldn't get version/kind; json parse error: not an object`);
  }
  const given = body as KubeObject;
  const { apiVersion = own, kind = info.kind } = given;
  if (apiVersion !== own) {
    const message = `the API version in the data (${apiVersion}) does not match the expected API version (${own})`;
    return { ok: false, status: badRequest(message) };
  }
  if (kind !== info.kind) {
    const from = `${info.version}.${kind}`;
    const message = `${kind} in version "${info.version}" cannot be handled as a ${info.kind}: converting (${from}) to (${info.version}.${info.kind}): unknown conversion`;
    return { ok: false, status: badRequest(message) };
  }
  const mode = request.fieldValidation ?? 'Warn';
  const decoded = context.schema.decode(info.modelled, { ...given, apiVersion, kind });
  if (!decoded.ok) return refuseBody(info, decoded.message);
  if (decoded.strictErrors.length > 0) {
    if (mode === 'Strict') {
      return refuseBody(info, `strict decoding error: ${decoded.strictErrors.join(', ')}`);
    }
    if (mode === 'Warn') warnings.push(...decoded.strictErrors);
  }
  return { ok: true, object: decoded.object };
}

function refuseBody(info: Resource, why: string): Result<KubeObject> {
  const { kind, version } = info;
  return {
    ok: false,
    status: badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`),
  };
}
