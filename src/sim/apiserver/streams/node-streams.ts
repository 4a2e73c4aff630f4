// Logs, exec, attach and port-forward: checked here, then handed to the kubelet of the Pod's node.
import type { Status } from '../../api/generated/types.ts';
import type { ServerContext } from '../registry/context.ts';
import { badRequest, failure, internalError, success } from '../status.ts';
import type {
  ForwardHandle,
  KubeletStreams,
  PodExecOptions,
  PodLogOptions,
  StreamHandle,
  StreamResult,
  StreamSink,
} from '../streaming.ts';
import { logsUrl, streamUrl } from './kubelet-url.ts';
import type { Located, Place } from './locate.ts';
import { locateContainer, locatePod } from './locate.ts';
import { checkLogOptions } from './log-options.ts';

/** What a kubelet's port answers: its streams, a refused connection (stopped), or nothing at all (unreachable). */
export type KubeletPort = KubeletStreams | 'stopped' | 'unreachable';

/** How long a dial to a machine that is off takes: until the dialer gives up, and once ARP has failed. */
const dialTimeoutMs = 30_000;
const noRouteMs = 3_000;

export class NodeStreams {
  readonly #context: ServerContext;
  readonly #kubelets = new Map<string, KubeletPort>();

  constructor(context: ServerContext) {
    this.#context = context;
  }

  register(nodeName: string, port: KubeletPort | undefined): void {
    if (port === undefined) this.#kubelets.delete(nodeName);
    else this.#kubelets.set(nodeName, port);
  }

  logs(
    namespace: string,
    pod: string,
    options: PodLogOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle> {
    const wrong = checkLogOptions(pod, options);
    if (wrong !== undefined) return { ok: false, status: wrong };
    const located = locateContainer(this.#context, namespace, pod, options.container);
    if (!located.ok) return located;
    const { place } = located;
    if (place === undefined) return this.#closeLater(sink, success(), 0);
    const port = this.#portOf(place);
    const { container } = place;
    if (typeof port === 'object') return port.logs(namespace, pod, { ...options, container }, sink);
    const get = `Get "${logsUrl(place, namespace, pod, options)}": dial tcp ${place.address}`;
    if (port === 'stopped') {
      return { ok: false, status: failure(500, '', `${get}: connect: connection refused`) };
    }
    return this.#closeLater(sink, failure(500, '', `${get}: i/o timeout`), dialTimeoutMs);
  }

  exec(
    namespace: string,
    pod: string,
    options: PodExecOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle> {
    return this.#stream('exec', namespace, pod, options, sink);
  }

  attach(
    namespace: string,
    pod: string,
    options: PodExecOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle> {
    return this.#stream('attach', namespace, pod, options, sink);
  }

  portForward(
    namespace: string,
    pod: string,
    port: number,
    sink: StreamSink,
  ): StreamResult<ForwardHandle> {
    const located = onNode(locatePod(this.#context, namespace, pod), pod);
    if (!located.ok) return located;
    const { place } = located;
    const kubelet = this.#portOf(place);
    if (typeof kubelet === 'object') return kubelet.portForward(namespace, pod, port, sink);
    const why = kubelet === 'stopped' ? 'connect: connection refused' : 'connect: no route to host';
    const message = `error dialing backend: dial tcp ${place.address}: ${why}`;
    return { ok: false, status: failure(500, '', message) };
  }

  #stream(
    path: 'exec' | 'attach',
    namespace: string,
    pod: string,
    options: PodExecOptions,
    sink: StreamSink,
  ): StreamResult<StreamHandle> {
    const located = onNode(locateContainer(this.#context, namespace, pod, options.container), pod);
    if (!located.ok) return located;
    const { place } = located;
    const port = this.#portOf(place);
    const { container } = place;
    if (typeof port === 'object')
      return port[path](namespace, pod, { ...options, container }, sink);
    const url = streamUrl(path, place, namespace, pod, options);
    const post = `error sending request: Post "${url}": dial tcp ${place.address}: connect`;
    if (port === 'stopped') {
      return { ok: false, status: internalError(`${post}: connection refused`) };
    }
    return this.#closeLater(sink, internalError(`${post}: no route to host`), noRouteMs);
  }

  #portOf({ nodeName }: Place): KubeletPort {
    return this.#kubelets.get(nodeName) ?? 'stopped';
  }

  /** A stream on which nothing happens until it ends with this status. */
  #closeLater(sink: StreamSink, status: Status, delayMs: number): StreamResult<StreamHandle> {
    const timer = this.#context.clock.after(delayMs, () => sink.onClose(status));
    const nothing = (): void => undefined;
    return {
      ok: true,
      handle: {
        writeStdin: nothing,
        closeStdin: nothing,
        interrupt: nothing,
        resize: nothing,
        close: () => timer.cancel(),
      },
    };
  }
}

/** Streams other than logs need a node. */
function onNode(
  located: Located,
  pod: string,
): { readonly ok: true; readonly place: Place } | { readonly ok: false; readonly status: Status } {
  if (!located.ok) return located;
  const { place } = located;
  if (place !== undefined) return { ok: true, place };
  return { ok: false, status: badRequest(`pod ${pod} does not have a host assigned`) };
}
