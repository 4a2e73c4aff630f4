import fc from 'fast-check';
import { expect, test } from 'vitest';
import { merge } from './records.ts';
import { anyRecords } from './testing.ts';

test('merging loses nothing: every id of both is there once', () => {
  fc.assert(
    fc.property(anyRecords, anyRecords, (a, b) => {
      const ids = merge(a, b).map(({ id }) => id);
      expect(ids.toSorted()).toEqual([...new Set([...a, ...b].map(({ id }) => id))].sort());
    }),
  );
});

test('the order of merging does not matter', () => {
  fc.assert(
    fc.property(anyRecords, anyRecords, anyRecords, (a, b, c) => {
      expect(merge(b, a)).toEqual(merge(a, b));
      expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
    }),
  );
});

test('merging the same again changes nothing', () => {
  fc.assert(
    fc.property(anyRecords, anyRecords, (a, b) => {
      const once = merge(a, b);
      expect(merge(once, b)).toEqual(once);
      expect(merge(once, once)).toEqual(once);
    }),
  );
});

test('records stand in the order of time', () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      const times = merge(records, []).map(({ atMs }) => atMs);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }),
  );
});
