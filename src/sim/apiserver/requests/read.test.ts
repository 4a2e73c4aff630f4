import { describe, expect, it } from 'vitest';
import { pod, refusal, testServer } from '../testing.ts';
import type { StoreEvent, WatchEvent } from '../types.ts';

const base = { group: '', version: 'v1', resource: 'pods' };

describe('listing', () => {
  it('gives chunks of one consistent list', () => {
    const { create, request } = testServer();
    for (const name of ['c', 'a', 'b']) create('pods', pod(name));
    const list = { verb: 'list', resource: 'pods', limit: 2 } as const;
    const first = request(list);
    create('pods', pod('bb'));
    const next = (first.body.metadata as { continue?: string }).continue;
    const second = request({ ...list, continue: next });
    const names = (body: object): readonly unknown[] =>
      (body as { items: { metadata: { name: string } }[] }).items.map(
        ({ metadata }) => metadata.name,
      );
    expect([names(first.body), names(second.body)]).toEqual([['a', 'b'], ['c']]);
    expect(first.body.metadata).toMatchObject({ remainingItemCount: 1 });
    expect(second.body.metadata).toEqual({
      resourceVersion: (first.body.metadata as { resourceVersion: string }).resourceVersion,
    });
  });

  it('selects by labels and fields, and refuses fields that cannot be selected', () => {
    const { create, request } = testServer();
    create('pods', { ...pod('a'), metadata: { name: 'a', labels: { app: 'x' } } });
    create('pods', pod('b'));
    const list = { verb: 'list', resource: 'pods' } as const;
    const names = (extra: object): unknown =>
      (
        request({ ...list, ...extra }).body as { items?: { metadata: { name: string } }[] }
      ).items?.map(({ metadata }) => metadata.name);
    expect(names({ labelSelector: 'app=x' })).toEqual(['a']);
    expect(names({ fieldSelector: 'metadata.name!=a,status.phase=Pending' })).toEqual(['b']);
    expect(refusal(request({ ...list, fieldSelector: 'spec.image=x' }))).toBe(
      'field label not supported: spec.image',
    );
    expect(refusal(request({ ...list, resource: 'configmaps', fieldSelector: 'data=x' }))).toBe(
      '"data" is not a known field selector: only "metadata.name", "metadata.namespace"',
    );
  });

  it('has no list from the future', () => {
    const { request } = testServer();
    const response = request({ verb: 'list', resource: 'pods', resourceVersion: '999999' });
    expect([response.code, refusal(response)]).toEqual([
      504,
      expect.stringMatching(/^Timeout: Too large resource version: 999999, current: \d+$/),
    ]);
  });

  it('lists kinds that it cannot store as empty where they would be, and refuses the others', () => {
    const { request } = testServer();
    const empty = request({ verb: 'list', resource: 'replicationcontrollers' });
    expect(empty.body).toMatchObject({ kind: 'ReplicationControllerList', items: [] });
    const roles = { verb: 'list', group: 'rbac.authorization.k8s.io', resource: 'roles' } as const;
    expect(request(roles).code).toBe(501);
    expect(refusal(request({ verb: 'list', resource: 'nopes' }))).toBe(
      'the server could not find the requested resource',
    );
  });
});

describe('watching', () => {
  it('delivers through the clock, once, what components asked for', () => {
    const { server, create, clock } = testServer();
    const seen: string[] = [];
    const client = server.client('kubelet');
    const note = ({ type, object, old }: StoreEvent<'Pod'>): void => {
      seen.push(`${type} ${object.metadata.name} ${old === undefined ? '-' : 'old'}`);
    };
    client.watchBy('Pod', { index: 'byNode', key: 'node-1' }, note);
    create('pods', pod('a'));
    create('pods', pod('b'));
    server.client('kube-scheduler').bind('default', 'b', 'node-1');
    expect(seen).toEqual([]);
    clock.advanceTo(clock.nowMs());
    expect(seen).toEqual(['MODIFIED b old']);
  });

  it('resumes from a resourceVersion, and says when that is too long ago', () => {
    const { server, create, clock } = testServer();
    const first = create('pods', pod('a')).body.metadata?.resourceVersion;
    create('pods', pod('b'));
    const watch = (resourceVersion: string | undefined): string[] => {
      const seen: string[] = [];
      const onEvent = ({ type, object }: WatchEvent): void => {
        seen.push(`${type} ${object.metadata?.name ?? String(object.message)}`);
      };
      server.watch({ ...base, verb: 'watch', namespace: 'default', resourceVersion }, onEvent);
      return seen;
    };
    const since = watch(first);
    const all = watch(undefined);
    create('pods', pod('c'));
    clock.advanceTo(clock.nowMs());
    expect(since).toEqual(['ADDED b', 'ADDED c']);
    expect(all).toEqual(['ADDED a', 'ADDED b', 'ADDED c']);
    for (let i = 0; i < 2000; i += 1) {
      create('pods', pod('x'));
      server.client('kubelet').delete('Pod', 'default', 'x');
    }
    const old = watch(first);
    clock.advanceTo(clock.nowMs());
    expect(old).toEqual([expect.stringMatching(/^ERROR too old resource version: \d+ \(\d+\)$/)]);
  });

  it('turns a change of labels into ADDED and DELETED for a selector', () => {
    const { server, create, clock } = testServer();
    const seen: string[] = [];
    const client = server.client('kubelet');
    server.watch({ ...base, verb: 'watch', labelSelector: 'on' }, ({ type, object }) => {
      seen.push(`${type} ${JSON.stringify(object.metadata?.labels ?? {})}`);
    });
    create('pods', pod('a'));
    const set = (labels: Record<string, string>): void => {
      const current = client.get('Pod', 'default', 'a');
      client.update('Pod', { ...current, metadata: { ...current?.metadata, labels } } as never);
    };
    set({ on: '1' });
    set({ off: '1' });
    clock.advanceTo(clock.nowMs());
    expect(seen).toEqual(['ADDED {"on":"1"}', 'DELETED {"on":"1"}']);
  });
});
