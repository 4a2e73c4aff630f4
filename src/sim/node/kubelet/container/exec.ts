// A command run inside a container to its end: hooks and exec probes (CRI ExecSync).
import type { Container } from '../../cri/types.ts';
import type { KubeletContext } from '../context.ts';
import { answer, before, type Task } from '../task.ts';
import { sleep } from '../ticker.ts';
import { times } from '../times.ts';

export type ExecOutcome =
  | {
      readonly kind: 'exited';
      readonly code: number;
      readonly output: string;
      readonly stderr: string;
    }
  /** It could not be started; the runtime's words. */
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'timeout' };

/** What is kept of a command's output. */
const maxOutputLength = 10_240;

/**
 * Runs a command and collects what it prints (stdout and stderr as they come).
 * @param timeoutMs the command is killed after that; undefined: never
 */
export function* execInContainer(
  context: Pick<KubeletContext, 'clock' | 'runtime'>,
  container: Container,
  command: readonly string[],
  timeoutMs: number | undefined,
): Task<ExecOutcome> {
  yield* sleep(context.clock, times.execMs);
  const result = execTask(context, container, command);
  if (timeoutMs === undefined) return yield* result;
  const outcome = yield* before(result, sleep(context.clock, timeoutMs));
  return outcome ?? { kind: 'timeout' };
}

function* execTask(
  { runtime }: Pick<KubeletContext, 'runtime'>,
  container: Container,
  command: readonly string[],
): Task<ExecOutcome> {
  return yield* answer<ExecOutcome>((done) => {
    let output = '';
    let stderr = '';
    let isOver = false;
    const session = runtime.exec(container, command, {
      stdin: false,
      tty: false,
      onStdout: (text) => {
        if (output.length < maxOutputLength) output += text;
      },
      onStderr: (text) => {
        if (output.length < maxOutputLength) output += text;
        if (stderr.length < maxOutputLength) stderr += text;
      },
      onExit: (result) => {
        isOver = true;
        if ('error' in result) done({ kind: 'error', error: result.error });
        else done({ kind: 'exited', code: result.status.code, output, stderr });
      },
    });
    return () => {
      if (!isOver) session.signal('KILL');
    };
  });
}
