// From a method, a path and a query to a request in the API's terms.
import type { ApiRequest, PatchType, Verb } from '#sim/apiserver/types.ts';

/** What a path is about. */
export type Route =
  | { readonly kind: 'resource'; readonly request: ApiRequest; readonly isWatch: boolean }
  | { readonly kind: 'document'; readonly path: string };

interface Location {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/** Splits `/apis/apps/v1/namespaces/default/deployments/web/scale`; undefined for paths of no resource. */
export function parsePath(path: string): Location | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const root = parts.shift();
  if (root !== 'api' && root !== 'apis') return undefined;
  const group = root === 'apis' ? parts.shift() : '';
  const version = parts.shift();
  if (group === undefined || version === undefined || parts.length === 0) return undefined;
  const [first, second, third] = parts;
  const isNamespaceItself =
    first !== 'namespaces' || parts.length < 3 || third === 'status' || third === 'finalize';
  const namespace = isNamespaceItself ? undefined : second;
  const [resource = '', name, ...rest] = isNamespaceItself ? parts : parts.slice(2);
  return {
    group,
    version,
    resource,
    namespace,
    name: name === undefined ? undefined : decodeURIComponent(name),
    subresource: rest.length === 0 ? undefined : rest.join('/'),
  };
}

const patchTypes: readonly PatchType[] = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly accept: string;
  readonly contentType: string;
  readonly userAgent: string;
  /** The header Impersonate-User. */
  readonly impersonated: string | undefined;
  readonly body: unknown;
}

/** The request that HTTP asks for, or the document at the path. */
export function toRoute(incoming: Incoming): Route {
  const { url } = incoming;
  const location = parsePath(url.pathname);
  if (location === undefined) return { kind: 'document', path: url.pathname };
  const query = url.searchParams;
  const isWatch = query.get('watch') === 'true' || query.get('watch') === '1';
  const text = (name: string): string | undefined => query.get(name) ?? undefined;
  const contentType = incoming.contentType.split(';')[0]?.trim() ?? '';
  const request: ApiRequest = {
    verb: isWatch ? 'watch' : verbOf(incoming.method, location),
    ...location,
    body: incoming.body,
    patchType: patchTypes.find((type) => type === contentType),
    labelSelector: text('labelSelector'),
    fieldSelector: text('fieldSelector'),
    limit: query.has('limit') ? Number(query.get('limit')) : undefined,
    continue: text('continue'),
    resourceVersion: text('resourceVersion'),
    allowWatchBookmarks: query.get('allowWatchBookmarks') === 'true',
    dryRun: query.getAll('dryRun').includes('All'),
    fieldManager: text('fieldManager') ?? managerOf(incoming.userAgent),
    fieldValidation: fieldValidationOf(text('fieldValidation')),
    force: query.get('force') === 'true',
    table: tableOf(incoming.accept, text('includeObject')),
    user: incoming.impersonated,
  };
  return { kind: 'resource', request, isWatch };
}

function verbOf(method: string, { name }: Location): Verb {
  switch (method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name === undefined ? 'deletecollection' : 'delete';
    default:
      return name === undefined ? 'list' : 'get';
  }
}

/** managedfields' managerOrUserAgent: the program's name. */
function managerOf(userAgent: string): string | undefined {
  const [program = ''] = userAgent.split('/');
  return program === '' ? undefined : program;
}

function fieldValidationOf(text: string | undefined): ApiRequest['fieldValidation'] {
  return text === 'Strict' || text === 'Warn' || text === 'Ignore' ? text : undefined;
}

/** A Table when it is the first thing that the client accepts and this server has. */
function tableOf(accept: string, includeObject: string | undefined): ApiRequest['table'] {
  for (const clause of accept.split(',')) {
    const [type = '', ...parameters] = clause.split(';').map((part) => part.trim());
    const isTable = parameters.includes('as=Table') && parameters.includes('v=v1');
    if (type === 'application/json' && isTable) {
      const shown =
        includeObject === 'None' || includeObject === 'Object' ? includeObject : undefined;
      return { includeObject: shown ?? 'Metadata' };
    }
    if (type === 'application/json' && !parameters.some((part) => part.startsWith('as='))) {
      return undefined;
    }
  }
  return undefined;
}
