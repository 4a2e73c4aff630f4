// `kubectl rollout pause`, `resume` and `restart`: a small change to each object.
import type { Deployment } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { createTwoWayMergePatch } from '#sim/api/patch.ts';
import { formatTime } from '#sim/runtime/time.ts';
import { Exit, Failure, isFailure, StatusFailure, throwCollected } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { apiVersionOf, qualifiedResource } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { fileQuery } from '../common/files.ts';
import { madePatch } from '../common/patches.ts';
import { patchObject } from '../common/write.ts';
import { requireTarget } from './target.ts';

const restartedAt = 'kubectl.kubernetes.io/restartedAt';

interface Switch {
  readonly operation: string;
  /** The changed object; throws why it cannot be changed. */
  readonly change: (object: KubeObject, nowMs: number) => KubeObject;
}

function paused(object: KubeObject, value: boolean): KubeObject {
  const { spec } = object as Deployment;
  return { ...object, spec: { ...spec, paused: value ? true : undefined } };
}

const pause: Switch = {
  operation: 'paused',
  change: (object) => {
    if (object.kind !== 'Deployment') throw new Failure('pausing is not supported');
    if ((object as Deployment).spec?.paused === true) throw new Failure('is already paused');
    return paused(object, true);
  },
};

const resume: Switch = {
  operation: 'resumed',
  change: (object) => {
    if (object.kind !== 'Deployment') throw new Failure('resuming is not supported');
    if ((object as Deployment).spec?.paused !== true) throw new Failure('is not paused');
    return paused(object, false);
  },
};

const restart: Switch = {
  operation: 'restarted',
  change: (object, nowMs) => {
    if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(object.kind ?? '')) {
      throw new Failure('restarting is not supported');
    }
    const { spec } = object as Deployment;
    if (spec?.paused === true) {
      throw new Failure("can't restart paused deployment (run rollout resume first)");
    }
    const metadata = spec?.template.metadata ?? {};
    const annotations = { ...metadata.annotations, [restartedAt]: formatTime(nowMs) };
    const template = { ...spec?.template, metadata: { ...metadata, annotations } };
    return { ...object, spec: { ...spec, template } };
  },
};

function runSwitch(session: Session, action: Switch): number {
  const { flags, args, output, namespace } = session;
  requireTarget(session);
  const { infos, failures } = findResources(session, {
    args,
    ...fileQuery(session),
    selector: flags.text('selector'),
    listsTypes: true,
    latest: true,
  }).collect();
  const collected = [...failures];
  if (infos.length === 0 && collected.length === 0) {
    output.errLine(`No resources found in ${namespace} namespace.`);
    return 0;
  }
  for (const info of infos) {
    try {
      switchOne(session, info, action);
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      collected.push(thrown);
    }
  }
  throwCollected(collected);
  return 0;
}

function switchOne(session: Session, info: Info, action: Switch): void {
  const { mapping, name } = info;
  const object = { ...info.object, kind: mapping.kind, apiVersion: apiVersionOf(mapping) };
  let changed: KubeObject;
  try {
    changed = action.change(object, session.nowMs());
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    const subject = `${qualifiedResource(mapping)} ${JSON.stringify(name)}`;
    throw new Exit(1, `error: ${subject} ${thrown.message}`);
  }
  const patch = madePatch(createTwoWayMergePatch(mapping.kind, object, changed));
  if (Object.keys(patch).length === 0) {
    throw new Failure(
      `failed to create patch for ${name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
    );
  }
  try {
    const style = { dryRun: 'none', fieldManager: session.flags.text('field-manager') } as const;
    const type = 'application/strategic-merge-patch+json';
    const answer = patchObject(session, info, patch, type, style);
    session.output.out(printerFor(session, { operation: action.operation })(answer));
  } catch (thrown) {
    if (!(thrown instanceof StatusFailure)) throw thrown;
    throw new Failure(`failed to patch: ${thrown.status.message ?? ''}`);
  }
}

export const rolloutPause = (session: Session): number => runSwitch(session, pause);
export const rolloutResume = (session: Session): number => runSwitch(session, resume);
export const rolloutRestart = (session: Session): number => runSwitch(session, restart);
