// RESP2, redis' protocol: requests as arrays of bulk strings or as plain lines, replies by their first character.
import { byteLength } from '../../kernel/commands/base/bytes.ts';
import type { HttpReader } from '../../kernel/commands/http/reader.ts';
import type { Blocking } from '../../kernel/types.ts';

export type Reply =
  | { readonly kind: 'status'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'bulk'; readonly text: string }
  | { readonly kind: 'nil' }
  | { readonly kind: 'array'; readonly items: readonly Reply[] };

export const ok: Reply = { kind: 'status', text: 'OK' };
export const nil: Reply = { kind: 'nil' };

export function bulk(text: string | undefined): Reply {
  return text === undefined ? nil : { kind: 'bulk', text };
}

export function integer(value: number): Reply {
  return { kind: 'integer', value };
}

export function array(items: readonly Reply[]): Reply {
  return { kind: 'array', items };
}

export function failure(text: string): Reply {
  return { kind: 'error', text };
}

const maxItems = 4096;
const maxBulkBytes = 1_048_576;

/** Reads lines and counted texts; the HTTP reader's buffer does for both. */
type Reader = HttpReader;

/** The next command of a client as words; undefined at the end of the stream or when it is no RESP. */
export function* readCommand(reader: Reader): Blocking<readonly string[] | undefined> {
  const line = yield* reader.line();
  if (line === undefined) return undefined;
  if (!line.startsWith('*')) return splitWords(line);
  const count = Number(line.slice(1));
  if (!Number.isInteger(count) || count > maxItems) return undefined;
  const words: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const length = yield* reader.line();
    if (length === undefined || !length.startsWith('$')) return undefined;
    const text = yield* readBulk(reader, Number(length.slice(1)));
    if (text === undefined) return undefined;
    words.push(text);
  }
  return words;
}

function* readBulk(reader: Reader, bytes: number): Blocking<string | undefined> {
  if (!Number.isInteger(bytes) || bytes < 0 || bytes > maxBulkBytes) return undefined;
  const text = yield* reader.body({ by: 'length', bytes }, maxBulkBytes);
  if (text === 'broken' || text === 'too-long') return undefined;
  yield* reader.line();
  return text;
}

/** The next reply of a server; undefined when it closed. */
export function* readReply(reader: Reader): Blocking<Reply | undefined> {
  const line = yield* reader.line();
  if (line === undefined) return undefined;
  const rest = line.slice(1);
  switch (line[0]) {
    case '+':
      return { kind: 'status', text: rest };
    case '-':
      return failure(rest);
    case ':':
      return integer(Number(rest));
    case '$':
      return rest === '-1' ? nil : bulk(yield* readBulk(reader, Number(rest)));
    case '*': {
      if (rest === '-1') return nil;
      const items: Reply[] = [];
      for (let index = 0; index < Math.min(Number(rest), maxItems); index += 1) {
        const item = yield* readReply(reader);
        if (item === undefined) return undefined;
        items.push(item);
      }
      return array(items);
    }
    default:
      return undefined;
  }
}

/** A reply on the wire. */
export function formatReply(reply: Reply): string {
  switch (reply.kind) {
    case 'status':
      return `+${reply.text}\r\n`;
    case 'error':
      return `-${reply.text}\r\n`;
    case 'integer':
      return `:${reply.value}\r\n`;
    case 'nil':
      return '$-1\r\n';
    case 'bulk':
      return `$${byteLength(reply.text)}\r\n${reply.text}\r\n`;
    case 'array':
      return `*${reply.items.length}\r\n${reply.items.map(formatReply).join('')}`;
  }
}

/** A command on the wire. */
export function formatCommand(words: readonly string[]): string {
  return formatReply(array(words.map((word) => bulk(word))));
}

/** Words of a line, with double and single quotes; undefined when a quote does not end. */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g;
  for (const found of line.matchAll(pattern)) {
    const [, double, single, bare] = found;
    words.push(double === undefined ? (single ?? bare ?? '') : unescape(double));
  }
  return words;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => {
    return { n: '\n', r: '\r', t: '\t' }[character] ?? character;
  });
}
