// Deleting a namespace: everything in it goes first, then the finalizer, then the namespace (pkg/controller/namespace).
import type { Kind, KubeObject } from '../../api/objects.ts';
import { formatTime } from '../../runtime/time.ts';
import { WorkQueue } from '../../runtime/work-queue.ts';
import {
  follow,
  reactionMs,
  type Controller,
  type ControllerContext,
} from '../shared/controller.ts';

/** In the order in which their resources are gone through. Pods are last waited for: they have a grace period. */
const contents: readonly Kind[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'ReplicaSet',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'Service',
  'EndpointSlice',
  'Endpoints',
  'Pod',
  'PersistentVolumeClaim',
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'LimitRange',
  'ResourceQuota',
  'ControllerRevision',
  'Lease',
  'Event',
];
/** A namespace whose content is still leaving is looked at again after so long. */
const againMs = 5000;
/** Names of resources as the condition's message has them. */
const resourceNames: Partial<Record<Kind, string>> = {
  Pod: 'pods.',
  PersistentVolumeClaim: 'persistentvolumeclaims.',
};

export class NamespaceController implements Controller {
  readonly #context: ControllerContext;
  readonly #queue: WorkQueue;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#queue = new WorkQueue({
      clock: context.clock,
      latencyMs: reactionMs,
      reconcile: (name) => this.#reconcile(name),
    });
  }

  start(): void {
    follow(this.#context.client, 'Namespace', ({ type, object }) => {
      const isLeaving = object.metadata.deletionTimestamp !== undefined;
      if (type !== 'DELETED' && isLeaving) this.#queue.add(object.metadata.name);
    });
  }

  #reconcile(name: string): 'done' | 'retry' {
    const { client } = this.#context;
    const namespace = client.get('Namespace', '', name);
    if (namespace?.metadata.deletionTimestamp === undefined) return 'done';
    let remaining: readonly (readonly [Kind, number])[] = [];
    for (const kind of contents) {
      for (const object of client.list(kind, { namespace: name })) {
        if (object.metadata.deletionTimestamp !== undefined) continue;
        client.delete(kind, name, object.metadata.name, { propagationPolicy: 'Background' });
      }
      const left = client.list(kind, { namespace: name }).length;
      if (left > 0) remaining = [...remaining, [kind, left]];
    }
    if (remaining.length === 0) {
      client.update('Namespace', { ...namespace, spec: { ...namespace.spec, finalizers: [] } });
      return 'done';
    }
    this.#report(namespace, remaining);
    this.#queue.addAfter(name, againMs);
    return 'done';
  }

  #report(namespace: KubeObject, remaining: readonly (readonly [Kind, number])[]): void {
    const { client, clock } = this.#context;
    const name = namespace.metadata?.name ?? '';
    const current = client.get('Namespace', '', name);
    if (current === undefined) return;
    const list = remaining.map(([kind, count]) => {
      const resource = resourceNames[kind] ?? `${kind.toLowerCase()}s.`;
      return `${resource} has ${count} resource instances`;
    });
    const at = formatTime(clock.nowMs());
    const condition = (type: string, isTrue: boolean, reason: string, message: string) => ({
      lastTransitionTime:
        current.status.conditions?.find((one) => one.type === type)?.lastTransitionTime ?? at,
      message,
      reason,
      status: isTrue ? 'True' : 'False',
      type,
    });
    const conditions = [
      condition(
        'NamespaceDeletionDiscoveryFailure',
        false,
        'ResourcesDiscovered',
        'All resources successfully discovered',
      ),
      condition(
        'NamespaceDeletionGroupVersionParsingFailure',
        false,
        'ParsedGroupVersions',
        'All legacy kube types successfully parsed',
      ),
      condition(
        'NamespaceDeletionContentFailure',
        false,
        'ContentDeleted',
        'All content successfully deleted, may be waiting on finalization',
      ),
      condition(
        'NamespaceContentRemaining',
        true,
        'SomeResourcesRemain',
        `Some resources are remaining: ${list.join(', ')}`,
      ),
      condition(
        'NamespaceFinalizersRemaining',
        false,
        'ContentHasNoFinalizers',
        'All content-preserving finalizers finished',
      ),
    ];
    client.updateStatus('Namespace', { ...current, status: { ...current.status, conditions } });
  }
}
