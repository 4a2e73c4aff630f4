// From a request's body to an object (handlers/create.go and rest.go of k8s.io/apiserver).
import type { KubeObject } from '../../api/objects.ts';
import type { Resource } from '../../api/kinds.ts';
import type { ServerContext, StoredResource } from '../registry/context.ts';
import { scanJson } from '../../api/yaml/json-syntax.ts';
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
  const parsed = parseBody(request.body);
  if (!parsed.ok) return parsed;
  const body = parsed.object;
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

/** A body that is still text as JSON, in the words of Go's decoder where it is none. */
export function parseBody(body: unknown): Result<unknown> {
  if (typeof body !== 'string') return { ok: true, object: body };
  const scan = scanJson(body, 0);
  if (!scan.ok) {
    const message = scan.reason === 'end' ? 'unexpected end of JSON input' : scan.message;
    return { ok: false, status: badRequest(message) };
  }
  const rest = body.slice(scan.end).trimStart();
  if (rest !== '') {
    const message = `invalid character '${rest.charAt(0)}' after top-level value`;
    return { ok: false, status: badRequest(message) };
  }
  return { ok: true, object: JSON.parse(body) as unknown };
}

function refuseBody(info: Resource, why: string): Result<KubeObject> {
  const { kind, version } = info;
  return {
    ok: false,
    status: badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`),
  };
}
