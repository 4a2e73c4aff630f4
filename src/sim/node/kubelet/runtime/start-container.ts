// From a container in the spec to a running process: image, configuration, create, start, postStart
// (kuberuntime_container.go startContainer).
import type { Container as RunningContainer, Sandbox } from '../../cri/types.ts';
import { containerConfig } from '../container/config.ts';
import { runPostStart } from '../container/hooks.ts';
import type { KubeletContext } from '../context.ts';
import { containerHash, type PodObject, type SpecContainer } from '../pod.ts';
import type { StartFailure } from '../status/start-failures.ts';
import type { Task } from '../task.ts';
import { sleep } from '../ticker.ts';
import { times } from '../times.ts';
import { killContainer } from './kill.ts';
import type { ContainerRecord } from './records.ts';
import { findContainer, type PodSnapshot } from './snapshot.ts';

/** What is kept of a termination message. */
const maxMessageLength = 4096;

/** Starts one container; answers why it does not run, or undefined when it does. */
export function* startContainer(
  context: KubeletContext,
  pod: PodObject,
  seen: PodSnapshot,
  sandbox: Sandbox,
  one: SpecContainer,
): Task<StartFailure | undefined> {
  const { api, clock, random } = context;
  const { name } = one.container;
  const fail = (reason: string, message: string, told = message): StartFailure => {
    api.podEvent(pod, 'Warning', 'Failed', `Error: ${told}`, one);
    return { reason, message };
  };
  const pulled = yield* context.images.ensure(pod, one);
  if (!pulled.ok) return fail(pulled.reason, pulled.message, pulled.reason);
  const previous = findContainer(seen, name);
  const attempt = previous === undefined ? 0 : previous.restartCount + 1;
  const config = containerConfig(context, pod, seen, sandbox, one, attempt);
  if (!config.ok) return fail('CreateContainerConfigError', config.error);
  yield* sleep(clock, times.createMs + random.below(times.createSpreadMs));
  const created = context.runtime.createContainer(sandbox, config.config);
  if ('error' in created) return fail('CreateContainerError', created.error);
  const record = keep(context, pod, sandbox, one, created.container, attempt);
  api.podEvent(pod, 'Normal', 'Created', `Created container: ${name}`, one);
  yield* sleep(clock, times.startMs + random.below(times.startSpreadMs));
  const started = context.runtime.startContainer(created.container);
  context.records.touch(pod.metadata.uid);
  if (!started.ok) return fail('RunContainerError', started.error);
  api.podEvent(pod, 'Normal', 'Started', `Started container ${name}`, one);
  return yield* postStart(context, pod, record, one);
}

function keep(
  context: KubeletContext,
  pod: PodObject,
  sandbox: Sandbox,
  one: SpecContainer,
  container: RunningContainer,
  restartCount: number,
): ContainerRecord {
  const { clock, records, runtime } = context;
  const { uid } = pod.metadata;
  const record: ContainerRecord = {
    container,
    kind: one.kind,
    sandboxId: sandbox.id,
    createdMs: clock.nowMs(),
    restartCount,
    hash: containerHash(one.container),
    terminationMessagePolicy: one.container.terminationMessagePolicy ?? 'File',
    resources: one.container.resources ?? {},
    lostMs: undefined,
    lastWords: '',
  };
  records.addContainer(uid, record);
  runtime.onExit(container, () => {
    record.lastWords = runtime.terminationMessage(container).slice(0, maxMessageLength);
    records.touch(uid);
  });
  return record;
}

function* postStart(
  context: KubeletContext,
  pod: PodObject,
  record: ContainerRecord,
  one: SpecContainer,
): Task<StartFailure | undefined> {
  if (one.container.lifecycle?.postStart === undefined) return undefined;
  const error = yield* runPostStart(context, pod, record, one);
  if (error === undefined) return undefined;
  context.api.podEvent(pod, 'Warning', 'FailedPostStartHook', 'PostStartHook failed', one);
  yield* killContainer(context, pod, record, one, {
    message: 'FailedPostStartHook',
    reason: 'postStart',
  });
  return { reason: 'PostStartHookError', message: error };
}
