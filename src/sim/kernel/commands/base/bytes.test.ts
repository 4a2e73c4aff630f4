import { describe, expect, it } from 'vitest';
import { byteLength, fromBytes, toBytes } from './bytes.ts';

describe('bytes of a text', () => {
  it.each(['', 'plain', 'grün €', '🐳 whale', '\0\x7f'])('come back as the text %j', (text) => {
    const bytes = toBytes(text);
    expect(bytes).toEqual([...new TextEncoder().encode(text)]);
    expect(fromBytes(bytes)).toBe(text);
    expect(byteLength(text)).toBe(bytes.length);
  });

  it('survive a round trip even where they are no UTF-8', () => {
    for (const bytes of [
      [0xff],
      [0xc3],
      [0xe2, 0x82],
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
      [0x41, 0x80],
    ]) {
      expect(toBytes(fromBytes(bytes))).toEqual(bytes);
      expect(byteLength(fromBytes(bytes))).toBe(bytes.length);
    }
  });
});
