import { describe, expect, it } from 'vitest';
import { AddressPool, contains, parseIpv4, parseNetwork } from './addresses.ts';

const network = (text: string) => {
  const parsed = parseNetwork(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
};

describe('addresses', () => {
  it('reads addresses and networks, and refuses what is none', () => {
    expect(['10.0.0.1', '256.1.1.1', '1.2.3', '01.2.3.4', 'web'].map(parseIpv4)).toEqual([
      0x0a000001,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(parseNetwork('10.244.1.7/24')).toEqual({
      first: 0x0af40100,
      size: 256,
      prefixLength: 24,
    });
    expect(parseNetwork('10.244.1.0/33')).toBeUndefined();
    expect(contains(network('10.244.1.0/24'), '10.244.1.255')).toBe(true);
    expect(contains(network('10.244.1.0/24'), '10.244.2.0')).toBe(false);
  });

  it('hands out addresses in turn and one that came back only after all others', () => {
    const pool = new AddressPool(network('10.244.0.0/29'));
    const first = [pool.take(), pool.take(), pool.take()];
    pool.release('10.244.0.2');
    expect([...first, pool.take(), pool.take(), pool.take(), pool.take()]).toEqual([
      '10.244.0.2',
      '10.244.0.3',
      '10.244.0.4',
      '10.244.0.5',
      '10.244.0.6',
      '10.244.0.2',
      undefined,
    ]);
  });
});
