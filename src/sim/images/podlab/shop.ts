// podlab/shop: the application of the course. Settings: PORT (8080), LISTEN_ADDR (0.0.0.0), REDIS_ADDR (host:port; the
// cart is in memory without it), LOG_FILE (a second place for the request log), STARTUP_SECONDS (0).
//
//   /           who answers, which version          /cart         the cart; ?add=shirt puts one in, ?clear=1 empties it
//   /healthz    ok while the process answers        /readyz       ok when the cart can be reached
//   /version    the version alone                   /metrics      counters, for a metrics exporter
//   /whoami     the caller's address                /slow         answers after ?seconds=
//   /work       computes for ?ms= of CPU            /leak         keeps ?mb= of memory for good
//   /crash      ends the process with ?code= (1)
import { formatTime } from '../../runtime/time.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, Process, Program } from '../../kernel/types.ts';
import type { Answer } from '../servers/http-server.ts';
import { jsonAnswer, serveApp, textAnswer, type AppRequest } from '../servers/http-app.ts';
import type { EventLoop } from '../servers/multiplex.ts';
import { memoryCart, redisCart, type Cart, type CartResult } from './cart.ts';
import { addressSetting, numberSetting, textSetting } from './settings.ts';

const megabyte = 1_048_576;
const baseMemoryBytes = 12 * megabyte;

interface Shop {
  readonly process: Process;
  readonly version: string;
  readonly cart: Cart;
  readonly logFile: string;
  requests: number;
  failures: number;
  leakedBytes: number;
  exitCode: number | undefined;
}

/** The program for one version. */
export function shopProgram(version: string): Program {
  return function* shopMain(process) {
    const port = numberSetting(process, 'PORT', 8080, 65_535);
    const ip = textSetting(process, 'LISTEN_ADDR', '0.0.0.0');
    const redis = textSetting(process, 'REDIS_ADDR', '');
    const { host, port: redisPort } = addressSetting(redis, 6379);
    const shop: Shop = {
      process,
      version,
      cart: redis === '' ? memoryCart() : redisCart(process, host, redisPort),
      logFile: textSetting(process, 'LOG_FILE', ''),
      requests: 0,
      failures: 0,
      leakedBytes: 0,
      exitCode: undefined,
    };
    yield* say(shop, `shop ${version} starting, cart in ${shop.cart.kept}`);
    if (!process.host.memory.allocate(process, baseMemoryBytes)) return 137;
    yield* process.sleep(numberSetting(process, 'STARTUP_SECONDS', 0, 3600) * 1000);
    const problem = yield* serveApp(process, {
      ip,
      port,
      started: () => say(shop, `listening on ${ip}:${port}`),
      handle: (request, loop) => handle(shop, request, loop),
      afterwards: (request, answer) => logRequest(shop, request, answer),
      onSignal: (signal, loop) => {
        shop.exitCode ??= 0;
        loop.add(sayAndStop(shop, `got SIG${signal}, closing`, loop));
      },
    });
    if (problem !== undefined) {
      yield* process.write(2, `shop: cannot listen on ${ip}:${port}: ${problem}\n`);
      return 1;
    }
    return shop.exitCode ?? 0;
  };
}

function* sayAndStop(shop: Shop, text: string, loop: EventLoop): Blocking<void> {
  yield* say(shop, text);
  loop.stop();
}

function* say({ process, logFile }: Shop, text: string): Blocking<void> {
  const line = `${formatTime(process.clock.nowMs())} ${text}\n`;
  yield* process.write(1, line);
  if (logFile === '') return;
  try {
    process.files.writeText(logFile, line, { append: true });
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* process.write(2, `shop: cannot write ${logFile}: ${error.message}\n`);
  }
}

function* logRequest(
  shop: Shop,
  { request, clientIp }: AppRequest,
  answer: Answer,
): Blocking<void> {
  if (answer.status >= 500) shop.failures += 1;
  yield* say(shop, `${clientIp} ${request.method} ${request.target} ${answer.status}`);
}

function* handle(shop: Shop, asked: AppRequest, loop: EventLoop): Blocking<Answer> {
  const { process, version } = shop;
  const { path, query } = asked;
  shop.requests += 1;
  switch (path) {
    case '/':
      return textAnswer(200, `Podlab shop ${version}, served by ${process.host.hostname()}\n`);
    case '/healthz':
      return textAnswer(200, 'ok\n');
    case '/readyz':
      return ready(yield* shop.cart.items());
    case '/version':
      return textAnswer(200, `${version}\n`);
    case '/whoami':
      return textAnswer(200, `you are ${asked.clientIp}, I am ${asked.connection.local.ip}\n`);
    case '/cart':
      return yield* answerCart(shop, query);
    case '/metrics':
      return textAnswer(200, metrics(shop));
    case '/slow':
      yield* process.sleep(Math.min(3600, Number(query.get('seconds') ?? '5') || 0) * 1000);
      return textAnswer(200, 'done waiting\n');
    case '/work':
      yield* process.compute(Math.min(60_000, Number(query.get('ms') ?? '500') || 0));
      return textAnswer(200, 'done computing\n');
    case '/leak':
      return leak(shop, Number(query.get('mb') ?? '10') || 0);
    case '/crash':
      return crash(shop, Number(query.get('code') ?? '1') || 0, loop);
    default:
      return textAnswer(404, `nothing at ${path}\n`);
  }
}

function ready(result: CartResult): Answer {
  return result.ok ? textAnswer(200, 'ready\n') : textAnswer(503, `${result.problem}\n`);
}

function* answerCart(shop: Shop, query: ReadonlyMap<string, string>): Blocking<Answer> {
  const added = (query.get('add') ?? '').slice(0, 64);
  let result: CartResult;
  if (query.has('clear')) result = yield* shop.cart.clear();
  else if (added !== '') result = yield* shop.cart.add(added, 1);
  else result = yield* shop.cart.items();
  const who = { kept_in: shop.cart.kept, served_by: shop.process.host.hostname() };
  if (!result.ok) return jsonAnswer(503, { error: result.problem, ...who });
  return jsonAnswer(200, { cart: Object.fromEntries(result.items), ...who });
}

function metrics({ requests, failures, leakedBytes }: Shop): string {
  return (
    `# TYPE shop_requests_total counter\nshop_requests_total ${requests}\n` +
    `# TYPE shop_failures_total counter\nshop_failures_total ${failures}\n` +
    `# TYPE shop_leaked_bytes gauge\nshop_leaked_bytes ${leakedBytes}\n`
  );
}

function leak(shop: Shop, megabytes: number): Answer {
  const bytes = Math.min(1024, Math.max(0, megabytes)) * megabyte;
  shop.process.host.memory.allocate(shop.process, bytes);
  shop.leakedBytes += bytes;
  return textAnswer(200, `leaking: ${Math.round(shop.leakedBytes / megabyte)} MiB kept for good\n`);
}

/** The process goes down in the middle of the request, so the caller sees the connection end. */
function crash(shop: Shop, code: number, loop: EventLoop): Answer {
  shop.exitCode = code & 255;
  loop.add(sayAndStop(shop, 'crashing, as asked', loop));
  return textAnswer(500, 'crashing\n');
}
