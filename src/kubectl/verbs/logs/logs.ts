// `kubectl logs` (kubectl/pkg/cmd/logs/logs.go).
import type { Pod } from '#sim/api/generated/types.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure, StatusFailure } from '../../failure.ts';
import { chooseContainer, findContainer } from '../../pods/containers.ts';
import { byLogging } from '../../pods/order.ts';
import { firstPod, listPods, namedObject } from '../../pods/pod-of.ts';
import { selectorOf } from '../../pods/selector-of.ts';
import type { Session } from '../../session.ts';
import { followAll, readOne } from './streams.ts';
import type { LogRequest } from './options.ts';
import { logRequest } from './options.ts';

/** One container whose log is wanted. */
export interface LogSource {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** `[pod/web/app] `, or ''. */
  readonly prefix: string;
}

function sourceOf(pod: Pod, container: string, prefix: boolean): LogSource {
  const { name = '', namespace = '' } = pod.metadata ?? {};
  return { namespace, pod: name, container, prefix: prefix ? `[pod/${name}/${container}] ` : '' };
}

/** The containers of one Pod that the request means. */
function sourcesOf(session: Session, pod: Pod, request: LogRequest): readonly LogSource[] {
  const { allContainers, container, prefix } = request;
  if (allContainers) {
    const {
      initContainers = [],
      containers,
      ephemeralContainers = [],
    } = pod.spec ?? { containers: [] };
    const all = [...initContainers, ...containers, ...ephemeralContainers];
    return all.map(({ name }) => sourceOf(pod, name, prefix));
  }
  if (container !== '' && findContainer(pod, container) === undefined) {
    throw new Failure(`container ${container} is not valid for pod ${pod.metadata?.name ?? ''}`);
  }
  const name = container === '' ? chooseContainer(session, pod, '', false).name : container;
  return [sourceOf(pod, name, prefix)];
}

function* podsOf(session: Session, request: LogRequest): Blocking<readonly Pod[]> {
  const { flags, namespace } = session;
  const selector = flags.text('selector');
  if (selector !== '') {
    const list = listPods(session, namespace, selector);
    return list.items ?? [];
  }
  const info = withWords(session, () => namedObject(session, request.target));
  if (info.object.kind === 'Pod') return [info.object as Pod];
  const labels = selectorOf(info.object, 'get the logs from');
  if (flags.bool('all-pods')) return listPods(session, info.namespace, labels).items ?? [];
  const timeoutMs = flags.number('pod-running-timeout');
  const found = yield* firstPod(session, {
    namespace: info.namespace,
    selector: labels,
    timeoutMs,
    order: byLogging,
  });
  if (found.count > 1) {
    const name = found.pod.metadata?.name ?? '';
    session.output.errLine(`Found ${found.count} pods, using pod/${name}`);
  }
  return [found.pod];
}

/** `logs` words what the server refuses in its own way. */
function withWords<T>(session: Session, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    if (!(thrown instanceof StatusFailure)) throw thrown;
    const { reason = '', message = '' } = thrown.status;
    throw new Failure(
      `error from server (${reason}): ${message} in namespace ${JSON.stringify(session.namespace)}`,
    );
  }
}

export function* logs(session: Session): Blocking<number> {
  const { flags, output } = session;
  const request = logRequest(session);
  const pods = yield* podsOf(session, request);
  if (pods.length === 0) {
    output.errLine(`No resources found in ${session.namespace} namespace.`);
    return 0;
  }
  const sources = pods.flatMap((pod) => sourcesOf(session, pod, request));
  if (request.options.follow === true && sources.length > 1) {
    const most = flags.number('max-log-requests');
    if (sources.length > most) {
      throw new Failure(
        `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${most}, ` +
          'use --max-log-requests to increase the limit',
      );
    }
    yield* followAll(session, sources, request.options);
    return 0;
  }
  for (const source of sources) {
    try {
      yield* readOne(session, source, request.options);
    } catch (thrown) {
      if (!flags.bool('ignore-errors') || !(thrown instanceof Error)) throw thrown;
      output.errLine(`error: ${thrown.message}`);
    }
  }
  return 0;
}
