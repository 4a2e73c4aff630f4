// Which objects a list, watch or deletecollection is about.
import type { Status } from '../../api/generated/types.ts';
import { matchesSelector, parseSelector } from '../../api/selector.ts';
import type { Resource } from '../../api/kinds.ts';
import { badRequest } from '../status.ts';
import type { AnyStored } from '../store/entry.ts';
import type { ApiRequest } from '../types.ts';
import { matchesFields, parseFieldSelector } from './field-selector.ts';

export interface Selection {
  readonly ok: true;
  /** True when the request has no selector. */
  readonly matchesAll: boolean;
  matches(object: AnyStored): boolean;
}

/** The selectors and the name of a request as one question about objects. */
export function parseSelection(
  info: Resource,
  request: ApiRequest,
): Selection | { readonly ok: false; readonly status: Status } {
  const labels = parseSelector(request.labelSelector ?? '');
  if (!labels.ok) return { ok: false, status: badRequest(labels.error) };
  const fields = parseFieldSelector(info, request.fieldSelector ?? '');
  if (!fields.ok) return { ok: false, status: badRequest(fields.message) };
  const hasLabels = (request.labelSelector ?? '') !== '';
  const { name } = request;
  return {
    ok: true,
    matchesAll: !hasLabels && fields.selector.length === 0 && name === undefined,
    matches: (object) =>
      (name === undefined || object.metadata.name === name) &&
      (!hasLabels || matchesSelector(labels.selector, object.metadata.labels ?? {})) &&
      matchesFields(fields.selector, object),
  };
}
