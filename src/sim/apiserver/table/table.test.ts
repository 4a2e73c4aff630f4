import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Pod } from '../../api/generated/types.ts';
import { resourceAt, splitApiVersion } from '../../api/kinds.ts';
import { groupResource } from '../../api/kinds.ts';
import { pod, testServer } from '../testing.ts';
import { columnsOf } from './columns.ts';
import { podCells } from './pod-cells.ts';

const columns = JSON.parse(
  readFileSync(new URL('../../../../tests/discovery/columns.json', import.meta.url), 'utf8'),
) as Record<string, readonly object[]>;

it('has the columns of a v1.33 server for every resource that was asked', () => {
  for (const [path, expected] of Object.entries(columns)) {
    const parts = path.split('/').slice(2);
    const plural = parts.pop() ?? '';
    const { group, version } = splitApiVersion(parts.join('/'));
    const resource = resourceAt(group, version, plural);
    if (resource === undefined) throw new Error(`no resource at ${path}`);
    const own = columnsOf(groupResource(resource)).map(({ name, type, format, priority }) => ({
      name,
      type,
      format,
      priority,
    }));
    expect([path, own]).toEqual([path, expected]);
  }
});

describe('the cells of a Pod', () => {
  const nowMs = 1_700_000_100_000;
  const cells = (given: {
    spec?: object;
    status?: object;
    metadata?: object;
  }): readonly unknown[] => {
    const { metadata, spec } = pod('p', given.spec as Record<string, unknown>) as Pod;
    const creationTimestamp = '2023-11-14T22:13:20Z';
    const object = {
      metadata: { ...metadata, creationTimestamp, ...given.metadata },
      spec,
      status: { phase: 'Running', ...given.status },
    } as unknown as Pod;
    return podCells(object, nowMs).slice(1, 4);
  };
  const running = { name: 'main', ready: true, restartCount: 0, state: { running: {} } };
  const waiting = (reason: string) => ({
    ...running,
    ready: false,
    state: { waiting: { reason } },
  });

  it('say Running, Pending and what a container waits for', () => {
    expect(cells({ status: { containerStatuses: [running] } })).toEqual(['1/1', 'Running', '0']);
    expect(cells({ status: { phase: 'Pending' } })).toEqual(['0/1', 'Pending', '0']);
    const crashing = {
      ...waiting('CrashLoopBackOff'),
      restartCount: 3,
      lastState: { terminated: { exitCode: 1, finishedAt: '2023-11-14T22:14:10Z' } },
    };
    expect(cells({ status: { containerStatuses: [crashing] } })).toEqual([
      '0/1',
      'CrashLoopBackOff',
      '3 (50s ago)',
    ]);
  });

  it('count init containers, and name the one that fails', () => {
    const spec = {
      initContainers: [
        { name: 'a', image: 'i' },
        { name: 'b', image: 'i' },
      ],
    };
    const done = {
      name: 'a',
      ready: true,
      restartCount: 0,
      state: { terminated: { exitCode: 0 } },
    };
    const second = (state: object) => ({ ...running, name: 'b', ready: false, state });
    const init = (state: object) =>
      cells({
        spec,
        status: { phase: 'Pending', initContainerStatuses: [done, second(state)] },
      })[1];
    expect(init({ running: {} })).toBe('Init:1/2');
    expect(init({ terminated: { exitCode: 1, reason: 'Error' } })).toBe('Init:Error');
    expect(init({ terminated: { exitCode: 137, signal: 9 } })).toBe('Init:Signal:9');
    expect(init({ waiting: { reason: 'CrashLoopBackOff' } })).toBe('Init:CrashLoopBackOff');
  });

  it('count ready sidecars', () => {
    const spec = { initContainers: [{ name: 's', image: 'i', restartPolicy: 'Always' }] };
    const sidecar = { ...running, name: 's', started: true };
    const status = { initContainerStatuses: [sidecar], containerStatuses: [running] };
    expect(cells({ spec, status })).toEqual(['2/2', 'Running', '0']);
  });

  it('say Terminating while it goes, and how it ended when it has', () => {
    const metadata = { deletionTimestamp: '2023-11-14T22:14:10Z' };
    expect(cells({ metadata, status: { containerStatuses: [running] } })[1]).toBe('Terminating');
    const ended = { ...running, ready: false, state: { terminated: { reason: 'Completed' } } };
    expect(cells({ metadata, status: { phase: 'Succeeded', containerStatuses: [ended] } })[1]).toBe(
      'Completed',
    );
  });

  it('say NotReady when one container is done and the Pod is not ready', () => {
    const ended = { ...running, ready: false, state: { terminated: { reason: 'Completed' } } };
    const containerStatuses = [ended, { ...running, name: 'other' }];
    const conditions = [{ type: 'Ready', status: 'True' }];
    expect(cells({ status: { containerStatuses } })[1]).toBe('NotReady');
    expect(cells({ status: { containerStatuses, conditions } })[1]).toBe('Running');
  });

  it('say Evicted and SchedulingGated', () => {
    expect(cells({ status: { phase: 'Failed', reason: 'Evicted' } })[1]).toBe('Evicted');
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }];
    expect(cells({ status: { phase: 'Pending', conditions } })[1]).toBe('SchedulingGated');
  });
});

describe('a Table', () => {
  it('comes instead of a list, with the metadata of each object', () => {
    const { create, request } = testServer();
    const created = create('configmaps', { metadata: { name: 'c' }, data: { a: '1' } });
    const table = { includeObject: 'Metadata' } as const;
    const response = request({ verb: 'list', resource: 'configmaps', table });
    expect(response.body).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      rows: [
        {
          cells: ['c', 1, '0s'],
          object: { kind: 'PartialObjectMetadata', metadata: created.body.metadata },
        },
      ],
    });
  });

  it('comes in watch events, its columns in the first alone', () => {
    const { create, server, clock } = testServer();
    const seen: unknown[] = [];
    const table = { includeObject: 'None' } as const;
    const path = { group: '', version: 'v1', resource: 'namespaces' };
    server.watch(
      { verb: 'watch', ...path, table, resourceVersion: '999999' },
      ({ type, object }) => {
        const rows = object.rows as { cells: unknown[] }[];
        seen.push([type, object.columnDefinitions === null, rows[0]?.cells]);
      },
    );
    create('namespaces', { metadata: { name: 'a' } });
    create('namespaces', { metadata: { name: 'b' } });
    clock.advanceTo(clock.nowMs());
    expect(seen).toEqual([
      ['ADDED', false, ['a', 'Active', '0s']],
      ['ADDED', true, ['b', 'Active', '0s']],
    ]);
  });
});
