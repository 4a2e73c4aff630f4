// Client-side apply: the manifest, the last manifest and the live object make a patch (kubectl/pkg/cmd/apply/patcher.go).
import { toCompactJson } from '#sim/api/json-out.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { createThreeWayMergePatch } from '#sim/api/patch.ts';
import { Failure, isFailure, isNotFound, StatusFailure, withSource } from '../../failure.ts';
import type { Info } from '../../resources/info.ts';
import { requestPath } from '../../resources/info.ts';
import { apiVersionOf } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { lastApplied, readLastApplied, withLastApplied } from '../common/last-applied.ts';
import { madePatch } from '../common/patches.ts';
import type { WriteStyle } from '../common/write.ts';
import { createObject, patchObject } from '../common/write.ts';
import { deleteOne } from '../delete/delete.ts';
import type { Applied } from './apply.ts';

const maxTries = 5;

/** How errors name an object (resource.Info.String). */
export function infoText({ mapping, name, namespace }: Info): string {
  const { group, version, resource, kind } = mapping;
  return (
    `Resource: "${group}/${version}, Resource=${resource}", GroupVersionKind: "${group}/${version}, Kind=${kind}"\n` +
    `Name: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace)}`
  );
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutNulls(part)]));
}

/** The object as it is on the server, or undefined. */
export function liveObject(session: Session, info: Info): KubeObject | undefined {
  try {
    const object = session.api.request({ verb: 'get', ...requestPath(info) });
    return { ...object, apiVersion: apiVersionOf(info.mapping), kind: info.mapping.kind };
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined;
    const what = `retrieving current configuration of:\n${infoText(info)}\nfrom server for:`;
    throw withSource(thrown, what, info.source);
  }
}

export function applyHere(session: Session, info: Info, style: WriteStyle): Applied {
  const modified = withLastApplied(info.object);
  const live = liveObject(session, info);
  if (live === undefined) return createFirst(session, { ...info, object: modified }, style);
  if (style.dryRun === 'client') return { operation: 'configured', object: live };
  if (readLastApplied(live) === undefined) warnWithoutAnnotation(session, info);
  return patchLive(session, info, live, modified, style);
}

function createFirst(session: Session, info: Info, style: WriteStyle): Applied {
  const object = withoutNulls(info.object) as KubeObject;
  if (style.dryRun === 'client') return { operation: 'created', object };
  try {
    const created = createObject(session, { ...info, object }, style);
    return { operation: 'created', object: created };
  } catch (thrown) {
    throw withSource(thrown, 'creating', info.source);
  }
}

function warnWithoutAnnotation(session: Session, { mapping, name }: Info): void {
  session.output.errLine(
    `Warning: resource ${mapping.resource}/${name} is missing the ${lastApplied} annotation which is required by ` +
      'kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create ' +
      '--save-config or kubectl apply. The missing annotation will be patched automatically.',
  );
}

/** The patch from the live object to what the manifest wants; `{}` for nothing. */
export function applyPatchFor(
  live: KubeObject,
  modified: KubeObject,
): Readonly<Record<string, unknown>> {
  const text = readLastApplied(live);
  let original: object = {};
  if (text !== undefined) {
    try {
      original = JSON.parse(text) as object;
    } catch {
      throw new Failure(`the ${lastApplied} annotation of the live object is no JSON`);
    }
  }
  const versions = { original, modified, current: live };
  return madePatch(createThreeWayMergePatch(live.kind ?? '', versions));
}

function patchLive(
  session: Session,
  info: Info,
  live: KubeObject,
  modified: KubeObject,
  style: WriteStyle,
): Applied {
  let current = live;
  for (let tries = 1; ; tries += 1) {
    const patch = applyPatchFor(current, modified);
    if (Object.keys(patch).length === 0) return { operation: 'unchanged', object: current };
    try {
      const type = 'application/strategic-merge-patch+json';
      const object = patchObject(session, info, patch, type, style);
      return { operation: 'configured', object };
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      const reason = thrown instanceof StatusFailure ? thrown.status.reason : '';
      if (reason === 'Conflict' && tries < maxTries) {
        current = liveObject(session, info) ?? current;
        continue;
      }
      if (session.flags.bool('force') && (reason === 'Conflict' || reason === 'Invalid')) {
        return deleteAndCreate(session, { ...info, object: modified }, style);
      }
      const shown = `applying patch:\n${toCompactJson(patch)}\nto:\n${infoText(info)}\nfor:`;
      throw withSource(withSource(thrown, 'patching', info.source), shown, info.source);
    }
  }
}

/** `--force`: an object that cannot be changed is made anew. */
function deleteAndCreate(session: Session, info: Info, style: WriteStyle): Applied {
  const gracePeriodSeconds = session.flags.number('grace-period');
  deleteOne(session, info, {
    gracePeriodSeconds: gracePeriodSeconds < 0 ? 0 : gracePeriodSeconds,
    force: true,
    propagationPolicy: 'Background',
    dryRun: style.dryRun,
    ignoreNotFound: true,
    short: false,
    quiet: true,
  });
  return { ...createFirst(session, info, style), operation: 'configured' };
}
