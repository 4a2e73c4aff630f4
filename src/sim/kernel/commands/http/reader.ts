// Reads HTTP/1.1 messages from a stream: head, then a body by length, in chunks, or until the other side closes.
import { byteLength } from '../base/bytes.ts';
import type { Blocking } from '../../types.ts';
import { headerValue, type HeaderList } from './message.ts';

const maxHeadLength = 32_768;

/** Where the text comes from: a connection, or what stands in for one. */
export interface TextSource {
  read(maxLength?: number): Blocking<string | undefined>;
}

export interface MessageHead {
  /** The request or status line. */
  readonly start: string;
  readonly headers: HeaderList;
  /** The head as it came, with its line ends and the empty line. */
  readonly text: string;
}

export type BodyFraming =
  | { readonly by: 'length'; readonly bytes: number }
  | { readonly by: 'chunks' }
  | { readonly by: 'close' };

export class HttpReader {
  readonly #source: TextSource;
  #buffer = '';
  #ended = false;

  constructor(source: TextSource) {
    this.#source = source;
  }

  /** Text that has come and was not taken yet. */
  get buffered(): string {
    return this.#buffer;
  }

  /** Whether the other side has closed already; does not wait. */
  get closed(): boolean {
    if (this.#ended) return true;
    const step = this.#source.read();
    const result = step.next();
    if (result.done !== true) step.return(undefined);
    else if (result.value === undefined) this.#ended = true;
    else this.#buffer += result.value;
    return this.#ended;
  }

  /** Waits for more text; false at the end of the stream. */
  *more(): Blocking<boolean> {
    if (this.#ended) return false;
    const text = yield* this.#source.read();
    if (text === undefined) this.#ended = true;
    else this.#buffer += text;
    return !this.#ended;
  }

  /** A line without its end; undefined when the stream ends first or the line is over the limit. */
  *line(): Blocking<string | undefined> {
    let end = this.#buffer.indexOf('\n');
    while (end < 0) {
      if (this.#buffer.length > maxHeadLength || !(yield* this.more())) return undefined;
      end = this.#buffer.indexOf('\n');
    }
    const line = this.#buffer.slice(0, end);
    this.#buffer = this.#buffer.slice(end + 1);
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  /** Start line and headers; 'closed' when nothing came, 'broken' when it ended or grew too long half way. */
  *head(): Blocking<MessageHead | 'closed' | 'broken'> {
    const start = yield* this.line();
    if (start === undefined) return this.#buffer === '' ? 'closed' : 'broken';
    const headers: [string, string][] = [];
    let text = `${start}\r\n`;
    for (;;) {
      const line = yield* this.line();
      if (line === undefined || text.length > maxHeadLength) return 'broken';
      text += `${line}\r\n`;
      if (line === '') return { start, headers, text };
      const colon = line.indexOf(':');
      if (colon <= 0) return 'broken';
      headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
    }
  }

  /**
   * The next part of a body, as soon as there is one; undefined at its end, 'broken' when the stream ended too soon.
   * The framing is the caller's to keep: hand the object that `next` returned to the following call.
   */
  *bodyPart(state: BodyState): Blocking<string | undefined | 'broken'> {
    if (state.framing.by === 'chunks' && state.remainingBytes === 0) {
      const size = yield* this.#chunkSize(state.started);
      if (size === undefined) return 'broken';
      if (size === 0) return undefined;
      state.remainingBytes = size;
    }
    state.started = true;
    if (state.remainingBytes === 0) return undefined;
    if (this.#buffer === '' && !(yield* this.more())) {
      return state.framing.by === 'close' ? undefined : 'broken';
    }
    const part = prefixOfBytes(this.#buffer, state.remainingBytes);
    this.#buffer = this.#buffer.slice(part.length);
    state.remainingBytes -= byteLength(part);
    return part;
  }

  /** The whole body, at most so many bytes of it. */
  *body(framing: BodyFraming, maxBytes: number): Blocking<string | 'broken' | 'too-long'> {
    const state = bodyState(framing);
    let body = '';
    for (;;) {
      const part = yield* this.bodyPart(state);
      if (part === undefined) return body;
      if (part === 'broken') return part;
      body += part;
      if (body.length > maxBytes) return 'too-long';
    }
  }

  *#chunkSize(afterChunk: boolean): Blocking<number | undefined> {
    if (afterChunk) yield* this.line();
    const line = yield* this.line();
    const size = Number.parseInt(line ?? '', 16);
    if (Number.isNaN(size) || size < 0) return undefined;
    // The trailer: lines up to an empty one.
    if (size === 0) for (let end = yield* this.line(); end; end = yield* this.line());
    return size;
  }
}

export interface BodyState {
  readonly framing: BodyFraming;
  remainingBytes: number;
  started: boolean;
}

export function bodyState(framing: BodyFraming): BodyState {
  const remainingBytes =
    framing.by === 'length' ? framing.bytes : framing.by === 'close' ? Infinity : 0;
  return { framing, remainingBytes, started: false };
}

/** How a body ends, by its headers (RFC 9112, section 6.3); without a word of it, `otherwise`. */
export function bodyFraming(headers: HeaderList, otherwise: BodyFraming): BodyFraming {
  if (/chunked/i.test(headerValue(headers, 'transfer-encoding') ?? '')) return { by: 'chunks' };
  const length = headerValue(headers, 'content-length');
  if (length === undefined) return otherwise;
  const bytes = Number.parseInt(length, 10);
  return Number.isNaN(bytes) || bytes < 0 ? otherwise : { by: 'length', bytes };
}

/** As much of a text as fits into so many bytes, never half a character. */
function prefixOfBytes(text: string, bytes: number): string {
  if (text.length * 3 <= bytes || byteLength(text) <= bytes) return text;
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += byteLength(character);
    if (used > bytes) break;
    end += character.length;
  }
  // A length that cuts a character in two (the sender's mistake) takes it whole, so that the stream moves on.
  return text.slice(0, end) || text.slice(0, (text.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
}
