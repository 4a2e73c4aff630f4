// The shop's cart: in the memory of the process, or in redis where REDIS_ADDR says so.
import { resolveHost } from '../../kernel/commands/dns/resolve.ts';
import { HttpReader } from '../../kernel/commands/http/reader.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, Process } from '../../kernel/types.ts';
import { atOnce } from '../servers/http-app.ts';
import { formatCommand, readReply, type Reply } from '../redis/protocol.ts';

export type CartResult =
  | { readonly ok: true; readonly items: ReadonlyMap<string, number> }
  | { readonly ok: false; readonly problem: string };

export interface Cart {
  /** `memory`, or `redis at host:port`. */
  readonly kept: string;
  add(item: string, count: number): Blocking<CartResult>;
  items(): Blocking<CartResult>;
  clear(): Blocking<CartResult>;
}

const timeoutMs = 2000;
const maxItems = 100;

/** A cart that dies with its process. */
export function memoryCart(): Cart {
  const items = new Map<string, number>();
  const all = (): CartResult => ({ ok: true, items: new Map(items) });
  return {
    kept: 'memory',
    add(item, count) {
      if (items.size >= maxItems && !items.has(item)) {
        return atOnce({ ok: false, problem: 'cart is full' });
      }
      items.set(item, (items.get(item) ?? 0) + count);
      return atOnce(all());
    },
    items: () => atOnce(all()),
    clear() {
      items.clear();
      return atOnce(all());
    },
  };
}

/** A cart in redis, shared by every shop that uses the same one. Each call is a connection of its own. */
export function redisCart(process: Process, host: string, port: number): Cart {
  const name = 'cart';
  const run = (words: readonly string[]) => ask(process, host, port, words);
  const read = function* (): Blocking<CartResult> {
    const reply = yield* run(['HGETALL', name]);
    return typeof reply === 'string' ? { ok: false, problem: reply } : toItems(reply);
  };
  const change = function* (words: readonly string[]): Blocking<CartResult> {
    const reply = yield* run(words);
    if (typeof reply === 'string') return { ok: false, problem: reply };
    return reply.kind === 'error' ? { ok: false, problem: reply.text } : yield* read();
  };
  return {
    kept: `redis at ${host}:${port}`,
    add: (item, count) => change(['HINCRBY', name, item, String(count)]),
    items: read,
    clear: () => change(['DEL', name]),
  };
}

function toItems(reply: Reply): CartResult {
  if (reply.kind === 'error') return { ok: false, problem: reply.text };
  const items = new Map<string, number>();
  const words = reply.kind === 'array' ? reply.items : [];
  for (let index = 0; index + 1 < words.length; index += 2) {
    const [item, count] = [words[index], words[index + 1]];
    if (item?.kind === 'bulk' && count?.kind === 'bulk') items.set(item.text, Number(count.text));
  }
  return { ok: true, items };
}

/** One command and its reply, or what went wrong in words. */
function* ask(
  process: Process,
  host: string,
  port: number,
  words: readonly string[],
): Blocking<Reply | string> {
  const resolved = yield* resolveHost(process, host);
  if (resolved.kind !== 'found') return `cannot find ${host}`;
  try {
    const ip = resolved.addresses[0] ?? host;
    const connection = yield* process.sockets.connect({ ip, port }, timeoutMs);
    try {
      yield* connection.write(formatCommand(words));
      return (yield* readReply(new HttpReader(connection))) ?? `${host}:${port} hung up`;
    } finally {
      connection.close();
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `cannot reach ${host}:${port}: ${error.message}`;
  }
}
