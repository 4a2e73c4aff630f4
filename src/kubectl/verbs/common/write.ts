// Writing an object: create, replace and patch with the options that all commands share.
import type { KubeObject } from '#sim/api/objects.ts';
import type { ApiRequest, PatchType } from '#sim/apiserver/types.ts';
import type { Info } from '../../resources/info.ts';
import { collectionPath, requestPath } from '../../resources/info.ts';
import type { Session } from '../../session.ts';
import type { DryRun } from './dry-run.ts';

export interface WriteStyle {
  readonly dryRun: DryRun;
  readonly fieldManager?: string | undefined;
  readonly fieldValidation?: ApiRequest['fieldValidation'];
  readonly subresource?: string | undefined;
  readonly force?: boolean | undefined;
}

function options({ dryRun, fieldManager, fieldValidation, subresource, force }: WriteStyle) {
  return {
    dryRun: dryRun === 'server' ? true : undefined,
    fieldManager: fieldManager || undefined,
    fieldValidation,
    subresource: subresource || undefined,
    force,
  };
}

export function createObject(session: Session, info: Info, style: WriteStyle): KubeObject {
  const path = collectionPath(info);
  return session.api.request({ verb: 'create', ...path, ...options(style), body: info.object });
}

export function replaceObject(session: Session, info: Info, style: WriteStyle): KubeObject {
  const path = requestPath(info);
  return session.api.request({ verb: 'update', ...path, ...options(style), body: info.object });
}

export function patchObject(
  session: Session,
  info: Pick<Info, 'mapping' | 'namespace' | 'name'>,
  patch: unknown,
  patchType: PatchType,
  style: WriteStyle,
): KubeObject {
  const path = requestPath(info);
  return session.api.request({
    verb: 'patch',
    ...path,
    ...options(style),
    body: patch,
    patchType,
  });
}
