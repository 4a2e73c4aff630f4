import { describe, expect, it } from 'vitest';
import type { Blocking } from '../../types.ts';
import { bodyFraming, HttpReader, type BodyFraming } from './reader.ts';

/** A stream that hands out these chunks and then ends. */
function readerOf(...chunks: string[]): HttpReader {
  return new HttpReader({
    read: () => values(chunks),
  });
}

// eslint-disable-next-line require-yield -- what is at hand needs no waiting
function* values(chunks: string[]): Blocking<string | undefined> {
  return chunks.shift();
}

/** Runs a step that never has to wait. */
function now<T>(step: Blocking<T>): T {
  const result = step.next();
  if (result.done !== true) throw new Error('waited');
  return result.value;
}

describe('HttpReader', () => {
  it('reads a head that comes in pieces and leaves what follows for the body', () => {
    const reader = readerOf(
      'HTTP/1.1 200 ',
      'OK\r\nServer: x\r\nContent-',
      'Length: 5\r\n\r\nhel',
      'lo+',
    );
    expect(now(reader.head())).toEqual({
      start: 'HTTP/1.1 200 OK',
      headers: [
        ['Server', 'x'],
        ['Content-Length', '5'],
      ],
      text: 'HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\n',
    });
    expect(now(reader.body({ by: 'length', bytes: 5 }, 100))).toBe('hello');
    expect(reader.buffered).toBe('+');
  });

  it('counts the length of a body in bytes', () => {
    expect(now(readerOf('grün.').body({ by: 'length', bytes: 5 }, 100))).toBe('grün');
  });

  it('joins chunks and skips their trailer', () => {
    const chunks = readerOf('4\r\nWiki\r\n', '6;x=y\r\npedia ', '\r\n0\r\nA: b\r\n\r\nnext');
    expect(now(chunks.body({ by: 'chunks' }, 100))).toBe('Wikipedia ');
    expect(chunks.buffered).toBe('next');
  });

  it.each<[string, BodyFraming, string]>([
    ['a length that was promised', { by: 'length', bytes: 9 }, 'broken'],
    ['the last chunk', { by: 'chunks' }, 'broken'],
    ['nothing, as the end of the stream ends the body', { by: 'close' }, '3\r\nabc'],
  ])('misses %s when the stream ends', (_, framing, outcome) => {
    expect(now(readerOf('3\r\nabc').body(framing, 100))).toBe(outcome);
  });

  it('tells a closed stream, a broken head and an endless one apart', () => {
    expect(now(readerOf().head())).toBe('closed');
    expect(now(readerOf('GET / HTTP/1.1\r\nHost: x\r\n').head())).toBe('broken');
    expect(now(readerOf('GET / HTTP/1.1\r\nnonsense\r\n\r\n').head())).toBe('broken');
    expect(now(readerOf('x'.repeat(40_000), '\n').head())).toBe('broken');
  });

  it('gives up on a body over the limit', () => {
    expect(now(readerOf('x'.repeat(200)).body({ by: 'close' }, 100))).toBe('too-long');
  });
});

describe('bodyFraming', () => {
  it('prefers chunks over a length and ignores a length that is no number', () => {
    const otherwise: BodyFraming = { by: 'close' };
    expect(bodyFraming([['Content-Length', '5']], otherwise)).toEqual({ by: 'length', bytes: 5 });
    expect(
      bodyFraming(
        [
          ['Content-Length', '5'],
          ['transfer-encoding', 'chunked'],
        ],
        otherwise,
      ),
    ).toEqual({ by: 'chunks' });
    expect(bodyFraming([['Content-Length', 'many']], otherwise)).toEqual(otherwise);
  });
});
