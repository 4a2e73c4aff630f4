// `kubectl rollout status`: how far a rollout is, until it is done (kubectl/pkg/polymorphichelpers/rollout_status.go).
import type { DaemonSet, Deployment, StatefulSet } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { Queue } from '#sim/kernel/wait-queue.ts';
import type { WatchEvent } from '#sim/apiserver/types.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure, isFailure, throwCollected } from '../../failure.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { collectionPath } from '../../resources/info.ts';
import { groupKind } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { fileQuery } from '../common/files.ts';
import { requireTarget } from './target.ts';

interface Progress {
  readonly text: string;
  readonly done: boolean;
}

const waiting = (text: string): Progress => ({ text: `${text}\n`, done: false });
const finished = (text: string): Progress => ({ text: `${text}\n`, done: true });

function deploymentProgress(object: KubeObject, revision: number): Progress {
  const { metadata = {}, spec, status } = object as Deployment;
  const name = JSON.stringify(metadata.name ?? '');
  const own = Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? '0');
  if (revision > 0 && revision !== own) {
    throw new Failure(
      `desired revision (${revision}) is different from the running revision (${own})`,
    );
  }
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0)) {
    return waiting('Waiting for deployment spec update to be observed...');
  }
  const progressing = status?.conditions?.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    throw new Failure(`deployment ${name} exceeded its progress deadline`);
  }
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status ?? {};
  const wanted = spec?.replicas;
  const head = `Waiting for deployment ${name} rollout to finish:`;
  if (wanted !== undefined && updatedReplicas < wanted) {
    return waiting(`${head} ${updatedReplicas} out of ${wanted} new replicas have been updated...`);
  }
  if (replicas > updatedReplicas) {
    return waiting(`${head} ${replicas - updatedReplicas} old replicas are pending termination...`);
  }
  if (availableReplicas < updatedReplicas) {
    return waiting(
      `${head} ${availableReplicas} of ${updatedReplicas} updated replicas are available...`,
    );
  }
  return finished(`deployment ${name} successfully rolled out`);
}

function refuseOnDelete(strategy: string | undefined): void {
  if (strategy === 'RollingUpdate') return;
  throw new Failure('rollout status is only available for RollingUpdate strategy type');
}

function daemonSetProgress(object: KubeObject): Progress {
  const { metadata = {}, spec, status } = object as DaemonSet;
  refuseOnDelete(spec?.updateStrategy?.type);
  const name = JSON.stringify(metadata.name ?? '');
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0)) {
    return waiting('Waiting for daemon set spec update to be observed...');
  }
  const wanted = status?.desiredNumberScheduled ?? 0;
  const { updatedNumberScheduled: updated = 0, numberAvailable = 0 } = status ?? {};
  const head = `Waiting for daemon set ${name} rollout to finish:`;
  if (updated < wanted) {
    return waiting(`${head} ${updated} out of ${wanted} new pods have been updated...`);
  }
  if (numberAvailable < wanted) {
    return waiting(`${head} ${numberAvailable} of ${wanted} updated pods are available...`);
  }
  return finished(`daemon set ${name} successfully rolled out`);
}

function statefulSetProgress(object: KubeObject): Progress {
  const { metadata = {}, spec, status } = object as StatefulSet;
  refuseOnDelete(spec?.updateStrategy?.type);
  const observed = status?.observedGeneration ?? 0;
  if (observed === 0 || (metadata.generation ?? 0) > observed) {
    return waiting('Waiting for statefulset spec update to be observed...');
  }
  const { readyReplicas = 0, updatedReplicas = 0, currentReplicas = 0 } = status ?? {};
  const wanted = spec?.replicas;
  if (wanted !== undefined && readyReplicas < wanted) {
    return waiting(`Waiting for ${wanted - readyReplicas} pods to be ready...`);
  }
  const rolling = spec?.updateStrategy?.rollingUpdate;
  if (rolling !== undefined) {
    const part = (wanted ?? 0) - (rolling.partition ?? 0);
    if (wanted !== undefined && rolling.partition !== undefined && updatedReplicas < part) {
      return waiting(
        `Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${part} new pods have been updated...`,
      );
    }
    return finished(
      `partitioned roll out complete: ${updatedReplicas} new pods have been updated...`,
    );
  }
  const { updateRevision = '', currentRevision = '' } = status ?? {};
  if (updateRevision !== currentRevision) {
    return waiting(
      `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${updateRevision}...`,
    );
  }
  return finished(
    `statefulset rolling update complete ${currentReplicas} pods at revision ${currentRevision}...`,
  );
}

const viewers: Readonly<Record<string, (object: KubeObject, revision: number) => Progress>> = {
  Deployment: deploymentProgress,
  DaemonSet: daemonSetProgress,
  StatefulSet: statefulSetProgress,
};

export function* rolloutStatus(session: Session): Blocking<number> {
  const { flags, args, output, namespace } = session;
  requireTarget(session);
  if (flags.number('revision') < 0) {
    throw new Failure(`revision must be a positive integer: ${flags.number('revision')}`);
  }
  const { infos, failures } = findResources(session, {
    args,
    ...fileQuery(session),
    selector: flags.text('selector'),
    listsTypes: true,
    latest: true,
  }).collect();
  const collected: Error[] = [];
  if (infos.length === 0 && failures.length === 0)
    output.errLine(`No resources found in ${namespace} namespace.`);
  for (const info of infos) {
    try {
      yield* watchProgress(session, info);
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      collected.push(thrown);
    }
  }
  throwCollected([...collected, ...failures]);
  return 0;
}

function* watchProgress(session: Session, info: Info): Blocking<void> {
  const { flags, output } = session;
  const viewer = viewers[info.mapping.kind];
  if (viewer === undefined) {
    throw new Failure(`no status viewer has been implemented for ${groupKind(info.mapping)}`);
  }
  const timeoutMs = flags.number('timeout');
  const untilMs = timeoutMs > 0 ? session.nowMs() + timeoutMs : Number.POSITIVE_INFINITY;
  const changed = new Queue();
  const events: WatchEvent[] = [];
  const stop = session.api.watch(
    { verb: 'watch', ...collectionPath(info), fieldSelector: `metadata.name=${info.name}` },
    (event) => {
      events.push(event);
      changed.wake();
    },
  );
  try {
    for (;;) {
      for (const { type, object } of events.splice(0)) {
        if (type === 'DELETED') throw new Failure('object has been deleted');
        if (type !== 'ADDED' && type !== 'MODIFIED') continue;
        const { text, done } = viewer(object, flags.number('revision'));
        output.out(text);
        if (done || !flags.bool('watch')) return;
      }
      yield* output.flush();
      const leftMs = untilMs - session.nowMs();
      if (leftMs <= 0) throw new Failure('timed out waiting for the condition');
      const limit = Number.isFinite(leftMs) ? leftMs : undefined;
      if (events.length === 0) yield* session.process.waitFor([changed], limit);
    }
  } finally {
    stop();
  }
}
