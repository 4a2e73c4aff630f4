// Sessions of exec and attach between the client's stream and the runtime.
import type { PodExecOptions, StreamHandle, StreamSink } from '../../apiserver/streaming.ts';
import type { ExecSession, ExecStreams } from '../cri/types.ts';
import { exitStatus, internalError, success } from './answers.ts';

/** Hands what a session prints, and how it ends, to the client's sink. */
export function sessionStreams(
  kind: 'exec' | 'attach',
  options: PodExecOptions,
  sink: StreamSink,
): ExecStreams {
  return {
    stdin: options.stdin ?? false,
    tty: options.tty ?? false,
    onStdout: (text) => {
      if (options.stdout !== false) sink.onStdout(text);
    },
    onStderr: (text) => {
      if (options.stderr !== false) sink.onStderr(text);
    },
    onExit: (result) => {
      if ('error' in result) {
        const why = result.error.replace(/^rpc error: code = \w+ desc = /, '');
        // The runtime's server and the kubelet's both say that it is their own fault.
        const inner = internalError(`error executing command in container: ${why}`);
        sink.onClose(internalError(inner.message ?? ''));
      } else {
        sink.onClose(kind === 'exec' ? exitStatus(result.status) : success);
      }
    },
  };
}

/** A session as the client holds it. */
export function sessionHandle(session: ExecSession, options: PodExecOptions): StreamHandle {
  return {
    writeStdin: (text) => session.writeStdin(text),
    closeStdin: () => session.closeStdin(),
    interrupt: () => {
      if (options.tty === true) session.signal('INT');
    },
    resize: (columns, rows) => session.resize(columns, rows),
    close: () => session.detach(),
  };
}

/** The query as kubectl's request has it. */
export function query(options: PodExecOptions): string {
  const parts = [
    ...(options.command ?? []).map((word) => `command=${encodeURIComponent(word)}`),
    'error=1',
    ...(options.stdin === true ? ['input=1'] : []),
    ...(options.stdout === false ? [] : ['output=1']),
    ...(options.tty === true ? ['tty=1'] : []),
  ];
  return `?${parts.join('&')}`;
}
