// What all `kubectl set` commands share: objects are changed here, the difference is sent as a patch
// (kubectl/pkg/cmd/set/helper.go).
import { normaliseObject } from '#sim/api/decode.ts';
import type { PodSpec } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { createTwoWayMergePatch } from '#sim/api/patch.ts';
import { Failure, isFailure, StatusFailure, throwCollected } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { apiVersionOf } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { dryRunOf, dryRunSuffix } from '../common/dry-run.ts';
import { fileQuery } from '../common/files.ts';
import { madePatch } from '../common/patches.ts';
import { patchObject } from '../common/write.ts';

/** Changes a Pod's spec; throws what cannot be done. */
export type SpecChange = (spec: PodSpec, info: Info) => PodSpec;

type Fields = Readonly<Record<string, unknown>>;

/** The way to the Pod's spec inside an object of a kind. */
const specPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

function changeAt(
  value: unknown,
  path: readonly string[],
  change: (spec: PodSpec) => PodSpec,
): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return change((value ?? {}) as PodSpec);
  const fields = (value ?? {}) as Fields;
  return { ...fields, [first]: changeAt(fields[first], rest, change) };
}

/** The object with its Pod spec changed. */
export function withPodSpec(info: Info, change: SpecChange): KubeObject {
  const { kind, resource } = info.mapping;
  const path = specPaths[kind];
  if (path === undefined) {
    throw new Failure(
      `${resource}/${info.name} the object is not a pod or does not have a pod template: *v1.${kind}`,
    );
  }
  return changeAt(info.object, path, (spec) => change(spec, info)) as KubeObject;
}

/** Objects that the args or files name; local ones are filled up as the Go types are. */
export function targetsOf(session: Session, args: readonly string[]): readonly Info[] {
  const { flags } = session;
  const local = flags.bool('local');
  const infos = findResources(session, {
    args,
    ...fileQuery(session),
    selector: flags.text('selector'),
    all: flags.bool('all'),
    listsTypes: flags.bool('all') || flags.text('selector') !== '',
    latest: !local,
    local,
  }).infos();
  return infos.map((info) => {
    const { mapping } = info;
    const object = { ...info.object, kind: mapping.kind, apiVersion: apiVersionOf(mapping) };
    const stored = mapping.modelled;
    return local && stored !== undefined
      ? { ...info, object: normaliseObject(stored, object) }
      : { ...info, object };
  });
}

export interface Wording {
  /** `image updated`. */
  readonly operation: string;
  /** How a refusal begins: `failed to patch image update to pod template: `. */
  readonly refusal: string;
  /** Objects that stay as they are are sent and told of, too. */
  readonly always?: boolean;
}

/** Changes objects one by one; those that stay as they are are passed over in silence. */
export function changeAll(
  session: Session,
  infos: readonly Info[],
  change: (info: Info) => KubeObject,
  wording: Wording,
): number {
  const { flags, output } = session;
  const dryRun = dryRunOf(session);
  const operation = `${wording.operation}${dryRunSuffix(dryRun)}`;
  const print = printerFor(session, { operation, typed: false });
  const failures: Error[] = [];
  for (const info of infos) {
    try {
      const changed = change(info);
      const patch = madePatch(createTwoWayMergePatch(info.mapping.kind, info.object, changed));
      if (Object.keys(patch).length === 0 && wording.always !== true) continue;
      if (flags.bool('local') || dryRun === 'client') {
        output.out(print(changed));
        continue;
      }
      const style = { dryRun, fieldManager: flags.text('field-manager') };
      const type = 'application/strategic-merge-patch+json';
      output.out(print(patchObject(session, info, patch, type, style)));
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      failures.push(
        thrown instanceof StatusFailure
          ? new Failure(`${wording.refusal}${thrown.status.message ?? ''}`)
          : thrown,
      );
    }
  }
  throwCollected(failures);
  return 0;
}
