import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Content, utf8Length } from './content.ts';

describe('Content', () => {
  it('is what a plain string would be after any writes', () => {
    const change = fc.oneof(
      fc.record({ at: fc.nat(60), text: fc.string({ maxLength: 12 }) }),
      fc.record({ at: fc.nat(60), text: fc.constant('y\n'.repeat(400)) }),
      fc.record({ truncate: fc.nat(900) }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const content = new Content();
        let plain = '';
        for (const each of changes) {
          if ('truncate' in each) {
            content.truncate(each.truncate);
            plain = plain.slice(0, each.truncate).padEnd(each.truncate, '\0');
          } else if (each.text !== '') {
            content.write(each.at, each.text);
            const before = plain.slice(0, each.at).padEnd(each.at, '\0');
            plain = before + each.text + plain.slice(each.at + each.text.length);
          }
        }
        expect(content.text()).toBe(plain);
        expect(content.length).toBe(plain.length);
        expect(content.byteLength).toBe(utf8Length(plain));
        expect(content.slice(3, 9)).toBe(plain.slice(3, 9));
      }),
    );
  });

  it('holds a gigabyte of one repeated piece at next to no cost', () => {
    const content = new Content();
    const piece = '\0'.repeat(65_536);
    for (let i = 0; i < 16_384; i += 1) content.write(content.length, piece);
    expect(content.byteLength).toBe(1 << 30);
    expect(content.heldLength).toBe(65_536);
    expect(content.slice(5_000_000, 5_000_010)).toBe('\0'.repeat(10));
  });

  it('counts bytes as UTF-8 does', () => {
    expect(['a', 'ä', '€', '😀', '\udcff'].map(utf8Length)).toEqual([1, 2, 3, 4, 1]);
  });
});
