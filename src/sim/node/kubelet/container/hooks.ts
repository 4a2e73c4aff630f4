// postStart and preStop (pkg/kubelet/lifecycle/handlers.go).
import type { LifecycleHandler } from '../../../api/generated/types.ts';
import type { KubeletContext } from '../context.ts';
import { describePod, type PodObject, type SpecContainer } from '../pod.ts';
import type { ContainerRecord } from '../runtime/records.ts';
import { answer, run, type Task } from '../task.ts';
import { sleep } from '../ticker.ts';
import { execInContainer } from './exec.ts';
import { resolvePort } from './ports.ts';

const httpTimeoutMs = 30_000;

/** Runs the hook that follows the start; answers what went wrong, in the kubelet's words. */
export function* runPostStart(
  context: KubeletContext,
  pod: PodObject,
  record: ContainerRecord,
  one: SpecContainer,
): Task<string | undefined> {
  const handler = one.container.lifecycle?.postStart;
  return handler === undefined ? undefined : yield* runHook(context, pod, record, one, handler);
}

/**
 * Runs the hook before the stop signal, no longer than the grace period; what goes wrong becomes an
 * Event.
 */
export function* runPreStop(
  context: KubeletContext,
  pod: PodObject,
  record: ContainerRecord,
  one: SpecContainer,
  graceSeconds: number,
): Task<void> {
  const handler = one.container.lifecycle?.preStop;
  if (handler === undefined) return;
  // A hook that takes longer goes on beside the ending container.
  yield* answer<undefined>((done) => {
    const limit = context.clock.after(graceSeconds * 1000, () => done(undefined));
    run(reportPreStop(context, pod, record, one, handler), () => done(undefined));
    return () => limit.cancel();
  });
}

function* reportPreStop(
  context: KubeletContext,
  pod: PodObject,
  record: ContainerRecord,
  one: SpecContainer,
  handler: LifecycleHandler,
): Task<void> {
  const error = yield* runHook(context, pod, record, one, handler);
  if (error !== undefined) {
    context.api.podEvent(pod, 'Warning', 'FailedPreStopHook', 'PreStopHook failed', one);
  }
}

function* runHook(
  context: KubeletContext,
  pod: PodObject,
  record: ContainerRecord,
  one: SpecContainer,
  handler: LifecycleHandler,
): Task<string | undefined> {
  const { name } = one.container;
  const { exec, httpGet } = handler;
  if (exec !== undefined) {
    const command = exec.command ?? [];
    const outcome = yield* execInContainer(context, record.container, command, undefined);
    if (outcome.kind === 'exited' && outcome.code === 0) return undefined;
    const error =
      outcome.kind === 'exited'
        ? `command '${command.join(' ')}' exited with ${outcome.code}: ${outcome.stderr}`
        : outcome.kind === 'error'
          ? outcome.error
          : 'context deadline exceeded';
    const output = outcome.kind === 'exited' ? outcome.output : '';
    return `Exec lifecycle hook ([${command.join(' ')}]) for Container "${name}" in Pod "${describePod(pod)}" failed - error: ${error}, message: ${JSON.stringify(output)}`;
  }
  if (httpGet !== undefined) {
    const error = yield* callHttp(context, pod, one, httpGet);
    if (error === undefined) return undefined;
    return `HTTP lifecycle hook (${httpGet.path ?? ''}) for Container "${name}" in Pod "${describePod(pod)}" failed - error: ${error}, message: ""`;
  }
  if (handler.sleep !== undefined) {
    yield* sleep(context.clock, handler.sleep.seconds * 1000, `hook of ${name}`);
    if (record.container.state !== 'running') {
      return 'container terminated before sleep hook finished';
    }
  }
  return undefined;
}

function* callHttp(
  context: KubeletContext,
  pod: PodObject,
  one: SpecContainer,
  httpGet: NonNullable<LifecycleHandler['httpGet']>,
): Task<string | undefined> {
  const sandbox = context.records.get(pod.metadata.uid)?.sandboxes[0]?.sandbox;
  const port = resolvePort(one.container, httpGet.port);
  if (sandbox === undefined || port === undefined) {
    return `failed to find networking container: no port ${String(httpGet.port)}`;
  }
  const outcome = yield* answer<{ readonly status: number } | { readonly error: string }>(
    (done) => {
      context.runtime.httpGet(
        {
          sandbox,
          host: httpGet.host === undefined || httpGet.host === '' ? sandbox.ip : httpGet.host,
          port,
          path: httpGet.path ?? '/',
          scheme: httpGet.scheme ?? 'HTTP',
          headers: (httpGet.httpHeaders ?? []).map(({ name, value }) => [name, value] as const),
        },
        httpTimeoutMs,
        done,
      );
      return () => undefined;
    },
  );
  return 'error' in outcome ? outcome.error : undefined;
}
