// Objects of manifests: decoded, told apart, given their namespace.
import type { KubeObject } from '#sim/api/objects.ts';
import { parseSelector, matchesSelector } from '#sim/api/selector.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import type { Emit, Query, Source } from './builder.ts';
import type { ManifestFile } from './files.ts';
import { manifestFiles, manifestsOf } from './files.ts';
import type { Info } from './info.ts';
import { metadataOf, requestPath } from './info.ts';
import { mappingOfKind } from './mapper.ts';

function decodeFailure(source: string, object: unknown): Failure | undefined {
  const shown = JSON.stringify(source);
  if (typeof object !== 'object' || Array.isArray(object)) {
    const type = Array.isArray(object)
      ? 'array'
      : typeof object === 'boolean'
        ? 'bool'
        : typeof object;
    return new Failure(
      `unable to decode ${shown}: json: cannot unmarshal ${type} into Go value of type unstructured.detector`,
    );
  }
  const { kind = '', apiVersion = '' } = object as KubeObject;
  if (kind === '') {
    return new Failure(
      `unable to decode ${shown}: Object 'Kind' is missing in '${JSON.stringify(object)}'`,
    );
  }
  if (apiVersion === '') {
    return new Failure(
      `unable to decode ${shown}: Object 'apiVersion' is missing in '${JSON.stringify(object)}'`,
    );
  }
  return undefined;
}

/** The objects of a list, or the object itself; a List may hold lists. */
function flatten(object: KubeObject): readonly KubeObject[] {
  const items = object['items'];
  const isList = object.kind?.endsWith('List') === true && Array.isArray(items);
  return isList ? (items as readonly KubeObject[]).flatMap(flatten) : [object];
}

function infoFor(session: Session, object: KubeObject, source: string): Info {
  const { name = '', namespace = '' } = metadataOf(object);
  const mapping = mappingOfKind(session.resources(), object);
  if (mapping === undefined) {
    const { kind = '', apiVersion = '' } = object;
    throw new Failure(
      `resource mapping not found for name: ${JSON.stringify(name)} namespace: ${JSON.stringify(namespace)} ` +
        `from ${JSON.stringify(source)}: no matches for kind ${JSON.stringify(kind)} in version ` +
        `${JSON.stringify(apiVersion)}\nensure CRDs are installed first`,
    );
  }
  return { mapping, namespace: mapping.namespaced ? namespace : '', name, source, object };
}

/** Puts an object without a namespace into the current one; another one than `-n` says is refused. */
function withNamespace(session: Session, info: Info): Info {
  if (!info.mapping.namespaced) return info;
  if (info.namespace === '') {
    const { namespace } = session;
    const metadata = { ...metadataOf(info.object), namespace };
    return { ...info, namespace, object: { ...info.object, metadata } };
  }
  if (session.namespaceEnforced && info.namespace !== session.namespace) {
    throw new Failure(
      `the namespace from the provided object ${JSON.stringify(info.namespace)} does not match the namespace ` +
        `${JSON.stringify(session.namespace)}. You must pass '--namespace=${info.namespace}' to perform this operation.`,
    );
  }
  return info;
}

function emitObject(
  session: Session,
  query: Query,
  object: KubeObject,
  source: string,
  emit: Emit,
): void {
  const parts = query.flatten === false ? [object] : flatten(object);
  for (const part of parts) {
    const failure = decodeFailure(source, part);
    if (failure !== undefined) throw failure;
    const bare = infoFor(session, part, source);
    const info = query.local === true ? bare : withNamespace(session, bare);
    if (!selects(query, info)) continue;
    if (query.latest !== true) {
      emit(info);
      continue;
    }
    const fresh = session.api.request({
      verb: 'get',
      ...requestPath(info),
      subresource: query.subresource || undefined,
      table: query.table,
    });
    emit({ ...info, object: fresh });
  }
}

function selects(query: Query, info: Info): boolean {
  const text = (query.selector ?? '').trim();
  if (text === '') return true;
  const parsed = parseSelector(text);
  if (!parsed.ok)
    throw new Failure(
      `the provided selector ${JSON.stringify(text)} is not valid: ${parsed.error}`,
    );
  return matchesSelector(parsed.selector, metadataOf(info.object).labels ?? {});
}

function fileSource(session: Session, query: Query, file: ManifestFile): Source {
  return (emit) => {
    for (const { object, source } of manifestsOf(file)) {
      query.check?.(object, source);
      emitObject(session, query, object, source, emit);
    }
  };
}

/** One source per file. */
export function fromFiles(session: Session, query: Query): readonly Source[] {
  const { process, stdin } = session;
  const files = manifestFiles(process, query.filenames ?? [], query.recursive === true, stdin);
  return files.map((file) => fileSource(session, query, file));
}
