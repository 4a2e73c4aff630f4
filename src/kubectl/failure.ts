// What a command fails with. Thrown inside kubectl, caught once in main.ts and put into kubectl's words there.
import type { Status } from '#sim/api/generated/types.ts';

/** A message of kubectl itself; the reporter puts `error: ` in front of it. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A refusal of the API server. */
export class StatusFailure extends Error {
  readonly status: Status;

  constructor(status: Status) {
    super(status.message ?? '');
    this.status = status;
  }
}

/** Several failures of one command, reported one after the other. */
export class FailureList extends Error {
  readonly failures: readonly Error[];

  constructor(failures: readonly Error[]) {
    super(`[${failures.map((failure) => failure.message).join(', ')}]`);
    this.failures = failures;
  }
}

/** Ends the command with a code, having said all that is to be said; the text goes to stderr as it is. */
export class Exit extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, text = '') {
    super(text);
    this.exitCode = exitCode;
  }
}

/** Whether something thrown is a failure of a command (anything else is a bug and must go on). */
export function isFailure(thrown: unknown): thrown is Error {
  return (
    thrown instanceof Failure ||
    thrown instanceof StatusFailure ||
    thrown instanceof FailureList ||
    thrown instanceof Exit
  );
}

/** Wrong use of a command (cmdutil.UsageErrorf): the message, and where help is to be had. */
export function usageFailure(commandPath: string, message: string): Failure {
  return new Failure(`${message}\nSee '${commandPath} -h' for help and examples`);
}

export function isNotFound(thrown: unknown): thrown is StatusFailure {
  return thrown instanceof StatusFailure && thrown.status.reason === 'NotFound';
}

/** Throws what has been collected: nothing, the one failure, or all of them. */
export function throwCollected(failures: readonly Error[]): void {
  const [first] = failures;
  if (first === undefined) return;
  throw failures.length === 1 ? first : new FailureList(failures);
}

/** Says at which file a refusal happened (cmdutil.AddSourceToErr). */
export function withSource(thrown: unknown, verb: string, source: string): unknown {
  const text = (message: string): string =>
    `error when ${verb} ${JSON.stringify(source)}: ${message}`;
  if (source === '') return thrown;
  if (thrown instanceof StatusFailure) {
    return new StatusFailure({ ...thrown.status, message: text(thrown.status.message ?? '') });
  }
  if (thrown instanceof Failure) return new Failure(text(thrown.message), thrown.exitCode);
  return thrown;
}
