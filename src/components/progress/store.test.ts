import { expect, test } from 'vitest';
import { exportFile } from '#progress/file.ts';
import type { GoalRecord, ProgressRecord } from '#progress/records.ts';
import type { Database } from './database.ts';
import { createStore } from './store.ts';

const goal = (name: string, atMs: number): GoalRecord => ({
  kind: 'goal',
  id: `goal.01-a.${name}`,
  lesson: '01-a',
  atMs,
  goal: name,
  of: 2,
});

/** A database in memory that two stores may share, and that fails while `broken` is set. */
function memory() {
  const rows = new Map<string, unknown>();
  const state: { broken: unknown } = { broken: undefined };
  const attempt = <T>(work: () => T): Promise<T> =>
    state.broken === undefined ? Promise.resolve(work()) : Promise.reject(state.broken);
  const database: Database = {
    all: () => attempt(() => [...rows.values()]),
    add: (records: readonly ProgressRecord[]) =>
      attempt(() => {
        for (const record of records) if (!rows.has(record.id)) rows.set(record.id, record);
      }),
    clear: () => attempt(() => rows.clear()),
  };
  return { rows, state, database };
}

const quiet = () => undefined;

test('what one tab adds the other reads', async () => {
  const { database } = memory();
  const [one, two] = [database, database].map((db) =>
    createStore(() => Promise.resolve(db), quiet),
  );
  expect(await Promise.all([one?.append([goal('x', 1)]), two?.append([goal('y', 2)])])).toEqual([
    { kept: true },
    { kept: true },
  ]);
  expect(await one?.read()).toEqual([goal('x', 1), goal('y', 2)]);
});

test('where the browser forbids storage the tab remembers, and says so', async () => {
  const store = createStore(() => Promise.reject(new DOMException('no', 'SecurityError')), quiet);
  expect(await store.append([goal('x', 1)])).toEqual({ kept: false, why: 'blocked' });
  expect(await store.read()).toEqual([goal('x', 1)]);
  expect(await store.exported()).toBe(exportFile([goal('x', 1)]));
});

test('what did not fit is written as soon as there is room', async () => {
  const { rows, state, database } = memory();
  const store = createStore(() => Promise.resolve(database), quiet);
  state.broken = new DOMException('full', 'QuotaExceededError');
  expect(await store.append([goal('x', 1)])).toEqual({ kept: false, why: 'full' });
  state.broken = undefined;
  expect(await store.append([goal('y', 2)])).toEqual({ kept: true });
  expect([...rows.values()]).toEqual([goal('x', 1), goal('y', 2)]);
});

test('a connection that was closed meanwhile is opened again', async () => {
  const { state, rows, database } = memory();
  let opened = 0;
  const store = createStore(() => {
    opened += 1;
    state.broken = opened === 1 ? new DOMException('closed', 'InvalidStateError') : undefined;
    return Promise.resolve(database);
  }, quiet);
  expect(await store.append([goal('x', 1)])).toEqual({ kept: true });
  expect([opened, rows.size]).toEqual([2, 1]);
});

test('damaged rows are left out, and the rest is read', async () => {
  const { rows, database } = memory();
  rows.set('bad', { id: 'bad', kind: 'goal' });
  rows.set('x', goal('x', 1));
  const store = createStore(() => Promise.resolve(database), quiet);
  expect(await store.read()).toEqual([goal('x', 1)]);
});

test('an import adds what is new, and a second one nothing', async () => {
  const { database } = memory();
  const store = createStore(() => Promise.resolve(database), quiet);
  await store.append([goal('x', 1)]);
  const file = exportFile([goal('x', 1), goal('y', 2)]);
  expect(await store.import(file)).toEqual({ ok: true, added: 1, kept: { kept: true } });
  expect(await store.import(file)).toEqual({ ok: true, added: 0, kept: { kept: true } });
});

test('an import that cannot be read changes nothing and says why', async () => {
  const { rows, database } = memory();
  let changes = 0;
  const store = createStore(
    () => Promise.resolve(database),
    () => (changes += 1),
  );
  expect(await store.import('{"podlab":"progress","format":9,"records":[]}')).toEqual({
    ok: false,
    problem: { reason: 'newer', format: 9 },
  });
  expect([rows.size, changes]).toEqual([0, 0]);
});

test('clearing forgets what is stored and what waits, and tells who listens', async () => {
  const { rows, database } = memory();
  const heard: boolean[] = [];
  const store = createStore(
    () => Promise.resolve(database),
    (isEmpty) => heard.push(isEmpty),
  );
  await store.append([goal('x', 1)]);
  expect(await store.clear()).toEqual({ kept: true });
  expect(await store.read()).toEqual([]);
  expect([rows.size, ...heard]).toEqual([0, false, true]);
});
