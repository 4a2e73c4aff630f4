// `kubectl exec` (kubectl/pkg/cmd/exec/exec.go).
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure } from '../../failure.ts';
import { chooseContainer } from '../../pods/containers.ts';
import { attachablePod, namedObject } from '../../pods/pod-of.ts';
import type { Session } from '../../session.ts';
import { carryStream, throwStreamFailure } from '../../streams/stream.ts';
import { terminalFor } from '../../streams/terminal.ts';

/** The Pod's word and the command, by the place of `--`. */
function splitArgs(session: Session): { target: string; command: readonly string[] } {
  const { args, dashAt, flags } = session;
  const hasFiles = flags.list('filename').length > 0;
  if (dashAt < 0) {
    if (args.length > 1 || (args.length > 0 && hasFiles)) {
      throw session.usage(
        'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead',
      );
    }
    return { target: args[0] ?? '', command: [] };
  }
  return { target: dashAt > 0 ? (args[0] ?? '') : '', command: args.slice(dashAt) };
}

export function* exec(session: Session): Blocking<number> {
  const { flags } = session;
  const { target, command } = splitArgs(session);
  const filenames = flags.list('filename');
  if (target === '' && filenames.length === 0) {
    throw new Failure('pod, type/name or --filename must be specified');
  }
  if (command.length === 0) {
    throw new Failure('you must specify at least one command for the container');
  }
  const info = namedObject(session, target, { filenames });
  const pod = yield* attachablePod(session, info, flags.number('pod-running-timeout'));
  const phase = pod.status?.phase ?? '';
  if (phase === 'Succeeded' || phase === 'Failed') {
    throw new Failure(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  }
  const named = flags.text('container');
  const container =
    named === '' ? chooseContainer(session, pod, '', flags.bool('quiet')).name : named;
  const stdin = flags.bool('stdin');
  const tty = terminalFor(session, { wanted: flags.bool('tty'), stdin });
  const { name = '', namespace = '' } = pod.metadata ?? {};
  const options = { container, command, stdin, stdout: true, stderr: !tty, tty };
  const status = yield* carryStream(
    session,
    (sink) => session.api.server.exec(namespace, name, options, sink),
    { stdin, tty },
  );
  throwStreamFailure(status);
  return 0;
}
