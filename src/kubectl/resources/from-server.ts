// Objects named by args or found by selectors, fetched from the server.
import type { KubeObject } from '#sim/api/objects.ts';
import type { ResourceInfo } from '#sim/apiserver/discovery/catalog.ts';
import { pathOf } from '../api.ts';
import { Failure, StatusFailure } from '../failure.ts';
import type { Session } from '../session.ts';
import type { ParsedArguments } from './arguments.ts';
import type { Query, Source } from './builder.ts';
import { metadataOf, requestPath } from './info.ts';
import { apiVersionOf, expandCategory, mappingFor } from './mapper.ts';

/** The resources that types mean, categories opened, each once. */
export function typesOf(session: Session, types: readonly string[]): readonly ResourceInfo[] {
  const resources = session.api.resources();
  const words = types.flatMap((type) => expandCategory(resources, type) ?? [type]);
  return [...new Set(words.map((word) => mappingFor(resources, word)))];
}

function namespaceFor(session: Session, query: Query, mapping: ResourceInfo): string {
  if (!mapping.namespaced) return '';
  return query.allNamespaces === true ? '' : session.namespace;
}

interface ListBody extends KubeObject {
  readonly items?: readonly KubeObject[];
}

/** Says what was looked for, as Selector.Visit does with BadRequest and NotFound. */
function explain(thrown: unknown, mapping: ResourceInfo, query: Query): unknown {
  if (!(thrown instanceof StatusFailure)) return thrown;
  const { status } = thrown;
  if (status.reason !== 'BadRequest' && status.reason !== 'NotFound') return thrown;
  const { selector = '', fieldSelector = '' } = query;
  const where = JSON.stringify(`${mapping.group}/${mapping.version}, Resource=${mapping.resource}`);
  const what =
    selector === '' && fieldSelector === ''
      ? `Unable to list ${where}`
      : `Unable to find ${where} that match label selector ${JSON.stringify(selector)}, field selector ${JSON.stringify(fieldSelector)}`;
  return new StatusFailure({ ...status, message: `${what}: ${status.message ?? ''}` });
}

/** Items of lists come without kind and version; objects on their own have them. */
function withKind(item: KubeObject, mapping: ResourceInfo): KubeObject {
  return { ...item, apiVersion: apiVersionOf(mapping), kind: mapping.kind };
}

function listSource(session: Session, query: Query, mapping: ResourceInfo): Source {
  return (emit) => {
    const namespace = namespaceFor(session, query, mapping);
    let next = '';
    do {
      let body: ListBody;
      try {
        body = session.api.request({
          verb: 'list',
          ...pathOf(mapping),
          namespace: namespace === '' ? undefined : namespace,
          labelSelector: query.selector?.trim() || undefined,
          fieldSelector: query.fieldSelector?.trim() || undefined,
          limit: query.limit === 0 ? undefined : query.limit,
          continue: next === '' ? undefined : next,
          table: query.table,
        });
      } catch (thrown) {
        throw explain(thrown, mapping, query);
      }
      next = metadataOf(body)['continue' as never] ?? '';
      if (query.table !== undefined || query.flatten === false) {
        emit({ mapping, namespace, name: '', source: '', object: body });
        continue;
      }
      for (const item of body.items ?? []) {
        const object = withKind(item, mapping);
        const { name = '', namespace: own = '' } = metadataOf(object);
        emit({ mapping, namespace: own, name, source: '', object });
      }
    } while (next !== '');
  };
}

/** One source per type; their objects are found by selectors. */
export function fromSelector(
  session: Session,
  query: Query,
  parsed: ParsedArguments,
): readonly Source[] {
  if (query.subresource !== undefined && query.subresource !== '') {
    throw new Failure('subresource cannot be used when bulk resources are specified');
  }
  return typesOf(session, parsed.types).map((mapping) => listSource(session, query, mapping));
}

function namedSource(session: Session, query: Query, mapping: ResourceInfo, name: string): Source {
  return (emit) => {
    const namespace = namespaceFor(session, query, mapping);
    const place = { mapping, namespace, name, source: '' };
    if (query.requireObject === false) {
      emit({ ...place, object: {} });
      return;
    }
    const object = session.api.request({
      verb: 'get',
      ...requestPath(place),
      subresource: query.subresource || undefined,
      table: query.table,
    });
    emit({ ...place, object });
  };
}

/** One source per named object. */
export function fromNames(
  session: Session,
  query: Query,
  parsed: ParsedArguments,
): readonly Source[] {
  const resources = session.api.resources();
  if (query.allNamespaces === true) {
    const mappings = parsed.pairs.map(({ type }) => mappingFor(resources, type));
    if ([...mappings, ...typesOf(session, parsed.types)].some((mapping) => mapping.namespaced)) {
      throw new Failure('a resource cannot be retrieved by name across all namespaces');
    }
  }
  if (parsed.pairs.length > 0) {
    const known = parsed.pairs.map(({ type, name }) => ({
      mapping: mappingFor(resources, type),
      name,
    }));
    return known.map(({ mapping, name }) => namedSource(session, query, mapping, name));
  }
  const types = typesOf(session, parsed.types);
  if (types.length > 1) throw new Failure('you must specify only one resource');
  const [mapping] = types;
  if (mapping === undefined) return [];
  return parsed.names.map((name) => namedSource(session, query, mapping, name));
}
