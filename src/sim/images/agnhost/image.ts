// agnhost, the test image of Kubernetes' own tests: netexec, pause, liveness and entrypoint-tester of its many commands.
import type { Blocking, Process, Program } from '../../kernel/types.ts';
import { alpineBase } from '../base/alpine.ts';
import { imageConfig, type Image } from '../image.ts';
import { pauseProgram } from '../pause.ts';
import type { Answer } from '../servers/http-server.ts';
import { atOnce, serveApp, textAnswer, type AppRequest } from '../servers/http-app.ts';
import type { EventLoop } from '../servers/multiplex.ts';

/** How long the server of `liveness` is well. */
const wellMs = 10_000;

const agnhost: Program = function* agnhost(process) {
  const [command = 'pause', ...words] = process.argv.slice(1);
  switch (command) {
    case 'netexec':
      return yield* netexec(process, words);
    case 'pause':
      yield* process.write(1, 'Paused\n');
      return yield* pauseProgram(process);
    case 'liveness':
      return yield* liveness(process);
    case 'entrypoint-tester':
      yield* process.write(1, `[${process.argv.join(' ')}]\n`);
      return 0;
    default:
      yield* process.write(2, `agnhost: this simulator does not model the command ${command}\n`);
      return 1;
  }
};

function* netexec(process: Process, words: readonly string[]): Blocking<number> {
  const option = words.find((word) => word.startsWith('--http-port='));
  const port = Number(option?.slice('--http-port='.length) ?? '8080');
  let exitCode = 0;
  const problem = yield* serveApp(process, {
    port,
    started: () => process.write(1, `Started HTTP server on port ${port}\n`),
    handle: (request, loop) => {
      if (request.path === '/exit') exitCode = Number(request.query.get('code') ?? '0') & 255;
      return answer(process, request, loop);
    },
    onSignal: (_, loop) => loop.stop(),
  });
  if (problem === undefined) return exitCode;
  yield* process.write(2, `listen tcp :${port}: bind: ${problem.toLowerCase()}\n`);
  return 1;
}

function* answer(
  process: Process,
  { path, query, clientIp, connection }: AppRequest,
  loop: EventLoop,
): Blocking<Answer> {
  const client = `${clientIp}:${connection.remote.port}`;
  yield* process.write(1, `GET ${path} from ${client}\n`);
  switch (path) {
    case '/':
      return textAnswer(200, `NOW: ${process.clock.nowMs()}`);
    case '/hostname':
      return textAnswer(200, process.host.hostname());
    case '/clientip':
      return textAnswer(200, client);
    case '/echo':
      return textAnswer(Number(query.get('code') ?? '200'), query.get('msg') ?? '');
    case '/healthz':
      return textAnswer(200, '');
    case '/exit':
      loop.stop();
      return textAnswer(200, '');
    default:
      return textAnswer(404, '404 page not found\n');
  }
}

/** Well for ten seconds, then answering 500 for ever: what liveness probes are tested with. */
function* liveness(process: Process): Blocking<number> {
  const startedMs = process.clock.nowMs();
  const problem = yield* serveApp(process, {
    port: 8080,
    handle: () => {
      const ageMs = process.clock.nowMs() - startedMs;
      if (ageMs <= wellMs) return atOnce(textAnswer(200, 'ok'));
      return atOnce(textAnswer(500, `error: ${(ageMs / 1000).toFixed(9)}`));
    },
  });
  return problem === undefined ? 0 : 1;
}

export const agnhostImage: Image = {
  repository: 'registry.k8s.io/e2e-test-images/agnhost',
  tags: ['2.53', '2.52', '2.47', '2.40', '2.39', 'latest'],
  sizeBytes: 51_500_000,
  config: imageConfig({ entrypoint: ['/agnhost'], cmd: ['pause'] }),
  base: alpineBase,
  files: () => ({ '/agnhost': { program: agnhost } }),
};
