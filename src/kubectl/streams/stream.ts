// A stream from a container carried to this process' own input and output, until it ends.
import type { Status } from '#sim/api/generated/types.ts';
import type { StreamHandle, StreamResult, StreamSink } from '#sim/apiserver/streaming.ts';
import { isErrno } from '#sim/kernel/errno.ts';
import { Queue } from '#sim/kernel/wait-queue.ts';
import type { Blocking, Process, Program } from '#sim/kernel/types.ts';
import { Exit, Failure, StatusFailure } from '../failure.ts';
import type { Session } from '../session.ts';

/** Keeps what arrives until the process takes it. */
export class Arrivals implements StreamSink {
  readonly queue: Queue;
  readonly chunks: { readonly descriptor: 1 | 2; readonly text: string }[] = [];
  closed: Status | undefined;

  constructor(queue = new Queue()) {
    this.queue = queue;
  }

  onStdout(text: string): void {
    this.chunks.push({ descriptor: 1, text });
    this.queue.wake();
  }

  onStderr(text: string): void {
    this.chunks.push({ descriptor: 2, text });
    this.queue.wake();
  }

  onClose(status: Status): void {
    this.closed = status;
    this.queue.wake();
  }
}

export interface StreamStyle {
  readonly stdin: boolean;
  readonly tty: boolean;
}

/** Reads this process' stdin into the stream beside everything else, as a process of its own. */
function startReader(process: Process, handle: StreamHandle): Process {
  const program: Program = function* pump(reader) {
    reader.onSignal('INT', 'ignore');
    for (;;) {
      const text = yield* reader.read(0);
      if (text === undefined) break;
      handle.writeStdin(text);
    }
    handle.closeStdin();
    return 0;
  };
  return process.spawn({ argv: process.argv, program });
}

function takeSignals(process: Process, handle: StreamHandle): void {
  for (let signal = process.takeSignal(); signal !== undefined; signal = process.takeSignal()) {
    if (signal === 'INT') handle.interrupt();
    const terminal = signal === 'WINCH' ? process.terminal(0) : undefined;
    if (terminal !== undefined) handle.resize(terminal.columns, terminal.rows);
  }
}

/**
 * Opens a stream and carries it until it ends.
 * With a terminal, Ctrl-C and changes of its size go to the other side. Returns how the stream ended.
 */
export function* carryStream(
  session: Session,
  open: (sink: StreamSink) => StreamResult<StreamHandle>,
  style: StreamStyle,
): Blocking<Status> {
  const { process } = session;
  yield* session.output.flush();
  const arrivals = new Arrivals();
  const opened = open(arrivals);
  if (!opened.ok) throw refusal(opened.status);
  const { handle } = opened;
  const reader = style.stdin ? startReader(process, handle) : undefined;
  if (style.tty) {
    process.onSignal('INT', 'handle');
    process.onSignal('WINCH', 'handle');
    const terminal = process.terminal(0);
    if (terminal !== undefined) handle.resize(terminal.columns, terminal.rows);
  }
  try {
    for (;;) {
      for (const { descriptor, text } of arrivals.chunks.splice(0)) {
        yield* process.write(descriptor, text);
      }
      takeSignals(process, handle);
      if (arrivals.chunks.length > 0) continue;
      if (arrivals.closed !== undefined) return arrivals.closed;
      yield* process.waitFor([arrivals.queue]);
    }
  } finally {
    handle.close();
    if (reader !== undefined) stopReader(process, reader);
    process.onSignal('INT', 'default');
  }
}

function stopReader(process: Process, reader: Process): void {
  try {
    process.kill(reader.pid, 'KILL');
  } catch (thrown) {
    // It has ended by itself.
    if (!isErrno(thrown)) throw thrown;
  }
}

/** A refused stream; what the node says after the connection was made is no answer of the server. */
export function refusal(status: Status): Error {
  const isNodes = status.reason === 'InternalError' || status.reason === '';
  return isNodes ? new Failure(status.message ?? '') : new StatusFailure(status);
}

/** The end of an exec or attach: nothing for success, else the exit code or what went wrong. */
export function throwStreamFailure(status: Status): void {
  if (status.status !== 'Failure') return;
  const cause = status.details?.causes?.find(({ reason }) => reason === 'ExitCode');
  if (status.reason === 'NonZeroExitCode' && cause !== undefined) {
    const code = Number(cause.message);
    throw new Exit(code, `command terminated with exit code ${code}`);
  }
  throw new Failure(status.message ?? '');
}
