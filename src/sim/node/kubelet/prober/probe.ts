// One look at a container's health (pkg/kubelet/prober/prober.go, pkg/probe).
import type { Container, Probe } from '../../../api/generated/types.ts';
import { execInContainer, type ExecOutcome } from '../container/exec.ts';
import { resolvePort } from '../container/ports.ts';
import type { KubeletContext } from '../context.ts';
import type { ContainerRecord } from '../runtime/records.ts';
import { answer, type Task } from '../task.ts';

export type ProbeOutcome =
  | { readonly result: 'success' }
  | { readonly result: 'failure' | 'warning'; readonly output: string }
  /** The probe could not be made: nothing is known. */
  | { readonly result: 'error'; readonly error: string };

export interface ProbeTarget {
  readonly uid: string;
  readonly podIp: string;
  readonly container: Container;
  readonly record: ContainerRecord;
}

type Shared = Pick<KubeletContext, 'clock' | 'runtime' | 'records'>;

/** Makes the probe once. */
export function* makeProbe(context: Shared, spec: Probe, target: ProbeTarget): Task<ProbeOutcome> {
  const timeoutMs = (spec.timeoutSeconds ?? 1) * 1000;
  if (spec.exec !== undefined) {
    const command = spec.exec.command ?? [];
    const outcome = yield* execInContainer(context, target.record.container, command, timeoutMs);
    return fromExec(command, outcome);
  }
  if (spec.httpGet !== undefined) return yield* httpProbe(context, spec.httpGet, target, timeoutMs);
  if (spec.tcpSocket !== undefined)
    return yield* tcpProbe(context, spec.tcpSocket, target, timeoutMs);
  return { result: 'error', error: 'gRPC probes are not modelled by the simulated node' };
}

function fromExec(command: readonly string[], outcome: ExecOutcome): ProbeOutcome {
  if (outcome.kind === 'error') return { result: 'error', error: outcome.error };
  if (outcome.kind === 'timeout') {
    const output = `command ${JSON.stringify(command.join(' '))} timed out`;
    return { result: 'failure', output };
  }
  if (outcome.code === 0) return { result: 'success' };
  return { result: 'failure', output: outcome.output };
}

function* httpProbe(
  { runtime, records }: Shared,
  action: NonNullable<Probe['httpGet']>,
  target: ProbeTarget,
  timeoutMs: number,
): Task<ProbeOutcome> {
  const port = resolvePort(target.container, action.port);
  const sandbox = records.get(target.uid)?.sandboxes[0]?.sandbox;
  if (port === undefined || sandbox === undefined) return noPort(action.port);
  const { host = '' } = action;
  const outcome = yield* answer<
    { readonly status: number; readonly body: string } | { readonly error: string }
  >((done) => {
    const headers = (action.httpHeaders ?? []).map(({ name, value }) => [name, value] as const);
    runtime.httpGet(
      {
        sandbox,
        host: host === '' ? target.podIp : host,
        port,
        path: action.path ?? '/',
        scheme: action.scheme ?? 'HTTP',
        headers,
      },
      timeoutMs,
      done,
    );
    return () => undefined;
  });
  if ('error' in outcome) return { result: 'failure', output: outcome.error };
  const { status, body } = outcome;
  if (status < 200 || status >= 400) {
    return { result: 'failure', output: `HTTP probe failed with statuscode: ${status}` };
  }
  if (status >= 300) {
    return { result: 'warning', output: `Probe terminated redirects, Response body: ${body}` };
  }
  return { result: 'success' };
}

function* tcpProbe(
  { runtime }: Shared,
  action: NonNullable<Probe['tcpSocket']>,
  target: ProbeTarget,
  timeoutMs: number,
): Task<ProbeOutcome> {
  const port = resolvePort(target.container, action.port);
  if (port === undefined) return noPort(action.port);
  const { host = '' } = action;
  const error = yield* answer<string | undefined>((done) => {
    runtime.tcpConnect({ host: host === '' ? target.podIp : host, port }, timeoutMs, done);
    return () => undefined;
  });
  return error === undefined ? { result: 'success' } : { result: 'failure', output: error };
}

function noPort(port: unknown): ProbeOutcome {
  const error =
    typeof port === 'string'
      ? `strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`
      : `invalid port number: ${String(port)}`;
  return { result: 'error', error };
}
