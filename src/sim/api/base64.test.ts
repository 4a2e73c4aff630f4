import { describe, expect, it } from 'vitest';
import { base64Bytes, decodeBase64, encodeBase64, encodeBase64Url } from './base64.ts';

describe('base64', () => {
  it.each(['', 'a', 'ab', 'abc', 's3cret!', 'Grüße', '漢字', '😀x', '\ufeffmarked'])(
    'writes and reads %j as everybody else does',
    (text) => {
      const encoded = Buffer.from(text, 'utf8').toString('base64');
      expect(encodeBase64(text)).toBe(encoded);
      expect(decodeBase64(encoded)).toBe(text);
    },
  );

  it('replaces what is no UTF-8', () => {
    expect(encodeBase64('\ud800')).toBe(Buffer.from('\ufffd', 'utf8').toString('base64'));
    expect(decodeBase64('/w==')).toBe('\ufffd');
  });

  it('gives bytes, and undefined where there are none', () => {
    expect(base64Bytes('/wA=\n')).toEqual(new Uint8Array([255, 0]));
    for (const wrong of ['a', 'ab=c', '****', 'ab===']) expect(base64Bytes(wrong)).toBeUndefined();
  });

  it('has a form for tokens', () => {
    expect(encodeBase64Url('{"a":1}?>')).toBe('eyJhIjoxfT8-');
  });
});
