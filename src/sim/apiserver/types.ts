// What goes into the API server and what comes out: requests in Kubernetes' own terms, answers as plain JSON.
import type { Kind, KubeObject, StoredOf } from '../api/objects.ts';
import type { Status } from '../api/generated/types.ts';

export type Verb =
  'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

export type PatchType =
  | 'application/json-patch+json'
  | 'application/merge-patch+json'
  | 'application/strategic-merge-patch+json'
  | 'application/apply-patch+yaml';

/** One request, as the path, query and headers of a real one say it. */
export interface ApiRequest {
  readonly verb: Verb;
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  /** Plural and lower case: `pods`. */
  readonly resource: string;
  /** Undefined for cluster-wide requests (also a list over all namespaces). */
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
  readonly body?: unknown;
  readonly patchType?: PatchType | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly limit?: number | undefined;
  readonly continue?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly allowWatchBookmarks?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly fieldManager?: string | undefined;
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore' | undefined;
  /** Server-side apply only. */
  readonly force?: boolean | undefined;
  /** Ask for rows instead of objects (`Accept: application/json;as=Table`). */
  readonly table?: { readonly includeObject: 'None' | 'Metadata' | 'Object' } | undefined;
  /** Who asks; a component's name (`kube-scheduler`) or the learner's (`kubernetes-admin`). */
  readonly user?: string | undefined;
}

/** The answer. `body` is the object, a list, a Table, or a Status; refusals are Statuses with `status: "Failure"`. */
export interface ApiResponse {
  /** The HTTP status code. */
  readonly code: number;
  readonly body: KubeObject;
  /** The texts of Warning headers. */
  readonly warnings: readonly string[];
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  /** The object, or one Table with one row when the request asked for a table. */
  readonly object: KubeObject;
}

/** A change as components inside the cluster get it: with the object before it. */
export interface StoreEvent<K extends Kind> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: StoredOf<K>;
  readonly old: StoredOf<K> | undefined;
}

/** What a write that a user or a race can make fail returns. */
export type Result<T> =
  { readonly ok: true; readonly object: T } | { readonly ok: false; readonly status: Status };

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number | undefined;
  readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan' | undefined;
  readonly preconditions?:
    | { readonly uid?: string | undefined; readonly resourceVersion?: string | undefined }
    | undefined;
}

export interface ListOptions {
  readonly namespace?: string | undefined;
  /** Ask one of the store's indexes: `{index: 'byNode', key: 'node-1'}`; see store.ts for those that exist. */
  readonly by?: { readonly index: StoreIndex; readonly key: string } | undefined;
}

/**
 * Indexes over stored objects: Pods by node name ('' for none yet); any object by the uid of the owner that controls it,
 * and Pods without one by `/NAMESPACE`.
 */
export type StoreIndex = 'byNode' | 'byOwner';

/**
 * How scheduler, controllers and kubelets use the API. Reads return the stored objects themselves (never change them);
 * writes pass through decoding-free but otherwise full request handling: admission, validation, conflict, watch events.
 * Watch handlers are called by the clock at +0, never inside the write.
 */
export interface Client {
  get<K extends Kind>(kind: K, namespace: string, name: string): StoredOf<K> | undefined;
  list<K extends Kind>(kind: K, options?: ListOptions): readonly StoredOf<K>[];
  create<K extends Kind>(kind: K, object: KubeObject): Result<StoredOf<K>>;
  /** Replaces everything but status. A `metadata.resourceVersion` that is not the stored one is a conflict. */
  update<K extends Kind>(kind: K, object: KubeObject | StoredOf<K>): Result<StoredOf<K>>;
  /** Replaces status only. */
  updateStatus<K extends Kind>(kind: K, object: KubeObject | StoredOf<K>): Result<StoredOf<K>>;
  delete<K extends Kind>(
    kind: K,
    namespace: string,
    name: string,
    options?: DeleteOptions,
  ): Result<StoredOf<K>>;
  /** Binds a Pod to a node (the binding subresource): the only way `spec.nodeName` is written after creation. */
  bind(namespace: string, podName: string, nodeName: string): Result<StoredOf<'Pod'>>;
  watch<K extends Kind>(kind: K, handler: (event: StoreEvent<K>) => void): () => void;
  /** Only changes of objects whose key in the index is this one (a kubelet: Pods of its own node). Old and new key both count. */
  watchBy<K extends Kind>(
    kind: K,
    by: { readonly index: StoreIndex; readonly key: string },
    handler: (event: StoreEvent<K>) => void,
  ): () => void;
}

export interface EventSource {
  /** `kubelet`, `default-scheduler`, `replicaset-controller` ... */
  readonly component: string;
  readonly host?: string | undefined;
}

/** Records Events the way client-go's broadcaster does: same texts counted up, similar ones combined, spam dropped. */
export interface EventRecorder {
  /** @param fieldPath `spec.containers{web}` for Events about one container. */
  event(
    involved: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    fieldPath?: string,
  ): void;
}
