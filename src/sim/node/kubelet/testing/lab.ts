// A node with the real API server and a scripted runtime, and a diary of what happens to Pods.
import { ApiServer } from '../../../apiserver/api-server.ts';
import type { KubeObject, StoredOf } from '../../../api/objects.ts';
import type { ContainerState, ContainerStatus } from '../../../api/generated/types.ts';
import type { ApiResponse } from '../../../apiserver/types.ts';
import { Clock } from '../../../runtime/clock.ts';
import { nodeSpec } from '../../spec.ts';
import { Kubelet } from '../kubelet.ts';
import { FakeRuntime } from './fake-runtime.ts';

const startMs = 1_800_000_000_000;

export interface DiaryEntry {
  readonly ms: number;
  readonly text: string;
}

export class Lab {
  readonly clock = new Clock({ startMs });
  readonly server = new ApiServer({ clock: this.clock, seed: 1 });
  readonly runtime = new FakeRuntime(this.clock);
  readonly kubelet: Kubelet;
  readonly diary: DiaryEntry[] = [];
  #told = new Map<string, string>();

  constructor(seed = 1) {
    const node = nodeSpec(1);
    const source = { component: 'kubelet', host: node.name };
    const recorder = this.server.recorder(source);
    this.kubelet = new Kubelet({
      clock: this.clock,
      seed,
      client: this.server.client('kubelet'),
      recorder: {
        event: (involved, type, reason, message, fieldPath) => {
          if (involved.kind === 'Pod') this.#note(`${reason}: ${message}`);
          recorder.event(involved, type, reason, message, fieldPath);
        },
      },
      runtime: this.runtime,
      node,
    });
    for (const image of ['nginx:1.27', 'busybox:1.36']) {
      this.runtime.present.add(`docker.io/library/${image}`);
    }
    const controllers = this.server.client('controllers');
    const metadata = { namespace: 'default' };
    controllers.create('ServiceAccount', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { ...metadata, name: 'default' },
    });
    controllers.create('ConfigMap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...metadata, name: 'kube-root-ca.crt' },
      data: { 'ca.crt': 'certificate' },
    });
    this.server.client('observer').watch('Pod', ({ type, object }) => this.#watch(type, object));
    this.kubelet.start();
    this.run(5000);
  }

  /** Milliseconds since the lab began. */
  now(): number {
    return this.clock.nowMs() - startMs;
  }

  run(ms: number): void {
    this.clock.advanceTo(this.clock.nowMs() + ms);
  }

  /** Creates a Pod that is bound to the node already. */
  create(name: string, spec: Record<string, unknown>): void {
    const body = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { nodeName: 'node-1', ...spec },
    };
    this.request('create', 'pods', undefined, body);
  }

  request(
    verb: 'create' | 'delete' | 'patch',
    resource: string,
    name: string | undefined,
    body: unknown,
    subresource?: string,
  ): ApiResponse {
    const response = this.server.request({
      verb,
      group: '',
      version: 'v1',
      resource,
      namespace: 'default',
      name,
      subresource,
      body,
      patchType: verb === 'patch' ? 'application/strategic-merge-patch+json' : undefined,
    });
    if (response.code >= 300) throw new Error(JSON.stringify(response.body));
    return response;
  }

  delete(name: string, gracePeriodSeconds?: number): void {
    this.request('delete', 'pods', name, {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      gracePeriodSeconds,
    });
  }

  pod(name: string): StoredOf<'Pod'> | undefined {
    return this.server.client('observer').get('Pod', 'default', name);
  }

  /** The diary's texts from an entry on. */
  texts(from = 0): readonly string[] {
    return this.diary.slice(from).map(({ text }) => text);
  }

  #note(text: string): void {
    this.diary.push({ ms: this.now(), text });
  }

  #watch(type: string, pod: StoredOf<'Pod'>): void {
    const { name } = pod.metadata;
    const text = type === 'DELETED' ? 'deleted' : describe(pod);
    if (this.#told.get(name) === text) return;
    this.#told.set(name, text);
    this.#note(`${name} ${text}`);
  }
}

function describe({ metadata, status }: StoredOf<'Pod'>): string {
  const containers = [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
  ].map((one) => `${one.name}=${state(one)}`);
  const ending = metadata.deletionTimestamp === undefined ? [] : ['Terminating'];
  return [status.phase, ...ending, ...containers].join(' ');
}

function state(one: ContainerStatus): string {
  const restarts = one.restartCount === 0 ? '' : `*${one.restartCount}`;
  return `${word(one.state)}${one.ready ? '+' : ''}${restarts}`;
}

function word(given: ContainerState | undefined): string {
  if (given?.running !== undefined) return 'running';
  if (given?.terminated !== undefined) {
    return `${given.terminated.reason ?? ''}(${given.terminated.exitCode})`;
  }
  return given?.waiting?.reason ?? 'waiting';
}

export function container(name: string, more: Record<string, unknown> = {}): KubeObject {
  return { name, image: 'busybox:1.36', ...more } as KubeObject;
}
