// The API server: requests in, answers and watch events out, over one store.
import type { Clock } from '../runtime/clock.ts';
import { Random } from '../runtime/random.ts';
import { admissionChain } from './admission/chain.ts';
import { bootstrap } from './bootstrap.ts';
import { ServerClient } from './client.ts';
import { EventLog } from './events/event-log.ts';
import { createRecorder } from './events/recorder.ts';
import type { ServerContext, StoredResource } from './registry/context.ts';
import { objectSchema } from './registry/schema.ts';
import { checkAuthorized } from './requests/authorization.ts';
import { answerReview } from './requests/reviews.ts';
import { getObject, listObjects } from './requests/read.ts';
import { isStored, refuseUnmodelled, resolve } from './requests/resolve.ts';
import { refuse } from './requests/respond.ts';
import { ListSnapshots } from './requests/snapshots.ts';
import { handleSubresource } from './requests/subresource.ts';
import type { WatchResult } from './requests/watch.ts';
import { watchObjects } from './requests/watch.ts';
import type { WriteRequest } from './requests/write.ts';
import {
  handleCreate,
  handleDelete,
  handleDeleteCollection,
  handlePatch,
  handleUpdate,
  optionsOf,
} from './requests/write.ts';
import { ServiceAllocator } from './services/allocator.ts';
import { Store } from './store/store.ts';
import type {
  ForwardHandle,
  PodExecOptions,
  PodLogOptions,
  StreamHandle,
  StreamResult,
  StreamSink,
} from './streaming.ts';
import type { KubeletPort } from './streams/node-streams.ts';
import { NodeStreams } from './streams/node-streams.ts';
import type {
  ApiRequest,
  ApiResponse,
  Client,
  EventRecorder,
  EventSource,
  WatchEvent,
} from './types.ts';

export interface ApiServerOptions {
  readonly clock: Clock;
  readonly seed: number;
  /** Whether objects carry managedFields, as on a real server; off for clusters of thousands of nodes. */
  readonly tracksManagers?: boolean;
}

export class ApiServer {
  readonly #context: ServerContext;
  readonly #snapshots: ListSnapshots;
  readonly #events: EventLog;
  readonly #streams: NodeStreams;

  /** A server over an empty store, to which it adds what a real one does: the system namespaces and Service `kubernetes`. */
  constructor({ clock, seed, tracksManagers = true }: ApiServerOptions) {
    const store = new Store({ clock });
    this.#context = {
      clock,
      store,
      schema: objectSchema,
      admission: admissionChain(),
      services: new ServiceAllocator(new Random(seed, 'apiserver/services')),
      tracksManagers,
      uids: new Random(seed, 'apiserver/uids'),
      names: new Random(seed, 'apiserver/names'),
    };
    this.#snapshots = new ListSnapshots(clock);
    this.#events = new EventLog({ clock, store, random: new Random(seed, 'apiserver/events') });
    this.#streams = new NodeStreams(this.#context);
    bootstrap(this.#context);
  }

  /** Answers one request. Whatever a user can get wrong is a Status in the answer; `watch` has a method of its own. */
  request(request: ApiRequest): ApiResponse {
    const response = this.#answer(request);
    const deprecated = deprecation(request);
    if (deprecated === undefined) return response;
    return { ...response, warnings: [deprecated, ...response.warnings] };
  }

  #answer(request: ApiRequest): ApiResponse {
    const resolved = resolve(request);
    if (!resolved.ok) return refuse(resolved.status);
    const { info, namespace } = resolved;
    const { verb, subresource = '' } = request;
    const forbidden = checkAuthorized(request, info);
    const review = verb === 'create' ? answerReview(info, request) : undefined;
    if (review !== undefined) return review;
    if (forbidden !== undefined) return refuse(forbidden);
    if (subresource === '' && verb === 'get') {
      return getObject(this.#context, info, namespace, request);
    }
    if (subresource === '' && verb === 'list') {
      const scope = request.namespace === undefined ? undefined : namespace;
      return listObjects(this.#context, this.#snapshots, info, scope, request);
    }
    if (!isStored(info)) return refuse(refuseUnmodelled(info, subresource));
    const options = optionsOf(request);
    const write: WriteRequest = { context: this.#context, info, namespace, request, options };
    return subresource === '' ? this.#write(write) : handleSubresource(write);
  }

  /**
   * Watches a resource. Events come through the clock, never during this call: first what happened since
   * `resourceVersion` (all present objects as ADDED when there is none), then each change.
   */
  watch(request: ApiRequest, onEvent: (event: WatchEvent) => void): WatchResult {
    const resolved = resolve({ ...request, verb: 'watch' });
    if (!resolved.ok) return { ok: false, response: refuse(resolved.status) };
    const forbidden = checkAuthorized({ ...request, verb: 'watch' }, resolved.info);
    if (forbidden !== undefined) return { ok: false, response: refuse(forbidden) };
    const scope = request.namespace === undefined ? undefined : resolved.namespace;
    return watchObjects(this.#context, resolved.info, scope, request, onEvent);
  }

  /** The API for a component of the cluster: `kube-scheduler`, `kubelet`, `replicaset-controller`. */
  client(component: string): Client {
    return new ServerClient(this.#context, component);
  }

  /** A recorder of Events for one component, with its own counting of repeats. */
  recorder(source: EventSource): EventRecorder {
    return createRecorder(this.#context.clock, this.#events, source);
  }

  /**
   * Says what answers on a node's port 10250: the streams of its kubelet, `stopped` when the machine refuses the
   * connection (also undefined: no kubelet), `unreachable` when it is off.
   */
  registerKubelet(nodeName: string, port: KubeletPort | undefined): void {
    this.#streams.register(nodeName, port);
  }

  logs(
    namespace: string,
    pod: string,
    options: PodLogOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle> {
    return this.#streams.logs(namespace, pod, options, sink);
  }

  exec(
    namespace: string,
    pod: string,
    options: PodExecOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle> {
    return this.#streams.exec(namespace, pod, options, sink);
  }

  attach(
    namespace: string,
    pod: string,
    options: PodExecOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle> {
    return this.#streams.attach(namespace, pod, options, sink);
  }

  portForward(
    namespace: string,
    pod: string,
    port: number,
    sink: StreamSink,
  ): StreamResult<ForwardHandle> {
    return this.#streams.portForward(namespace, pod, port, sink);
  }

  #write(write: WriteRequest): ApiResponse {
    switch (write.request.verb) {
      case 'create':
        return this.#keepingEvents(write.info, handleCreate(write));
      case 'update':
        return this.#keepingEvents(write.info, handleUpdate(write));
      case 'patch':
        return this.#keepingEvents(write.info, handlePatch(write));
      case 'delete':
        return handleDelete(write);
      case 'deletecollection':
        return handleDeleteCollection(write);
      default:
        return refuse(refuseUnmodelled(write.info));
    }
  }

  /** Events that clients write go after an hour like all others. */
  #keepingEvents(info: StoredResource, response: ApiResponse): ApiResponse {
    const { metadata } = response.body;
    if (
      info.modelled === 'Event' &&
      response.code < 300 &&
      metadata?.resourceVersion !== undefined
    ) {
      const revision = Number(metadata.resourceVersion);
      this.#events.expireLater(metadata.namespace ?? '', metadata.name ?? '', revision);
    }
    return response;
  }
}

/** What a request on an old resource is told (the deprecation handler of k8s.io/apiserver). */
function deprecation({ group, version, resource }: ApiRequest): string | undefined {
  if (group !== '' || version !== 'v1' || resource !== 'endpoints') return undefined;
  return 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice';
}
