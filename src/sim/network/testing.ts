// Helpers for tests of this folder: a Client over a fixed set of objects, with watches that tests fire.
import type { Kind, KubeObject, StoredOf } from '../api/objects.ts';
import type { Client, StoreEvent } from '../apiserver/types.ts';

export interface FakeClient extends Client {
  put(object: KubeObject): void;
  remove(kind: Kind, namespace: string, name: string): void;
}

/** A client that only reads, watches, and takes objects from the test. */
export function fakeClient(...objects: readonly KubeObject[]): FakeClient {
  const stored = new Map<string, KubeObject>();
  const watchers = new Map<string, ((event: StoreEvent<Kind>) => void)[]>();
  const key = (kind: string, namespace: string, name: string) => `${kind}/${namespace}/${name}`;
  const fire = (kind: string, event: unknown) => {
    for (const each of watchers.get(kind) ?? []) each(event as StoreEvent<Kind>);
  };
  const client = {
    get: (kind: Kind, namespace: string, name: string) => stored.get(key(kind, namespace, name)),
    list: (kind: Kind) => [...stored.values()].filter((object) => object.kind === kind),
    watch: (kind: Kind, handler: (event: StoreEvent<Kind>) => void) => {
      watchers.set(kind, [...(watchers.get(kind) ?? []), handler]);
      return () => undefined;
    },
    put: (object: KubeObject) => {
      const { kind = '', metadata } = object;
      const id = key(kind, metadata?.namespace ?? '', metadata?.name ?? '');
      const old = stored.get(id);
      stored.set(id, object);
      fire(kind, { type: old === undefined ? 'ADDED' : 'MODIFIED', object, old });
    },
    remove: (kind: Kind, namespace: string, name: string) => {
      const id = key(kind, namespace, name);
      const object = stored.get(id);
      stored.delete(id);
      fire(kind, { type: 'DELETED', object, old: object });
    },
  } as unknown as FakeClient;
  for (const object of objects) client.put(object);
  return client;
}

/** A Namespace. */
export function namespace(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** A Service of namespace default. */
export function service(name: string, spec: Partial<StoredOf<'Service'>['spec']>): KubeObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default' }, spec };
}

/** The one EndpointSlice of a Service of namespace default. */
export function slice(
  of: string,
  ports: readonly { readonly name?: string; readonly port: number; readonly protocol?: string }[],
  endpoints: StoredOf<'EndpointSlice'>['endpoints'],
): KubeObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${of}-x2b7c`,
      namespace: 'default',
      labels: { 'kubernetes.io/service-name': of },
    },
    addressType: 'IPv4',
    ports,
    endpoints,
  };
}
