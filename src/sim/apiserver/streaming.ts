// Requests that leave the API server for a node: logs, exec, attach, port-forward. Callbacks instead of sockets;
// the kubelet of the Pod's node answers them (see node/streaming), kubectl and src/http ask for them.
import type { Status } from '../api/generated/types.ts';

/** Query of `pods/NAME/log`, in the API's names. */
export interface PodLogOptions {
  readonly container?: string | undefined;
  readonly follow?: boolean | undefined;
  readonly previous?: boolean | undefined;
  readonly timestamps?: boolean | undefined;
  readonly tailLines?: number | undefined;
  readonly sinceSeconds?: number | undefined;
  readonly sinceTime?: string | undefined;
  readonly limitBytes?: number | undefined;
}

/** Query of `pods/NAME/exec` and `pods/NAME/attach`. */
export interface PodExecOptions {
  readonly container?: string | undefined;
  /** Exec only. */
  readonly command?: readonly string[] | undefined;
  readonly stdin?: boolean | undefined;
  readonly stdout?: boolean | undefined;
  readonly stderr?: boolean | undefined;
  readonly tty?: boolean | undefined;
}

export interface StreamSink {
  onStdout(text: string): void;
  onStderr(text: string): void;
  /** The stream is over. For exec the Status of channel 3: Success, or Failure with reason NonZeroExitCode or InternalError. */
  onClose(status: Status): void;
}

/** The client's hand on an open stream. */
export interface StreamHandle {
  writeStdin(text: string): void;
  closeStdin(): void;
  /** What a key like Ctrl-C does through a terminal. */
  interrupt(): void;
  resize(columns: number, rows: number): void;
  /** The client goes away: a followed log stops, an exec without terminal runs on. */
  close(): void;
}

/** A TCP stream into a Pod, as port-forward gives it. */
export interface ForwardHandle {
  write(text: string): void;
  closeWrite(): void;
  close(): void;
}

/** Either the stream is open, or the server refused with a Status (code and message as a real one). */
export type StreamResult<Handle> =
  { readonly ok: true; readonly handle: Handle } | { readonly ok: false; readonly status: Status };

/** What each node's kubelet serves on port 10250. */
export interface KubeletStreams {
  logs(
    namespace: string,
    pod: string,
    options: PodLogOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle>;
  exec(
    namespace: string,
    pod: string,
    options: PodExecOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle>;
  attach(
    namespace: string,
    pod: string,
    options: PodExecOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle>;
  portForward(
    namespace: string,
    pod: string,
    port: number,
    sink: StreamSink,
  ): StreamResult<ForwardHandle>;
}
