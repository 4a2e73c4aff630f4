// podlab/metrics-exporter: reads the application's counters over localhost and serves them to a collector. Settings:
// PORT (9100), TARGET (http://localhost:8080/metrics).
import { requestUrl } from '../../kernel/commands/http/client.ts';
import type { Blocking, Process, Program } from '../../kernel/types.ts';
import type { Answer } from '../servers/http-server.ts';
import { serveApp, textAnswer, type AppRequest } from '../servers/http-app.ts';
import { numberSetting, textSetting } from './settings.ts';

export const metricsExporter: Program = function* metricsExporter(process) {
  const port = numberSetting(process, 'PORT', 9100, 65_535);
  const target = textSetting(process, 'TARGET', 'http://localhost:8080/metrics');
  const problem = yield* serveApp(process, {
    port,
    started: () => process.write(1, `metrics-exporter: port ${port}, reading ${target}\n`),
    handle: (request) => answer(process, target, request),
    onSignal: (_, loop) => loop.stop(),
  });
  if (problem === undefined) return 0;
  yield* process.write(2, `metrics-exporter: cannot listen on port ${port}: ${problem}\n`);
  return 1;
};

function* answer(process: Process, target: string, { path }: AppRequest): Blocking<Answer> {
  if (path === '/healthz') return textAnswer(200, 'ok\n');
  if (path !== '/metrics') return textAnswer(404, 'the metrics are at /metrics\n');
  const result = yield* requestUrl(process, { url: target, timeoutMs: 5000 });
  const isUp = result.kind === 'response' && result.status === 200;
  if (!isUp) {
    const why = result.kind === 'failed' ? result.problem : `status ${result.status}`;
    yield* process.write(1, `metrics-exporter: ${target}: ${why}\n`);
  }
  const own = `# TYPE exporter_target_up gauge\nexporter_target_up ${isUp ? 1 : 0}\n`;
  return textAnswer(200, isUp ? own + result.body : own);
}
