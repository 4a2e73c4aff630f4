// Owners and what they own: dependents whose owners are gone are deleted, those of an owner that is being deleted in the
// foreground go before it, and orphans are let go (pkg/controller/garbagecollector).
import type { OwnerReference } from '../../api/generated/types.ts';
import type { Kind, KubeObject, StoredOf } from '../../api/objects.ts';
import type { StoreEvent } from '../../apiserver/types.ts';
import { WorkQueue } from '../../runtime/work-queue.ts';
import { follow, type Controller, type ControllerContext } from '../shared/controller.ts';

/** Kinds that own or are owned. */
const kinds: readonly Kind[] = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'Pod',
  'ControllerRevision',
  'Service',
  'EndpointSlice',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
  'Node',
  'Lease',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
];
const foreground = 'foregroundDeletion';
const orphan = 'orphan';
/** From an owner's disappearance to the deletion of what it owned, as recorded. */
const latencyMs = 20;

type Owned = StoredOf<Kind>;

export class GarbageCollector implements Controller {
  readonly #context: ControllerContext;
  readonly #queue: WorkQueue;
  /** Keys of dependents by the uid of each owner. */
  readonly #dependents = new Map<string, Set<string>>();
  /** The key of each object that exists, by its uid. */
  readonly #existing = new Map<string, string>();

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#queue = new WorkQueue({
      clock: context.clock,
      latencyMs,
      reconcile: (key) => this.#reconcile(key),
    });
  }

  start(): void {
    for (const kind of kinds) {
      follow(this.#context.client, kind, (event) => this.#onChange(kind, event));
    }
  }

  #onChange(kind: Kind, { type, object, old }: StoreEvent<Kind>): void {
    const key = `${kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    const { uid } = object.metadata;
    for (const { uid: owner } of old?.metadata.ownerReferences ?? []) {
      this.#dependents.get(owner)?.delete(key);
    }
    if (type === 'DELETED') {
      this.#existing.delete(uid);
      for (const { uid: owner } of object.metadata.ownerReferences ?? []) {
        this.#dependents.get(owner)?.delete(key);
        this.#queue.add(`uid ${owner}`);
      }
      for (const dependent of this.#dependents.get(uid) ?? []) this.#queue.add(dependent);
      return;
    }
    this.#existing.set(uid, key);
    const references = object.metadata.ownerReferences ?? [];
    for (const { uid: owner } of references) {
      const set = this.#dependents.get(owner) ?? new Set<string>();
      set.add(key);
      this.#dependents.set(owner, set);
    }
    if (references.length > 0 || object.metadata.deletionTimestamp !== undefined)
      this.#queue.add(key);
  }

  #reconcile(key: string): 'done' | 'retry' {
    if (key.startsWith('uid ')) {
      this.#onDependentGone(key.slice('uid '.length));
      return 'done';
    }
    const object = this.#read(key);
    if (object === undefined) return 'done';
    if (object.metadata.deletionTimestamp !== undefined) this.#finish(object);
    else this.#judge(object);
    return 'done';
  }

  #read(key: string): Owned | undefined {
    const [kind = '', path = ''] = key.split(' ');
    const [namespace = '', name = ''] = path.split('/');
    return this.#context.client.get(kind as Kind, namespace, name);
  }

  /** A dependent without any living owner goes. */
  #judge(object: Owned): void {
    const references = object.metadata.ownerReferences ?? [];
    if (references.length === 0) return;
    const living = references.filter((reference) => this.#lives(reference));
    if (living.length > 0) return;
    const { client } = this.#context;
    const { namespace = '', name, uid } = object.metadata;
    const isForeground = object.metadata.finalizers?.includes(foreground) === true;
    client.delete(object.kind as Kind, namespace, name, {
      propagationPolicy: isForeground ? 'Foreground' : 'Background',
      preconditions: { uid },
    });
  }

  /** An owner that leaves in the foreground counts as gone for the dependents that it waits for. */
  #lives({ uid, kind }: OwnerReference): boolean {
    const key = this.#existing.get(uid);
    if (key === undefined) return !kinds.includes(kind as Kind);
    const owner = this.#read(key);
    const leaves = owner?.metadata.deletionTimestamp !== undefined;
    return !(leaves && owner.metadata.finalizers?.includes(foreground) === true);
  }

  /** An object that is being deleted and waits for us: lets its dependents go, or deletes them first. */
  #finish(object: Owned): void {
    const finalizers = object.metadata.finalizers ?? [];
    const dependents = [...(this.#dependents.get(object.metadata.uid) ?? [])];
    if (finalizers.includes(orphan)) {
      for (const key of dependents) this.#orphan(key, object.metadata.uid);
      this.#dropFinalizer(object, orphan);
    } else if (finalizers.includes(foreground)) {
      const blocking = dependents.filter((key) => this.#blocks(key, object.metadata.uid));
      for (const key of dependents) this.#queue.add(key);
      if (blocking.length === 0) this.#dropFinalizer(object, foreground);
    }
  }

  #blocks(key: string, ownerUid: string): boolean {
    const references = this.#read(key)?.metadata.ownerReferences ?? [];
    return references.some(
      ({ uid, blockOwnerDeletion }) => uid === ownerUid && blockOwnerDeletion === true,
    );
  }

  #onDependentGone(ownerUid: string): void {
    const owner = this.#read(this.#existing.get(ownerUid) ?? '');
    if (owner?.metadata.deletionTimestamp !== undefined) this.#finish(owner);
  }

  #orphan(key: string, ownerUid: string): void {
    const object = this.#read(key);
    if (object === undefined) return;
    const ownerReferences = (object.metadata.ownerReferences ?? []).filter(
      ({ uid }) => uid !== ownerUid,
    );
    this.#write(object, { ...object.metadata, ownerReferences });
  }

  #dropFinalizer(object: Owned, finalizer: string): void {
    const finalizers = (object.metadata.finalizers ?? []).filter((one) => one !== finalizer);
    this.#write(object, { ...object.metadata, finalizers });
  }

  #write(object: Owned, metadata: KubeObject['metadata']): void {
    this.#context.client.update(
      object.kind as Kind,
      { ...object, metadata } as unknown as KubeObject,
    );
  }
}
