// kubectl as a program of the workstation: finds the command, reads its flags, runs it, reports what went wrong.
import type { Blocking, Process, Program } from '#sim/kernel/types.ts';
import type { Command } from './commands/tree.ts';
import {
  acceptedFlags,
  findCommand,
  missingFlags,
  pathWithin,
  rootCommand,
} from './commands/tree.ts';
import { suggestions } from './commands/suggest.ts';
import { complete } from './completion/complete.ts';
import { Exit, isFailure } from './failure.ts';
import { parseLine } from './flags/parse.ts';
import { commandHelp, rootHelp } from './help/help.ts';
import { report } from './report.ts';
import type { KubectlOptions, KubectlServer } from './server.ts';
import type { SessionParts } from './session.ts';
import { Session } from './session.ts';
import { verbs } from './verbs/all.ts';

/** What a verb is: runs in a session and gives the exit code; a generator where it waits. */
export type Verb = (session: Session) => Blocking<number> | number;

const maxArgumentLength = 1_000_000;

/**
 * kubectl 1.33 for the workstation.
 * @param server the API server behind the kubeconfig's address
 */
export function kubectl(server: KubectlServer, options: KubectlOptions = {}): Program {
  return function* run(process): Blocking<number> {
    const words = process.argv.slice(1);
    if (words.some((word) => word.length > maxArgumentLength)) {
      yield* process.write(2, 'error: an argument is longer than this lab takes\n');
      return 1;
    }
    const { command } = findCommand(words);
    const isExec = command.name === 'exec' || command.name === 'cp';
    yield* process.sleep(isExec ? (options.execMs ?? 90) : (options.callMs ?? 50));
    if (words[0] === '__complete' || words[0] === '__completeNoDesc') {
      return yield* complete({ process, server, options }, words);
    }
    return yield* runCommand({ process, server, options }, words);
  };
}

export type Surroundings = Pick<SessionParts, 'process' | 'server' | 'options'>;

function* runCommand(around: Surroundings, words: readonly string[]): Blocking<number> {
  const isHelp = words[0] === 'help';
  const { command, rest } = findCommand(isHelp ? words.slice(1) : words);
  const parsed = parseLine(acceptedFlags(command), rest);
  const unknown = command === rootCommand ? firstArgument(rest) : undefined;
  if (unknown !== undefined && !isHelp) {
    return yield* fail(around.process, unknownCommand(unknown));
  }
  if ('problem' in parsed) {
    const text = `error: ${parsed.problem}\nSee '${command.path} --help' for usage.\n`;
    return yield* fail(around.process, text);
  }
  const session = new Session({ ...around, command, ...parsed });
  if (isHelp || parsed.flags.bool('help') || command === rootCommand) {
    session.output.out(command === rootCommand ? rootHelp(session) : commandHelp(session, command));
    yield* session.output.flush();
    return 0;
  }
  const missing = missingFlags(command, (name) => parsed.flags.given(name));
  if (missing.length > 0) {
    const names = missing.map((name) => JSON.stringify(name)).join(', ');
    return yield* fail(around.process, `error: required flag(s) ${names} not set\n`);
  }
  return yield* runVerb(session, command);
}

function* fail(process: Process, text: string): Blocking<number> {
  yield* process.write(2, text);
  return 1;
}

/** The first word that is no flag, as cobra sees it. */
function firstArgument(words: readonly string[]): string | undefined {
  const parsed = parseLine(acceptedFlags(rootCommand), words);
  if (!('problem' in parsed)) return parsed.args[0];
  return words[0]?.startsWith('-') === true ? undefined : words[0];
}

function unknownCommand(word: string): string {
  const near = suggestions(rootCommand, word);
  const hint =
    near.length === 0 ? '' : `\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join('')}`;
  return `error: unknown command ${JSON.stringify(word)} for "kubectl"\n${hint}`;
}

/** A command that only holds others: shows its help on stderr, or refuses what is none of them. */
function runGroup(session: Session, command: Command): number {
  if (session.args.length === 0) {
    session.output.err(commandHelp(session, command));
    return 1;
  }
  throw session.usage(`unknown command ${JSON.stringify(session.args.join(' '))}`);
}

function* runVerb(session: Session, command: Command): Blocking<number> {
  const { output } = session;
  let code: number;
  try {
    if (session.flags.list('filename').includes('-'))
      session.stdin = yield* readAll(session.process);
    const verb = verbs[pathWithin(command)];
    if (verb === undefined) {
      code = command.children.length > 0 ? runGroup(session, command) : refuse(command);
    } else {
      const result = verb(session);
      code = typeof result === 'number' ? result : yield* result;
    }
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
    const { text, exitCode } = report(thrown);
    output.err(text);
    code = exitCode;
  }
  yield* output.flush();
  return code;
}

/** Real commands that this lab has not. */
function refuse(command: Command): never {
  const word =
    command.parent === rootCommand
      ? `${JSON.stringify(command.name)} for "kubectl"`
      : JSON.stringify(command.name);
  throw new Exit(
    1,
    `error: unknown command ${word}\nReal kubectl has "${command.path}"; this lab does not.`,
  );
}

const maxStdinLength = 10_000_000;

function* readAll(process: Process): Blocking<string> {
  let text = '';
  for (;;) {
    const chunk = yield* process.read(0);
    if (chunk === undefined) return text;
    text += chunk;
    if (text.length > maxStdinLength) {
      throw new Exit(1, 'error: the input is longer than the 10 MB that this lab reads');
    }
  }
}
