// The kubelet's way to the API server: what it knows of its Pods, and what gets through while the
// network works.
import type { KubeObject } from '../../api/objects.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Client, EventRecorder, StoreEvent } from '../../apiserver/types.ts';
import { asInvolved, fieldPath, type PodObject, type SpecContainer } from './pod.ts';

interface LateEvent {
  readonly atMs: number;
  send(): void;
}

export interface ApiLinkOptions {
  readonly clock: Clock;
  readonly client: Client;
  readonly recorder: EventRecorder;
  readonly nodeName: string;
}

/** How long client-go tries to send an Event: 12 times, 10 s apart. */
const eventRetryMs = 120_000;

export class ApiLink {
  readonly #options: ApiLinkOptions;
  #isUp = true;
  #late: LateEvent[] = [];
  #unwatch: (() => void) | undefined;
  #onPod: ((event: StoreEvent<'Pod'>) => void) | undefined;

  constructor(options: ApiLinkOptions) {
    this.#options = options;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Reads and writes; ask `isUp` before. */
  get client(): Client {
    return this.#options.client;
  }

  /** Pods of this node as the API server has them now. */
  pods(): readonly PodObject[] {
    return this.client.list('Pod', { by: { index: 'byNode', key: this.#options.nodeName } });
  }

  /**
   * Watches the node's Pods; changes while the network is down are lost, as they are on a real
   * node.
   */
  watchPods(handler: (event: StoreEvent<'Pod'>) => void): void {
    this.#onPod = handler;
    this.#unwatch = this.client.watchBy(
      'Pod',
      { index: 'byNode', key: this.#options.nodeName },
      (event) => {
        if (this.#isUp) this.#onPod?.(event);
      },
    );
  }

  close(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#onPod = undefined;
  }

  /** Pulls the cable or plugs it in again. */
  setUp(isUp: boolean): void {
    this.#isUp = isUp;
    if (!isUp) return;
    const nowMs = this.#options.clock.nowMs();
    const late = this.#late;
    this.#late = [];
    for (const event of late) if (nowMs - event.atMs <= eventRetryMs) event.send();
  }

  /** Records an Event about a Pod or one of its containers. */
  podEvent(
    pod: PodObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    container?: SpecContainer,
  ): void {
    const path = container === undefined ? undefined : fieldPath(container);
    this.event(asInvolved(pod), type, reason, message, path);
  }

  event(
    involved: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    path?: string,
  ): void {
    const send = (): void => {
      const { recorder } = this.#options;
      if (path === undefined) recorder.event(involved, type, reason, message);
      else recorder.event(involved, type, reason, message, path);
    };
    if (this.#isUp) send();
    else this.#late.push({ atMs: this.#options.clock.nowMs(), send });
  }
}
