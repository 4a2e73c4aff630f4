// Objects as rows: the Table of meta.k8s.io/v1 that `kubectl get` prints.
import { asWritten } from '../../api/decode.ts';
import type { Kind, KubeObject } from '../../api/objects.ts';
import type { Resource } from '../../api/kinds.ts';
import { groupResource } from '../../api/kinds.ts';

import type { AnyStored } from '../store/entry.ts';
import type { ApiRequest } from '../types.ts';
import { columnsOf } from './columns.ts';
import * as core from './core-cells.ts';
import * as network from './network-cells.ts';
import { podCells } from './pod-cells.ts';
import * as workload from './workload-cells.ts';

type Printer = (object: never, nowMs: number) => readonly unknown[];

const printers: Readonly<Record<string, Printer>> = {
  Pod: podCells,
  Node: core.nodeCells,
  Namespace: core.namespaceCells,
  Event: core.eventCells,
  ConfigMap: core.configMapCells,
  Secret: core.secretCells,
  ServiceAccount: core.serviceAccountCells,
  ResourceQuota: core.resourceQuotaCells,
  PodDisruptionBudget: core.disruptionBudgetCells,
  PriorityClass: core.priorityClassCells,
  Lease: core.leaseCells,
  Service: network.serviceCells,
  Endpoints: network.endpointsCells,
  EndpointSlice: network.endpointSliceCells,
  PersistentVolume: network.volumeCells,
  PersistentVolumeClaim: network.claimCells,
  StorageClass: network.storageClassCells,
  Deployment: workload.deploymentCells,
  ReplicaSet: workload.replicaSetCells,
  StatefulSet: workload.statefulSetCells,
  DaemonSet: workload.daemonSetCells,
  Job: workload.jobCells,
  CronJob: workload.cronJobCells,
  ControllerRevision: workload.controllerRevisionCells,
  HorizontalPodAutoscaler: workload.autoscalerCells,
};

type IncludeObject = NonNullable<ApiRequest['table']>['includeObject'];

export interface TableOptions {
  readonly info: Resource;
  readonly includeObject: IncludeObject;
  readonly nowMs: number;
  /** Metadata of the list, or of the one object. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Later events of a watch carry no column definitions. */
  readonly isContinuation?: boolean;
}

/** Rows for these objects, by the printer of their kind, or name and creation time for kinds without one. */
export function toTable(objects: readonly AnyStored[], options: TableOptions): KubeObject {
  const { info, nowMs, includeObject } = options;
  const print = printers[info.kind] as
    ((object: AnyStored, nowMs: number) => readonly unknown[]) | undefined;
  const columns = columnsOf(groupResource(info));
  const rows = objects.map((object) => ({
    cells: print?.(object, nowMs) ?? [object.metadata.name, object.metadata.creationTimestamp],
    ...rowConditions(object),
    ...rowObject(object, includeObject),
  }));
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: options.metadata,
    columnDefinitions: options.isContinuation === true ? null : columns,
    rows,
  };
}

function rowObject(object: AnyStored, includeObject: IncludeObject): { object?: unknown } {
  if (includeObject === 'None') return { object: null };
  if (includeObject === 'Object') return { object: asWritten(object.kind as Kind, object) };
  const { metadata } = object;
  return { object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata } };
}

/** Rows of finished Pods are marked, so that clients can leave them out. */
function rowConditions(object: AnyStored): { conditions?: unknown } {
  if (object.kind !== 'Pod') return {};
  const phase = (object.status as { phase?: string } | undefined)?.phase;
  if (phase !== 'Succeeded' && phase !== 'Failed') return {};
  const message =
    phase === 'Succeeded'
      ? 'The pod has completed successfully.'
      : 'The pod failed to complete successfully.';
  return { conditions: [{ type: 'Completed', status: 'True', reason: phase, message }] };
}
