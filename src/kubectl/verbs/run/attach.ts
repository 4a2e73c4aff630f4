// `kubectl run -i`: waits for the Pod, attaches, and ends with the exit code of its container.
import type { Pod } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Exit, Failure, isFailure } from '../../failure.ts';
import { chooseContainer } from '../../pods/containers.ts';
import { isPodReady } from '../../pods/order.ts';
import type { Info } from '../../resources/info.ts';
import { mappingOfKind } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { attachTo, sessionEnded } from '../attach/attach.ts';
import type { AttachStyle } from '../attach/attach.ts';
import { readOne } from '../logs/streams.ts';
import { waitForObject } from '../wait/object.ts';

const phaseOf = (object: KubeObject): string => (object as Pod).status?.phase ?? '';
const isCompleted = (object: KubeObject): boolean =>
  phaseOf(object) === 'Succeeded' || phaseOf(object) === 'Failed';

/** Running with all its containers ready, or over already. */
function isAttachable(object: KubeObject): boolean {
  if (isCompleted(object)) return true;
  return phaseOf(object) === 'Running' && isPodReady(object as Pod);
}

function infoOf(session: Session, pod: Pod): Info {
  const { name = '', namespace = '' } = pod.metadata ?? {};
  const mapping = mappingOfKind(session.resources(), { apiVersion: 'v1', kind: 'Pod' });
  if (mapping === undefined) throw new Failure('no matches for kind "Pod" in version "v1"');
  return { mapping, namespace, name, source: '', object: pod as KubeObject };
}

function* waitFor(
  session: Session,
  pod: Pod,
  holds: (object: KubeObject) => boolean,
): Blocking<Pod> {
  const untilMs = session.nowMs() + session.flags.number('pod-running-timeout');
  try {
    return (yield* waitForObject(session, infoOf(session, pod), holds, untilMs)) as Pod;
  } catch (thrown) {
    if (thrown instanceof Failure) throw new Failure('timed out waiting for the condition');
    throw thrown;
  }
}

/** Everything that a container wrote, where attaching came too late. */
function* printLogs(session: Session, pod: Pod): Blocking<void> {
  const { name = '', namespace = '' } = pod.metadata ?? {};
  const container = chooseContainer(session, pod, '', true).name;
  yield* readOne(session, { namespace, pod: name, container, prefix: '' }, {});
}

export function* attachToRun(session: Session, created: Pod): Blocking<void> {
  const { flags, output } = session;
  const style: AttachStyle = {
    container: '',
    stdin: flags.bool('stdin'),
    tty: flags.bool('tty'),
    quiet: flags.bool('quiet'),
  };
  yield* output.flush();
  const pod = yield* waitFor(session, created, isAttachable);
  if (isCompleted(pod as KubeObject)) yield* printLogs(session, pod);
  else {
    try {
      yield* attachTo(session, pod, style);
      sessionEnded(session, pod, style);
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      const name = pod.metadata?.name ?? '';
      output.errLine(
        `warning: couldn't attach to pod/${name}, falling back to streaming logs: ${thrown.message}`,
      );
      yield* printLogs(session, pod);
    }
  }
  const policy = pod.spec?.restartPolicy;
  if (flags.bool('leave-stdin-open') || policy === 'Always') return;
  const ends =
    policy === 'OnFailure' ? (object: KubeObject) => phaseOf(object) === 'Succeeded' : isCompleted;
  throwExitCode(yield* waitFor(session, pod, ends));
}

function throwExitCode(pod: Pod): void {
  const phase = pod.status?.phase ?? '';
  const { name = '', namespace = '' } = pod.metadata ?? {};
  if (phase === 'Succeeded') return;
  if (phase !== 'Failed') throw new Failure(`pod ${namespace}/${name} left in phase ${phase}`);
  const terminated = pod.status?.containerStatuses?.[0]?.state?.terminated;
  if (terminated === undefined || terminated.exitCode === 0) {
    throw new Failure(`pod ${namespace}/${name} failed with unknown exit code`);
  }
  const { reason = '', message = '', exitCode } = terminated;
  throw new Exit(exitCode, `pod ${namespace}/${name} terminated (${reason})\n${message}`);
}
