// What a kubelet serves on port 10250: logs, exec, attach, port-forward (pkg/kubelet/server).
import type { PodStatus, Status } from '../../api/generated/types.ts';
import type {
  ForwardHandle,
  KubeletStreams,
  PodExecOptions,
  PodLogOptions,
  StreamHandle,
  StreamResult,
  StreamSink,
} from '../../apiserver/streaming.ts';
import type { StreamEnd } from '../../kernel/net/stream.ts';
import type { Clock } from '../../runtime/clock.ts';
import { watchStream, writeStream } from '../cri/streams.ts';
import type { ContainerRuntime } from '../cri/types.ts';
import type { PodObject } from '../kubelet/pod.ts';
import type { ContainerRecord, RuntimeRecords } from '../kubelet/runtime/records.ts';
import { badRequest, internalError, notFound, success } from './answers.ts';
import { firstLines, logSource, LogWriter } from './logs.ts';
import { query, sessionHandle, sessionStreams } from './sessions.ts';

/** Why nobody answers on the node: its kubelet does not run, or the machine cannot be reached. */
export type Reach = 'serving' | 'refused' | 'unreachable';

export interface StreamsOptions {
  readonly clock: Clock;
  readonly runtime: ContainerRuntime;
  readonly records: RuntimeRecords;
  readonly address: string;
  readonly reach: () => Reach;
  readonly pod: (namespace: string, name: string) => PodObject | undefined;
  /** Its status as the kubelet has it. */
  readonly status: (pod: PodObject) => PodStatus;
}

/**
 * From an exit to the end of a followed log: the kubelet looks whether the container still runs.
 */
const followEndMs = 100;
/** How long the API server waits for a machine that does not answer. */
const logTimeoutMs = 30_000;
const execTimeoutMs = 3000;

export class Streams implements KubeletStreams {
  readonly #options: StreamsOptions;

  constructor(options: StreamsOptions) {
    this.#options = options;
  }

  logs(
    namespace: string,
    podName: string,
    options: PodLogOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle> {
    const { runtime, clock, records } = this.#options;
    const container = options.container ?? '';
    const away = this.#whenAway(`Get`, `containerLogs/${namespace}/${podName}/${container}`, sink);
    if (away !== undefined) return away;
    const pod = this.#options.pod(namespace, podName);
    if (pod === undefined) return refuse(notFound(`pod "${podName}" not found`));
    const source = logSource(
      podName,
      this.#options.status(pod),
      container,
      options.previous ?? false,
    );
    if (!source.ok) return refuse(badRequest(source.error));
    const record = findById(records, pod, source.containerId);
    if (record === undefined) {
      const message = `unable to retrieve container logs for containerd://${source.containerId}`;
      sink.onStdout(message);
      sink.onClose(success);
      return { ok: true, handle: silentHandle };
    }
    const writer = new LogWriter(options, clock.nowMs());
    const known = runtime.logs(record.container).filter((line) => writer.isWanted(line));
    const text = firstLines(known, options.tailLines)
      .map((line) => writer.write(line))
      .join('');
    if (text !== '') sink.onStdout(text);
    const ends = options.follow !== true || writer.isFull || record.container.state !== 'running';
    if (ends || record.lostMs !== undefined) {
      sink.onClose(success);
      return { ok: true, handle: silentHandle };
    }
    return { ok: true, handle: this.#follow(record, writer, sink) };
  }

  exec(
    namespace: string,
    podName: string,
    options: PodExecOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle> {
    return this.#session('exec', namespace, podName, options, sink);
  }

  attach(
    namespace: string,
    podName: string,
    options: PodExecOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle> {
    return this.#session('attach', namespace, podName, options, sink);
  }

  portForward(
    namespace: string,
    podName: string,
    port: number,
    sink: StreamSink,
  ): StreamResult<ForwardHandle> {
    const { clock, runtime, records } = this.#options;
    const away = this.#whenAway('Post', `portForward/${namespace}/${podName}`, sink);
    if (away !== undefined) return away.ok ? { ok: true, handle: closedForward } : away;
    const pod = this.#options.pod(namespace, podName);
    const sandbox = pod && records.get(pod.metadata.uid)?.sandboxes[0];
    if (sandbox?.ready !== true) {
      const name = `${podName}_${namespace}`;
      return refuse(internalError(`unable to upgrade connection: pod not found ("${name}")`));
    }
    const opened = runtime.portForward(sandbox.sandbox, port);
    if ('error' in opened) {
      const message = `error forwarding port ${port} to pod ${sandbox.sandbox.id}, uid : ${opened.error}`;
      clock.after(0, () => sink.onClose(internalError(message)));
      return { ok: true, handle: closedForward };
    }
    const end = opened.connection as StreamEnd;
    const stop = watchStream(clock, end, {
      onData: (text) => sink.onStdout(text),
      onEnd: () => sink.onClose(success),
    });
    return {
      ok: true,
      handle: {
        write: (text) => writeStream(clock, end, text),
        closeWrite: () => end.closeWrite(),
        close: () => {
          stop();
          end.close();
        },
      },
    };
  }

  #session(
    kind: 'exec' | 'attach',
    namespace: string,
    podName: string,
    options: PodExecOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle> {
    const { runtime } = this.#options;
    const container = options.container ?? '';
    const path = `${kind}/${namespace}/${podName}/${container}${query(options)}`;
    const away = this.#whenAway('Post', path, sink);
    if (away !== undefined) return away;
    const record = this.#running(namespace, podName, container);
    if (record === undefined) {
      const message = `unable to upgrade connection: container not found ("${container}")`;
      return refuse(internalError(message));
    }
    const streams = sessionStreams(kind, options, sink);
    const session =
      kind === 'exec'
        ? runtime.exec(record.container, options.command ?? [], streams)
        : runtime.attach(record.container, streams);
    const handle = sessionHandle(session, options);
    if (kind === 'exec' || record.container.config.stdinOnce) return { ok: true, handle };
    // Whoever attaches to a container that goes on reading is let go when their own input ends.
    const closeStdin = (): void => {
      session.detach();
      sink.onClose(success);
    };
    return { ok: true, handle: { ...handle, closeStdin } };
  }

  #running(namespace: string, podName: string, name: string): ContainerRecord | undefined {
    const pod = this.#options.pod(namespace, podName);
    if (pod === undefined) return undefined;
    const found = this.#options.records
      .get(pod.metadata.uid)
      ?.containers.find(({ container }) => container.config.name === name);
    const runs = found?.container.state === 'running' && found.lostMs === undefined;
    return runs ? found : undefined;
  }

  #follow(record: ContainerRecord, writer: LogWriter, sink: StreamSink): StreamHandle {
    const { runtime, clock } = this.#options;
    let isOver = false;
    const stop = runtime.onLog(record.container, (line) => {
      if (isOver) return;
      const text = writer.write(line);
      if (text !== '') sink.onStdout(text);
      if (writer.isFull) end();
    });
    const close = (): void => {
      isOver = true;
      stop();
    };
    const end = (): void => {
      if (isOver) return;
      close();
      sink.onClose(success);
    };
    runtime.onExit(record.container, () => void clock.after(followEndMs, end));
    return { ...silentHandle, close };
  }

  /**
   * What the API server says of a node where nobody answers; in the end, for it waits some time.
   */
  #whenAway(
    method: string,
    path: string,
    sink: StreamSink,
  ): StreamResult<StreamHandle> | undefined {
    const reach = this.#options.reach();
    if (reach === 'serving') return undefined;
    const { address, clock } = this.#options;
    const isLog = path.startsWith('containerLogs');
    const url = `${method} "https://${address}:10250/${path}": dial tcp ${address}:10250`;
    const why =
      reach === 'refused'
        ? 'connect: connection refused'
        : isLog
          ? 'i/o timeout'
          : 'connect: no route to host';
    const status: Status = isLog
      ? { ...badRequest(`${url}: ${why}`), code: 500, reason: 'InternalError' }
      : internalError(`error sending request: ${url}: ${why}`);
    if (reach === 'refused') return refuse(status);
    const timer = clock.after(isLog ? logTimeoutMs : execTimeoutMs, () => sink.onClose(status));
    return { ok: true, handle: { ...silentHandle, close: () => timer.cancel() } };
  }
}

const silentHandle: StreamHandle = {
  writeStdin: () => undefined,
  closeStdin: () => undefined,
  interrupt: () => undefined,
  resize: () => undefined,
  close: () => undefined,
};

const closedForward: ForwardHandle = {
  write: () => undefined,
  closeWrite: () => undefined,
  close: () => undefined,
};

function refuse(status: Status): { readonly ok: false; readonly status: Status } {
  return { ok: false, status };
}

function findById(
  records: RuntimeRecords,
  pod: PodObject,
  id: string,
): ContainerRecord | undefined {
  return records.get(pod.metadata.uid)?.containers.find(({ container }) => container.id === id);
}
