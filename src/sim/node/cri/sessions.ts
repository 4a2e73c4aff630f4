// exec and attach: a process, and somebody outside who hears it and speaks to it.
import { HostInput, HostOutput } from '../../kernel/io/host.ts';
import { deliver } from '../../kernel/process/signal-delivery.ts';
import type { KernelProcess } from '../../kernel/process/process.ts';
import type { Space, StartOptions } from '../../kernel/space.ts';
import { TerminalDevice } from '../../kernel/tty.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { PodContainer } from './container.ts';
import type { ExecSession, ExecStreams } from './types.ts';

const grpcUnknown = 'rpc error: code = Unknown desc = ';
const execFailure = `${grpcUnknown}failed to exec in container: `;

/** Starts a further process in a running container. */
export function execSession(
  clock: Clock,
  container: PodContainer,
  execId: string,
  command: readonly string[],
  streams: ExecStreams,
): ExecSession {
  const { space } = container;
  const refuse = (text: string): ExecSession => {
    clock.after(0, () => streams.onExit({ error: `${execFailure}${text}` }));
    return deadSession;
  };
  if (space === undefined || container.state !== 'running') {
    return refuse(`container is in CONTAINER_${container.state.toUpperCase()} state`);
  }
  const input = openInput(space, streams);
  const started = space.exec({
    argv: command,
    env: container.environment(),
    cwd: container.workingDir,
    ...outputs(streams, input),
  });
  if ('error' in started) {
    const runc = 'OCI runtime exec failed: exec failed: unable to start container process';
    return refuse(`failed to start exec "${execId}": ${runc}: ${started.error}: unknown`);
  }
  const process = started as KernelProcess;
  watchExit(clock, process, streams);
  return {
    ...inputSession(input),
    signal: (signal) => {
      if (input instanceof TerminalDevice && signal === 'INT') input.interrupt();
      else if (input instanceof TerminalDevice && signal !== 'KILL') input.signal(signal);
      else deliver(process, signal, undefined);
    },
    detach: () => {
      // Without a terminal the process runs on, as it does when a real client goes away.
      if (input instanceof TerminalDevice) input.hangUp();
      else input?.end();
    },
  };
}

/** Joins a container's process 1. */
export function attachSession(
  clock: Clock,
  container: PodContainer,
  streams: ExecStreams,
): ExecSession {
  const attached = container.attach(streams);
  if (attached === undefined) {
    const error = `${grpcUnknown}failed to attach to container: container is in CONTAINER_${container.state.toUpperCase()} state`;
    clock.after(0, () => streams.onExit({ error }));
    return deadSession;
  }
  const input = streams.stdin ? attached.input : undefined;
  const { writeStdin, closeStdin, resize } = inputSession(input);
  return {
    writeStdin,
    closeStdin: () => {
      if (container.config.stdinOnce) closeStdin();
    },
    resize,
    signal: (signal) => {
      if (input instanceof TerminalDevice) {
        if (signal === 'INT') input.interrupt();
        else input.signal(signal);
      }
    },
    detach: () => container.detach(streams),
  };
}

const nothing = (): void => undefined;
const deadSession: ExecSession = {
  writeStdin: nothing,
  closeStdin: nothing,
  signal: nothing,
  resize: nothing,
  detach: nothing,
};

type Input = HostInput | TerminalDevice | undefined;

function openInput(space: Space, streams: ExecStreams): Input {
  if (streams.tty) {
    return space.machine.createTerminal({ onOutput: (text) => streams.onStdout(text) }, space);
  }
  return streams.stdin ? new HostInput() : undefined;
}

function outputs(
  streams: ExecStreams,
  input: Input,
): Pick<StartOptions, 'stdin' | 'stdout' | 'stderr' | 'terminal'> {
  if (input instanceof TerminalDevice) return { terminal: input };
  return {
    ...(input === undefined ? {} : { stdin: input.open() }),
    stdout: new HostOutput((text) => streams.onStdout(text)),
    stderr: new HostOutput((text) => streams.onStderr(text)),
  };
}

function inputSession(input: Input): Pick<ExecSession, 'writeStdin' | 'closeStdin' | 'resize'> {
  if (input instanceof TerminalDevice) {
    return {
      writeStdin: (text) => typeInto(input, text),
      closeStdin: () => input.endOfInput(),
      resize: (columns, rows) => input.resize(columns, rows),
    };
  }
  return {
    writeStdin: (text) => void input?.write(text),
    closeStdin: () => input?.end(),
    resize: nothing,
  };
}

/** Keys of a terminal: Ctrl-C and Ctrl-D mean what they mean there. */
function typeInto(terminal: TerminalDevice, text: string): void {
  for (const piece of text.split(/([\x03\x04])/)) {
    if (piece === '\x03') terminal.interrupt();
    else if (piece === '\x04') terminal.endOfInput();
    else if (piece !== '') terminal.input(piece);
  }
}

function watchExit(clock: Clock, process: KernelProcess, streams: ExecStreams): void {
  const tell = (): void => {
    const { exit } = process;
    if (exit !== undefined) clock.after(0, () => streams.onExit({ status: exit }));
    else process.exited.add({ wake: tell });
  };
  tell();
}
