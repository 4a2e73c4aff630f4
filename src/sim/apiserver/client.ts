// The API as scheduler, controllers and kubelets use it: the same request handling, without encoding.
import type { Kind, KubeObject, StoredOf } from '../api/objects.ts';
import type { Pod } from '../api/generated/types.ts';
import type { Resource } from '../api/kinds.ts';
import { resourceOf } from '../api/kinds.ts';
import { equalJson } from './equality.ts';
import { bindPod } from './registry/binding.ts';
import type { ServerContext, StoredResource, WriteOptions } from './registry/context.ts';
import { createObject } from './registry/create.ts';
import { deleteObject } from './registry/delete.ts';
import { finalizeNamespace } from './subresources/finalize.ts';
import { updateStatus } from './registry/status-update.ts';
import { managerOf } from './registry/tracking.ts';
import { updateObject } from './registry/update.ts';
import type { AnyStored, Change } from './store/entry.ts';
import { expand } from './store/entry.ts';
import type {
  Client,
  DeleteOptions,
  ListOptions,
  Result,
  StoreEvent,
  StoreIndex,
} from './types.ts';

/** Written by a component that has no right to: a bug in the simulator, not something a learner can cause. */
export class OwnershipError extends Error {}

function stored(kind: Kind): StoredResource {
  return resourceOf(kind) as Resource & { readonly modelled: Kind };
}

function toStoreEvent<K extends Kind>(change: Change): StoreEvent<K> {
  return {
    type: change.type,
    object: expand(change.object) as unknown as StoredOf<K>,
    old: change.old && (expand(change.old) as unknown as StoredOf<K>),
  };
}

/** Names of kubelets: `kubelet`, or `kubelet/node-1` where one process plays several. */
export function isKubelet(component: string): boolean {
  return component === 'kubelet' || component.startsWith('kubelet/');
}

export class ServerClient implements Client {
  readonly #context: ServerContext;
  readonly #component: string;

  constructor(context: ServerContext, component: string) {
    this.#context = context;
    this.#component = component;
  }

  get<K extends Kind>(kind: K, namespace: string, name: string): StoredOf<K> | undefined {
    return this.#context.store.get(kind, namespace, name) as unknown as StoredOf<K> | undefined;
  }

  list<K extends Kind>(kind: K, options: ListOptions = {}): readonly StoredOf<K>[] {
    const { store } = this.#context;
    const { by, namespace } = options;
    if (by === undefined) return store.list(kind, namespace) as unknown as StoredOf<K>[];
    const found = store.listBy(kind, by.index, by.key);
    const here =
      namespace === undefined
        ? found
        : found.filter((object) => (object.metadata.namespace ?? '') === namespace);
    return here as unknown as StoredOf<K>[];
  }

  create<K extends Kind>(kind: K, object: KubeObject): Result<StoredOf<K>> {
    const result = createObject(this.#context, stored(kind), object, this.#options());
    return result as unknown as Result<StoredOf<K>>;
  }

  update<K extends Kind>(kind: K, object: KubeObject | StoredOf<K>): Result<StoredOf<K>> {
    const next = object as AnyStored;
    if (kind === 'Namespace' && this.#isFinalizing(next)) {
      const { name } = next.metadata;
      const options = this.#options();
      const result = finalizeNamespace(this.#context, stored(kind), name, next, options);
      return result as unknown as Result<StoredOf<K>>;
    }
    const request = {
      info: stored(kind),
      namespace: next.metadata.namespace ?? '',
      name: next.metadata.name,
      subresource: '',
      transform: (current: AnyStored): Result<KubeObject> => {
        this.#assertNotBinding(kind, next, current);
        return { ok: true, object: next };
      },
    };
    return updateObject(this.#context, request, this.#options()) as unknown as Result<StoredOf<K>>;
  }

  updateStatus<K extends Kind>(kind: K, object: KubeObject | StoredOf<K>): Result<StoredOf<K>> {
    const next = object as AnyStored;
    if (kind === 'Pod') this.#assertContainerStatuses(next);
    const result = updateStatus(this.#context, stored(kind), next, this.#options());
    return result as unknown as Result<StoredOf<K>>;
  }

  delete<K extends Kind>(
    kind: K,
    namespace: string,
    name: string,
    options: DeleteOptions = {},
  ): Result<StoredOf<K>> {
    const target = { namespace, name };
    const result = deleteObject(this.#context, stored(kind), target, options, this.#options());
    if (!result.ok) return result;
    return { ok: true, object: result.object.object as unknown as StoredOf<K> };
  }

  bind(namespace: string, podName: string, nodeName: string): Result<StoredOf<'Pod'>> {
    if (!this.#component.endsWith('scheduler')) {
      throw new OwnershipError(`${this.#component} binds Pod ${namespace}/${podName}`);
    }
    const result = bindPod(this.#context, { namespace, name: podName }, nodeName);
    return result as unknown as Result<StoredOf<'Pod'>>;
  }

  watch<K extends Kind>(kind: K, handler: (event: StoreEvent<K>) => void): () => void {
    return this.#context.store.hub.watch(kind, (change) => handler(toStoreEvent<K>(change)));
  }

  watchBy<K extends Kind>(
    kind: K,
    by: { readonly index: StoreIndex; readonly key: string },
    handler: (event: StoreEvent<K>) => void,
  ): () => void {
    return this.#context.store.hub.watchBy(kind, by, (change) => handler(toStoreEvent<K>(change)));
  }

  /** Finalizers of a namespace's spec change through its finalize subresource alone. */
  #isFinalizing(next: AnyStored): boolean {
    const finalizers = (object: KubeObject | undefined): unknown =>
      (object?.spec as { finalizers?: unknown } | undefined)?.finalizers ?? [];
    const current = this.#context.store.get('Namespace', '', next.metadata.name);
    return current !== undefined && !equalJson(finalizers(next), finalizers(current));
  }

  #options(): WriteOptions {
    const user = this.#component;
    return { user, manager: managerOf(user), dryRun: false, warnings: [] };
  }

  /** Only the binding subresource sets `spec.nodeName` after creation. */
  #assertNotBinding(kind: Kind, next: AnyStored, current: AnyStored): void {
    if (kind !== 'Pod') return;
    const nodeName = (pod: AnyStored): string => (pod as unknown as Pod).spec?.nodeName ?? '';
    if (nodeName(next) === nodeName(current)) return;
    throw new OwnershipError(`${this.#component} moves Pod ${next.metadata.name} by an update`);
  }

  /** Only a kubelet says what containers do. */
  #assertContainerStatuses(next: AnyStored): void {
    if (isKubelet(this.#component)) return;
    const { namespace = '', name } = next.metadata;
    const current = this.#context.store.get('Pod', namespace, name);
    if (current === undefined) return;
    const parts = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'];
    const before = current.status as Record<string, unknown> | undefined;
    const after = next.status as Record<string, unknown> | undefined;
    if (parts.every((part) => equalJson(before?.[part], after?.[part]))) return;
    throw new OwnershipError(`${this.#component} writes container statuses of Pod ${name}`);
  }
}
