// Probes one container in one way, again and again (pkg/kubelet/prober/worker.go).
import type { ContainerStatus, Probe } from '../../../api/generated/types.ts';
import { parseTime } from '../../../runtime/time.ts';
import type { KubeletContext } from '../context.ts';
import { isTerminalPhase, restartPolicy, type PodObject, type SpecContainer } from '../pod.ts';
import type { ContainerRecord } from '../runtime/records.ts';
import type { StatusManager } from '../status/manager.ts';
import { run, type RunningTask, type Task } from '../task.ts';
import { sleep } from '../ticker.ts';
import { makeProbe, type ProbeOutcome } from './probe.ts';
import type { ProbeResult, ProbeResults } from './results.ts';
import { isRepeatable } from './repeatable.ts';
import { ProbeSchedule } from './schedule.ts';

export type ProbeType = 'liveness' | 'readiness' | 'startup';

const titles = { liveness: 'Liveness', readiness: 'Readiness', startup: 'Startup' } as const;
const initialResults = { liveness: 'success', readiness: 'failure', startup: 'unknown' } as const;
const maxRetries = 3;

export interface ProbeWorkerOptions {
  readonly context: KubeletContext;
  readonly status: StatusManager;
  readonly results: ProbeResults;
  readonly pod: PodObject;
  readonly one: SpecContainer;
  readonly type: ProbeType;
  readonly spec: Probe;
  /** How long to wait before the first look: only soon after the kubelet's start. */
  readonly startDelayMs: number;
  readonly onEnd: () => void;
}

/** What there is to wait for after a turn. */
type Turn = 'next' | 'until-status-changes' | 'until-stirred' | 'end';

export class ProbeWorker {
  readonly #options: ProbeWorkerOptions;
  readonly #schedule: ProbeSchedule;
  readonly #task: RunningTask;
  #containerId = '';
  #lastResult: ProbeResult | undefined;
  #resultRun = 0;
  #isOnHold = false;
  /** Steps of the sandbox's processes before the last probe, and for a probe like it. */
  #stepsBefore = 0;
  #lastSteps = -1;

  constructor(options: ProbeWorkerOptions) {
    this.#options = options;
    const { clock } = options.context;
    const { container } = options.one;
    const periodMs = (options.spec.periodSeconds ?? 10) * 1000;
    const label = `${options.type} probe of ${options.pod.metadata.name}/${container.name}`;
    this.#schedule = new ProbeSchedule(clock, periodMs, label);
    this.#task = run(this.#run(), () => options.onEnd());
  }

  stop(): void {
    this.#task.cancel();
    if (this.#containerId !== '') this.#options.results.remove(this.#containerId);
    this.#options.onEnd();
  }

  /** Has the probe made now, once, and the next ones a period after that. */
  trigger(): void {
    this.#schedule.trigger();
  }

  /** The Pod's status is another: a worker that waited for that looks again at its next turn. */
  statusChanged(): void {
    this.#schedule.resume();
  }

  *#run(): Task<void> {
    const { context, startDelayMs } = this.#options;
    yield* sleep(context.clock, startDelayMs);
    this.#schedule.start();
    for (;;) {
      const turn = yield* this.#turn();
      if (turn === 'end') break;
      if (turn === 'next') yield* this.#schedule.next();
      else if (turn === 'until-stirred') yield* this.#rest();
      else yield* this.#schedule.afterChange();
    }
    if (this.#containerId !== '') this.#options.results.remove(this.#containerId);
  }

  /** After a success: waits for the next turn, or as long as the outcome cannot be another one. */
  *#rest(): Task<void> {
    const { context, pod, spec, one } = this.#options;
    const { runtime, records } = context;
    const sandbox = records.get(pod.metadata.uid)?.sandboxes[0]?.sandbox;
    if (sandbox === undefined || !isRepeatable(runtime, sandbox, spec, one.container)) {
      yield* this.#schedule.next();
      return;
    }
    yield* this.#schedule.settle();
    const steps = (runtime.stepsOf?.(sandbox) ?? 0) - this.#stepsBefore;
    const isAsBefore = steps === this.#lastSteps;
    this.#lastSteps = steps;
    if (isAsBefore) {
      yield* this.#schedule.afterStir((listener) => runtime.whenStirred?.(sandbox, listener));
    } else {
      yield* this.#schedule.next();
    }
  }

  *#turn(): Task<Turn> {
    const { status, pod, type, spec, results, context } = this.#options;
    const { uid } = pod.metadata;
    const now = status.get(uid);
    if (now === undefined) return 'until-status-changes';
    if (isTerminalPhase(now.phase)) return 'end';
    const found = this.#find([
      ...(now.containerStatuses ?? []),
      ...(now.initContainerStatuses ?? []),
    ]);
    const id = found?.containerID?.replace('containerd://', '');
    if (found === undefined || id === undefined || id === '') return 'until-status-changes';
    if (this.#containerId !== id) this.#meet(id);
    if (this.#isOnHold) return 'until-status-changes';
    const { running } = found.state ?? {};
    if (running === undefined) {
      results.set(id, 'failure', uid);
      const isDead = found.state?.terminated !== undefined;
      const isFinal = restartPolicy(pod) === 'Never' && this.#options.one.kind === 'regular';
      return isDead && isFinal ? 'end' : 'until-status-changes';
    }
    const ageMs = context.clock.nowMs() - (parseTime(running.startedAt ?? '') ?? 0);
    if (Math.floor(ageMs / 1000) < (spec.initialDelaySeconds ?? 0)) return 'next';
    const hasStarted = found.started === true;
    if (hasStarted === (type === 'startup')) return 'until-status-changes';
    return yield* this.#probe(id, now.podIP ?? '');
  }

  #find(statuses: readonly ContainerStatus[]): ContainerStatus | undefined {
    const { name } = this.#options.one.container;
    return statuses.find((one) => one.name === name);
  }

  /** A container not seen before: what was known of the old one does not count. */
  #meet(id: string): void {
    const { results, type, pod } = this.#options;
    if (this.#containerId !== '') results.remove(this.#containerId);
    this.#containerId = id;
    this.#isOnHold = false;
    results.set(id, initialResults[type], pod.metadata.uid);
  }

  *#probe(id: string, podIp: string): Task<Turn> {
    const { context, pod, one, spec, type, results } = this.#options;
    const { uid } = pod.metadata;
    const record = context.records
      .get(uid)
      ?.containers.find(({ container }: ContainerRecord) => container.id === id);
    if (record === undefined) return 'until-status-changes';
    const target = { uid, podIp, container: one.container, record };
    const sandbox = context.records.get(uid)?.sandboxes[0]?.sandbox;
    this.#stepsBefore = sandbox === undefined ? 0 : (context.runtime.stepsOf?.(sandbox) ?? 0);
    let outcome: ProbeOutcome = { result: 'error', error: '' };
    for (let attempt = 0; attempt < maxRetries && outcome.result === 'error'; attempt += 1) {
      outcome = yield* makeProbe(context, spec, target);
    }
    this.#tell(outcome);
    if (outcome.result === 'error') return 'next';
    const result = outcome.result === 'failure' ? 'failure' : 'success';
    this.#resultRun = this.#lastResult === result ? this.#resultRun + 1 : 1;
    this.#lastResult = result;
    const threshold =
      result === 'failure' ? (spec.failureThreshold ?? 3) : (spec.successThreshold ?? 1);
    if (this.#resultRun < threshold) return 'next';
    results.set(id, result, uid);
    if (result === 'success') return outcome.result === 'success' ? 'until-stirred' : 'next';
    if (type !== 'readiness') {
      this.#isOnHold = true;
      this.#resultRun = 0;
    }
    return 'next';
  }

  #tell(outcome: ProbeOutcome): void {
    const { context, pod, one, type } = this.#options;
    const title = titles[type];
    if (outcome.result === 'failure') {
      const message = `${title} probe failed: ${outcome.output}`;
      context.api.podEvent(pod, 'Warning', 'Unhealthy', message, one);
    } else if (outcome.result === 'warning') {
      const message = `${title} probe warning: ${outcome.output}`;
      context.api.podEvent(pod, 'Warning', 'ProbeWarning', message, one);
    } else if (outcome.result === 'error') {
      const message = `${title} probe errored and resulted in unknown state: ${outcome.error}`;
      context.api.podEvent(pod, 'Warning', 'Unhealthy', message, one);
    }
  }
}
