// Failures in kubectl's words (kubectl/pkg/cmd/util/helpers.go): what goes to stderr, and the exit code.
import { Exit, Failure, FailureList, StatusFailure } from './failure.ts';

export interface Report {
  readonly text: string;
  readonly exitCode: number;
}

const withNewline = (text: string): string =>
  text === '' || text.endsWith('\n') ? text : `${text}\n`;

/** The standard text for a refusal, or undefined where the failure is kubectl's own. */
function standardMessage(failure: Error): string | undefined {
  if (!(failure instanceof StatusFailure)) return undefined;
  const { reason = '', message = '' } = failure.status;
  if (reason === 'Unauthorized') return `error: You must be logged in to the server (${message})`;
  return reason === ''
    ? `Error from server: ${message}`
    : `Error from server (${reason}): ${message}`;
}

const messageFor = (failure: Error): string => standardMessage(failure) ?? failure.message;

/** A refused object: one cause on the same line, several as a list below. */
function invalidMessage(failure: StatusFailure): string {
  const { details, message = '' } = failure.status;
  if (details === undefined) return `The request is invalid: ${message}`;
  const causes = details.causes ?? [];
  const named = (details.kind ?? '') !== '' || (details.name ?? '') !== '';
  let subject = 'The request is invalid';
  if (named) subject = `The ${details.kind ?? ''} ${JSON.stringify(details.name ?? '')} is invalid`;
  else if (message !== '' && causes.length === 0) subject += `: ${message}`;
  if (causes.length === 0) return subject;
  const texts: string[] = [];
  for (const cause of causes) {
    const text = `${cause.field ?? ''}: ${cause.message ?? ''}`;
    if (!texts.includes(text)) texts.push(text);
  }
  if (texts.length === 1) return `${subject}: ${texts[0] ?? ''}`;
  return `${subject}: \n${texts.map((text) => `* ${text}\n`).join('')}`;
}

/** What the user sees of a failure, and the exit code of the command. */
export function report(failure: Error): Report {
  const all = failure instanceof FailureList ? failure.failures : [failure];
  const [only] = all;
  if (all.length !== 1 || only === undefined) {
    return { text: all.map((one) => `${messageFor(one)}\n`).join(''), exitCode: 1 };
  }
  if (only instanceof Exit) {
    return { text: withNewline(only.message), exitCode: only.exitCode };
  }
  if (only instanceof StatusFailure && only.status.reason === 'Invalid') {
    return { text: withNewline(invalidMessage(only)), exitCode: 1 };
  }
  const standard = standardMessage(only);
  if (standard !== undefined) return { text: withNewline(standard), exitCode: 1 };
  const prefix = only.message.startsWith('error: ') ? '' : 'error: ';
  return {
    text: withNewline(`${prefix}${only.message}`),
    exitCode: only instanceof Failure ? only.exitCode : 1,
  };
}
