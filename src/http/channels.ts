// exec, attach over WebSocket: the channels of v5.channel.k8s.io (client-go/tools/remotecommand).
import type { WebSocket } from 'ws';
import type { ApiServer } from '#sim/apiserver/api-server.ts';
import type { Status } from '#sim/api/generated/types.ts';
import type { PodExecOptions, StreamHandle, StreamSink } from '#sim/apiserver/streaming.ts';

const stdinChannel = 0;
const stdoutChannel = 1;
const stderrChannel = 2;
const errorChannel = 3;
const resizeChannel = 4;
/** Version 5: the first byte that closes the channel named by the second. */
const closeSignal = 255;

export const channelProtocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** What the query of exec and attach asks for. */
export function execOptions(query: URLSearchParams): PodExecOptions {
  const is = (name: string): boolean => query.get(name) === 'true' || query.get(name) === '1';
  return {
    container: query.get('container') ?? undefined,
    command: query.getAll('command'),
    stdin: is('stdin'),
    stdout: is('stdout'),
    stderr: is('stderr'),
    tty: is('tty'),
  };
}

export interface Target {
  readonly action: 'exec' | 'attach';
  readonly namespace: string;
  readonly pod: string;
  readonly options: PodExecOptions;
}

/**
 * Checks and opens the stream. The socket is asked for once the kubelet has agreed, so that a refusal can still be an HTTP
 * answer.
 */
export function openChannels(
  server: ApiServer,
  target: Target,
  accept: (use: (socket: WebSocket) => void) => void,
): Status | undefined {
  const waiting: Buffer[] = [];
  let open: WebSocket | undefined;
  let isOver = false;
  const send = (frame: Buffer): void => {
    if (open === undefined) waiting.push(frame);
    else open.send(frame);
  };
  const frame = (channel: number, text: string): Buffer =>
    Buffer.concat([Buffer.from([channel]), Buffer.from(text, 'utf8')]);
  const sink: StreamSink = {
    onStdout: (text) => send(frame(stdoutChannel, text)),
    onStderr: (text) => send(frame(stderrChannel, text)),
    onClose(status) {
      send(frame(errorChannel, JSON.stringify(status)));
      isOver = true;
      open?.close(1000);
    },
  };
  const { action, namespace, pod, options } = target;
  const result = server[action](namespace, pod, options, sink);
  if (!result.ok) return result.status;
  accept((socket) => {
    open = socket;
    for (const early of waiting) socket.send(early);
    if (isOver) socket.close(1000);
    socket.on('message', (data) => receive(result.handle, data as Buffer));
    socket.on('close', () => result.handle.close());
  });
  return undefined;
}

function receive(handle: StreamHandle, data: Buffer): void {
  const [channel, ...rest] = data;
  const content = Buffer.from(rest);
  if (channel === stdinChannel) {
    const text = content.toString('utf8');
    if (text === '\u0003') handle.interrupt();
    else handle.writeStdin(text);
  } else if (channel === resizeChannel) {
    const { Width = 80, Height = 24 } = JSON.parse(content.toString('utf8')) as {
      Width?: number;
      Height?: number;
    };
    handle.resize(Width, Height);
  } else if (channel === closeSignal && content[0] === stdinChannel) handle.closeStdin();
}
