// `kubectl attach` (kubectl/pkg/cmd/attach/attach.go), also used by run and debug.
import type { Pod, Status } from '#sim/api/generated/types.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure } from '../../failure.ts';
import { chooseContainer } from '../../pods/containers.ts';
import { attachablePod, namedObject } from '../../pods/pod-of.ts';
import type { Session } from '../../session.ts';
import { carryStream, throwStreamFailure } from '../../streams/stream.ts';
import { terminalFor } from '../../streams/terminal.ts';

export interface AttachStyle {
  readonly container: string;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly quiet: boolean;
}

/** Attaches to a running container; returns how the stream ended. */
export function* attachTo(session: Session, pod: Pod, style: AttachStyle): Blocking<Status> {
  const { output } = session;
  const phase = pod.status?.phase ?? '';
  if (phase === 'Succeeded' || phase === 'Failed') {
    throw new Failure(`cannot attach a container in a completed pod; current phase is ${phase}`);
  }
  const container = chooseContainer(session, pod, style.container, style.quiet);
  let { tty } = style;
  if (tty && container.tty !== true) {
    tty = false;
    if (!style.quiet) {
      output.errLine(
        `error: Unable to use a TTY - container ${container.name} did not allocate one`,
      );
    }
  } else if (!tty && container.tty === true) tty = true;
  const hasTerminal = style.tty ? terminalFor(session, { wanted: tty, stdin: style.stdin }) : false;
  if (!style.quiet) output.errLine("If you don't see a command prompt, try pressing enter.");
  const { name = '', namespace = '' } = pod.metadata ?? {};
  const options = {
    container: container.name,
    stdin: style.stdin,
    stdout: true,
    stderr: !tty,
    tty,
  };
  return yield* carryStream(
    session,
    (sink) => session.api.server.attach(namespace, name, options, sink),
    { stdin: style.stdin, tty: hasTerminal },
  );
}

/** What is said when a session ends whose container may live on. */
export function sessionEnded(session: Session, pod: Pod, style: AttachStyle): void {
  const { name = '' } = pod.metadata ?? {};
  const isKept = style.stdin && style.tty && pod.spec?.restartPolicy === 'Always';
  if (style.quiet || !isKept) return;
  const container =
    style.container === '' ? (pod.spec?.containers[0]?.name ?? '') : style.container;
  session.output.errLine(
    `Session ended, resume using 'kubectl attach ${name} -c ${container} -i -t' command when the pod is running`,
  );
}

export function* attach(session: Session): Blocking<number> {
  const { args, flags } = session;
  const [target, ...extra] = args;
  if (target === undefined) {
    throw session.usage('at least 1 argument is required for attach');
  }
  if (extra.length > 1) {
    throw session.usage(
      `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(' ')}]`,
    );
  }
  const argument = extra[0] === undefined ? target : `${target}/${extra[0]}`;
  const info = namedObject(session, argument);
  const pod = yield* attachablePod(session, info, flags.number('pod-running-timeout'));
  const style: AttachStyle = {
    container: flags.text('container'),
    stdin: flags.bool('stdin'),
    tty: flags.bool('tty'),
    quiet: flags.bool('quiet'),
  };
  const status = yield* attachTo(session, pod, style);
  throwStreamFailure(status);
  sessionEnded(session, pod, style);
  return 0;
}
