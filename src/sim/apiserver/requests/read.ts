// get and list.
import type { Status } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';
import type { Resource } from '../../api/kinds.ts';
import type { ServerContext } from '../registry/context.ts';
import { badRequest, failure, notFound } from '../status.ts';
import type { AnyStored } from '../store/entry.ts';
import { toTable } from '../table/table.ts';
import type { ApiRequest, ApiResponse } from '../types.ts';
import { decodeContinue, encodeContinue } from './continue-token.ts';
import type { ContinueToken } from './continue-token.ts';
import { isStored, isTrulyEmpty, refuseUnmodelled } from './resolve.ts';
import { answer, refuse } from './respond.ts';
import { parseSelection } from './selection.ts';
import { written } from './written.ts';
import type { ListSnapshots } from './snapshots.ts';

/** One object, as itself or as a Table of one row. */
export function getObject(
  context: ServerContext,
  info: Resource,
  namespace: string,
  request: ApiRequest,
): ApiResponse {
  const name = request.name ?? '';
  if (!isStored(info)) {
    return refuse(isTrulyEmpty(info) ? notFound(info, name) : refuseUnmodelled(info));
  }
  const object = context.store.get(info.modelled, namespace, name);
  if (object === undefined) return refuse(notFound(info, name));
  return answer(present(context, info, object, request));
}

/** An object in the form the request asks for. */
export function present(
  context: ServerContext,
  info: Resource,
  object: AnyStored,
  request: ApiRequest,
): KubeObject {
  if (request.table === undefined) return written(object);
  return toTable([object], {
    info,
    includeObject: request.table.includeObject,
    nowMs: context.clock.nowMs(),
    metadata: { resourceVersion: object.metadata.resourceVersion },
  });
}

const expiredContinue =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.';

/** All objects that the request selects, or the next chunk of them, in the order of their keys. */
export function listObjects(
  context: ServerContext,
  snapshots: ListSnapshots,
  info: Resource,
  namespace: string | undefined,
  request: ApiRequest,
): ApiResponse {
  if (!isStored(info) && !isTrulyEmpty(info)) return refuse(refuseUnmodelled(info));
  const selection = parseSelection(info, request);
  if (!selection.ok) return refuse(selection.status);
  const { store } = context;
  const asked = Number(request.resourceVersion ?? '0');
  if (asked > store.revision) return refuse(tooLargeRevision(asked, store.revision));
  let token: ContinueToken = { revision: store.revision, after: '' };
  let all: readonly AnyStored[] | undefined;
  if ((request.continue ?? '') !== '') {
    const decoded = decodeContinue(request.continue ?? '');
    if (decoded === undefined) return refuse(badRequest('continue key is not valid'));
    token = decoded;
    all = snapshots.get(info, namespace, token.revision);
    if (all === undefined) return refuse(failure(410, 'Expired', expiredContinue));
  }
  all ??= isStored(info) ? store.listSorted(info.modelled, namespace) : [];
  const rest = token.after === '' ? all : all.slice(indexAfter(all, token.after));
  const matching = selection.matchesAll ? rest : rest.filter(selection.matches);
  const limit = request.limit ?? 0;
  const chunk = limit > 0 ? matching.slice(0, limit) : matching;
  const last = chunk.at(-1);
  const metadata: Record<string, unknown> = { resourceVersion: String(token.revision) };
  if (chunk.length < matching.length && last !== undefined) {
    snapshots.keep(info, namespace, token.revision, all);
    metadata.continue = encodeContinue({ revision: token.revision, after: keyOf(last) });
    if (selection.matchesAll) metadata.remainingItemCount = matching.length - chunk.length;
  }
  return answer(presentList(context, info, chunk, metadata, request));
}

/** A client that has seen more than the server: the answer of the watch cache (storage.NewTooLargeResourceVersionError). */
function tooLargeRevision(asked: number, current: number): Status {
  const message = `Too large resource version: ${asked}, current: ${current}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  return failure(504, 'Timeout', `Timeout: ${message}`, { causes, retryAfterSeconds: 1 });
}

function presentList(
  context: ServerContext,
  info: Resource,
  items: readonly AnyStored[],
  metadata: Readonly<Record<string, unknown>>,
  request: ApiRequest,
): KubeObject {
  if (request.table === undefined) {
    return {
      kind: `${info.kind}List`,
      apiVersion: info.apiVersion,
      metadata,
      items: items.map(written),
    };
  }
  const { includeObject } = request.table;
  return toTable(items, { info, includeObject, nowMs: context.clock.nowMs(), metadata });
}

function keyOf({ metadata }: AnyStored): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function indexAfter(sorted: readonly AnyStored[], after: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const object = sorted[middle];
    if (object !== undefined && keyOf(object) <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
