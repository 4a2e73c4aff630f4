// watch: what changed since a revision, then every change, as the watch cache of the real server sends it.
import type { KubeObject } from '../../api/objects.ts';
import type { Resource } from '../../api/kinds.ts';
import type { ServerContext, StoredResource } from '../registry/context.ts';
import { expired } from '../status.ts';
import type { AnyStored, Change } from '../store/entry.ts';
import { expand } from '../store/entry.ts';
import { toTable } from '../table/table.ts';
import type { ApiRequest, ApiResponse, WatchEvent } from '../types.ts';
import { isStored, isTrulyEmpty, refuseUnmodelled } from './resolve.ts';
import { refuse } from './respond.ts';
import type { Selection } from './selection.ts';
import { written } from './written.ts';
import { parseSelection } from './selection.ts';

/** How often a watch that allows it hears how far it has seen (storage/cacher bookmarkFrequency). */
const bookmarkEveryMs = 60_000;

export type WatchResult =
  | { readonly ok: true; readonly stop: () => void }
  | { readonly ok: false; readonly response: ApiResponse };

/** Starts a watch. Events arrive through the clock, the first ones at +0. */
export function watchObjects(
  context: ServerContext,
  info: Resource,
  namespace: string | undefined,
  request: ApiRequest,
  onEvent: (event: WatchEvent) => void,
): WatchResult {
  const selection = parseSelection(info, request);
  if (!selection.ok) return { ok: false, response: refuse(selection.status) };
  if (isStored(info)) {
    const watch = new RequestWatch(context, info, namespace, selection, request, onEvent);
    watch.start();
    return { ok: true, stop: () => watch.stop() };
  }
  if (isTrulyEmpty(info)) return { ok: true, stop: () => undefined };
  return { ok: false, response: refuse(refuseUnmodelled(info)) };
}

class RequestWatch {
  readonly #context: ServerContext;
  readonly #info: StoredResource;
  readonly #namespace: string | undefined;
  readonly #selection: Selection;
  readonly #request: ApiRequest;
  readonly #onEvent: (event: WatchEvent) => void;
  #stopHub: () => void = () => undefined;
  #isStopped = false;
  #hasSentTable = false;

  constructor(
    context: ServerContext,
    info: StoredResource,
    namespace: string | undefined,
    selection: Selection,
    request: ApiRequest,
    onEvent: (event: WatchEvent) => void,
  ) {
    this.#context = context;
    this.#info = info;
    this.#namespace = namespace;
    this.#selection = selection;
    this.#request = request;
    this.#onEvent = onEvent;
  }

  start(): void {
    const { clock, store } = this.#context;
    const asked = this.#request.resourceVersion ?? '';
    const backlog: (() => void)[] = [];
    if (asked === '' || asked === '0') {
      for (const object of this.#present()) backlog.push(() => this.#send('ADDED', object));
    } else {
      const changes = store.hub.since(this.#info.modelled, Number(asked));
      if (changes === 'expired') backlog.push(() => this.#sendExpired(asked));
      else for (const change of changes) backlog.push(() => this.#sendChange(change));
    }
    const later: Change[] = [];
    let isCaughtUp = backlog.length === 0;
    this.#stopHub = store.hub.watch(this.#info.modelled, (change) => {
      if (isCaughtUp) this.#sendChange(change);
      else later.push(change);
    });
    if (!isCaughtUp) {
      clock.after(0, () => {
        isCaughtUp = true;
        for (const send of backlog) send();
        for (const change of later) this.#sendChange(change);
      });
    }
    if (this.#request.allowWatchBookmarks === true) this.#awaitBookmark();
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopHub();
  }

  #present(): readonly AnyStored[] {
    const all = this.#context.store.listSorted(this.#info.modelled, this.#namespace);
    return all.filter((object) => this.#selection.matches(object));
  }

  #isSelected(object: AnyStored): boolean {
    if (this.#namespace !== undefined && object.metadata.namespace !== this.#namespace)
      return false;
    return this.#selection.matches(object);
  }

  /** An object that begins to match is ADDED, one that ceases to is DELETED. */
  #sendChange(change: Change): void {
    const object = expand(change.object);
    const was = change.old !== undefined && this.#isSelected(expand(change.old));
    const is = change.type !== 'DELETED' && this.#isSelected(object);
    if (was && is) this.#send('MODIFIED', object);
    else if (is) this.#send('ADDED', object);
    else if (was && change.type === 'DELETED') this.#send('DELETED', object);
    else if (was && change.old !== undefined) {
      const old = expand(change.old);
      const resourceVersion = String(change.revision);
      this.#send('DELETED', { ...old, metadata: { ...old.metadata, resourceVersion } });
    }
  }

  #send(type: WatchEvent['type'], object: AnyStored): void {
    if (this.#isStopped) return;
    this.#onEvent({ type, object: this.#asRequested(object) });
  }

  #asRequested(object: AnyStored): KubeObject {
    const { table } = this.#request;
    if (table === undefined) return written(object);
    const shown = toTable([object], {
      info: this.#info,
      includeObject: table.includeObject,
      nowMs: this.#context.clock.nowMs(),
      metadata: { resourceVersion: object.metadata.resourceVersion },
      isContinuation: this.#hasSentTable,
    });
    this.#hasSentTable = true;
    return shown;
  }

  #sendExpired(asked: string): void {
    if (this.#isStopped) return;
    const oldest = this.#context.store.hub.oldest(this.#info.modelled);
    const status = expired(`too old resource version: ${asked} (${oldest})`);
    this.stop();
    this.#onEvent({ type: 'ERROR', object: status as unknown as KubeObject });
  }

  #awaitBookmark(): void {
    const { clock, store } = this.#context;
    clock.after(bookmarkEveryMs, () => {
      if (this.#isStopped) return;
      const { kind, apiVersion } = this.#info;
      const metadata = { resourceVersion: String(store.revision), creationTimestamp: null };
      this.#onEvent({
        type: 'BOOKMARK',
        object: { kind, apiVersion, metadata } as unknown as KubeObject,
      });
      this.#awaitBookmark();
    });
  }
}
