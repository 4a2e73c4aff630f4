import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  formatQuantity,
  milliValue,
  parseQuantity,
  value,
} from './quantity.ts';

describe('quantities', () => {
  it.each([
    ['1.5Gi', '1536Mi'],
    ['0.5Gi', '512Mi'],
    ['1024Mi', '1Gi'],
    ['512Ki', '512Ki'],
    ['1000m', '1'],
    ['0.1', '100m'],
    ['1.0', '1'],
    ['100', '100'],
    ['1000', '1k'],
    ['123456789', '123456789'],
    ['2e3', '2e3'],
    ['1E', '1E'],
    ['0.5Mi', '512Ki'],
    ['100Mi', '100Mi'],
    ['0', '0'],
    ['0Mi', '0'],
    ['-1', '-1'],
    ['1n', '1n'],
    ['.5', '500m'],
    ['128974848', '128974848'],
    ['129e6', '129e6'],
    ['129M', '129M'],
  ])('writes %s as %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  it.each(['', 'abc', '64MB', '64 Mi', '1.2.3', '--1', 'Mi', '1CPU', 'x'.repeat(100)])(
    'refuses %j',
    (text) => {
      expect(parseQuantity(text)).toBeUndefined();
    },
  );

  it('gives whole units rounded up', () => {
    expect(value('1.5Gi')).toBe(1_610_612_736);
    expect(value('1500m')).toBe(2);
    expect(milliValue('1.5')).toBe(1500);
    expect(milliValue('1u')).toBe(1);
  });

  it('compares and adds across formats', () => {
    expect(compareQuantities('1Gi', '1G')).toBe(1);
    expect(compareQuantities('1000m', '1')).toBe(0);
    expect(addQuantities('100m', '0.9')).toBe('1');
    expect(addQuantities('64Mi', '960Mi')).toBe('1Gi');
    expect(addQuantities('0', '64Mi')).toBe('64Mi');
  });

  it('reads back what it wrote', () => {
    const format = fc.constantFrom('DecimalSI' as const, 'BinarySI' as const);
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), format, (nanos, one) => {
        expect(parseQuantity(formatQuantity({ nanos, format: one }))?.nanos).toBe(nanos);
      }),
    );
  });
});
