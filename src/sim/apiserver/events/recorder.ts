// What components record Events with.
import type { KubeObject } from '../../api/objects.ts';
import type { ObjectReference } from '../../api/generated/types.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { EventRecorder, EventSource } from '../types.ts';
import { EventCorrelator } from './correlator.ts';
import type { EventLog, NewEvent } from './event-log.ts';
import { EventSeriesCache } from './series.ts';

/** Components that report through events.k8s.io, and what they say they were doing, by reason. */
const newerApi: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'default-scheduler': {
    Scheduled: 'Binding',
    FailedScheduling: 'Scheduling',
    Preempted: 'Preempting',
  },
  'kube-proxy': { Starting: 'StartKubeProxy' },
};

/** The machine that control plane components name in Events of the newer API. */
const controlPlaneHost = 'control-plane';

/** reference.GetReference: what an Event says about the object it is about. */
export function referenceTo(object: KubeObject, fieldPath?: string): ObjectReference {
  const { metadata } = object;
  return {
    ...(object.apiVersion === undefined ? {} : { apiVersion: object.apiVersion }),
    ...(fieldPath === undefined ? {} : { fieldPath }),
    ...(object.kind === undefined ? {} : { kind: object.kind }),
    ...(metadata?.name === undefined ? {} : { name: metadata.name }),
    ...((metadata?.namespace ?? '') === '' ? {} : { namespace: metadata?.namespace }),
    ...(metadata?.resourceVersion === undefined
      ? {}
      : { resourceVersion: metadata.resourceVersion }),
    ...(metadata?.uid === undefined ? {} : { uid: metadata.uid }),
  };
}

/** A recorder of its own for one component, as each has its own broadcaster. */
export function createRecorder(clock: Clock, log: EventLog, source: EventSource): EventRecorder {
  const actions = newerApi[source.component];
  if (actions === undefined) return countingRecorder(clock, log, source);
  const series = new EventSeriesCache(clock, log);
  return {
    event(involved, type, reason, message, fieldPath) {
      const regarding = referenceTo(involved, fieldPath);
      const host = source.host ?? controlPlaneHost;
      const { component } = source;
      const action = actions[reason];
      series.record({ regarding, type, reason, component, host, action }, message);
    },
  };
}

function countingRecorder(clock: Clock, log: EventLog, source: EventSource): EventRecorder {
  const correlator = new EventCorrelator();
  return {
    event(involved, type, reason, message, fieldPath) {
      const nowMs = clock.nowMs();
      const regarding = referenceTo(involved, fieldPath);
      const key = regarding.uid ?? `${regarding.namespace ?? ''}/${regarding.name ?? ''}`;
      const seen = { type, reason, fieldPath: fieldPath ?? '', message };
      const verdict = correlator.observe(key, seen, nowMs);
      if (verdict === undefined) return;
      const { entry } = verdict;
      const { count, firstMs } = entry;
      const occurrences = { kind: 'counted', count, firstMs, lastMs: nowMs } as const;
      const { component, host = '' } = source;
      const event: NewEvent = { regarding, type, reason, component, host, action: undefined };
      entry.event =
        entry.event === undefined
          ? log.create(event, verdict.message, occurrences)
          : (log.update(entry.event, verdict.message, occurrences) ?? entry.event);
    },
  };
}
