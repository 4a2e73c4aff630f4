// What every command is made of: options by getopt, errors under its own name, an exit code.
import { isErrno } from '../../errno.ts';
import type { Blocking, Process, Program } from '../../types.ts';
import {
  parseOptions,
  type OptionProblem,
  type OptionSpec,
  type ParsedOptions,
} from './options.ts';
import { Output } from './output.ts';

/** Whose words a command speaks: busybox', or those of GNU coreutils and its like in Debian's images. */
export type Flavour = 'busybox' | 'gnu';

export interface CommandSpec extends OptionSpec {
  /** What follows the name in "Usage: ..."; further forms in further lines. */
  readonly usage: string;
  /** What GNU says before its hint. */
  readonly gnuUsage?: string;
  /** GNU's exit code for a wrong option; 1 unless said. */
  readonly usageCode?: number;
  /** Turns old forms (`head -5`, `ps aux`) into options before they are read. */
  readonly rewrite?: (words: readonly string[], flavour: Flavour) => readonly string[];
  /** Returns the exit code, usually `call.status`. */
  readonly run: (call: Call) => Blocking<number>;
}

export const busyboxBanner = 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.';

/** One call of a command. */
export class Call {
  readonly process: Process;
  readonly gnu: boolean;
  readonly name: string;
  readonly out: Output;
  readonly operands: readonly string[];
  readonly given: ParsedOptions['given'];
  readonly #spec: CommandSpec;
  /** What to return when nothing else is said; `warn` sets it. */
  status = 0;

  constructor(process: Process, flavour: Flavour, spec: CommandSpec, parsed: ParsedOptions) {
    this.process = process;
    this.gnu = flavour === 'gnu';
    this.name = commandName(process);
    this.out = new Output(process);
    this.operands = parsed.operands;
    this.given = parsed.given;
    this.#spec = spec;
  }

  has(option: string): boolean {
    return this.given.some(([name]) => name === option);
  }

  /** The last of these options that was given. */
  last(options: string): string | undefined {
    return this.given.findLast(([name]) => options.includes(name))?.[0];
  }

  /** The value of an option; the last one wins. */
  value(option: string): string | undefined {
    return this.given.findLast(([name]) => name === option)?.[1];
  }

  values(option: string): readonly string[] {
    return this.given.filter(([name]) => name === option).map(([, value]) => value);
  }

  /** One text for busybox, another for GNU. */
  say(busybox: string, gnu: string): string {
    return this.gnu ? gnu : busybox;
  }

  /** Complains on stderr under the command's name; the command goes on and ends with the status. */
  *warn(text: string, status = 1): Blocking<void> {
    yield* this.out.flush();
    yield* this.process.write(2, `${this.name}: ${text}\n`);
    this.status = status;
  }

  /** Complains and gives the exit code to return. */
  *fail(text: string, code = 1): Blocking<number> {
    yield* this.warn(text, code);
    return code;
  }

  /** A wrong call: GNU's complaint and its hint, or busybox' usage. */
  *misuse(gnuText = 'missing operand'): Blocking<number> {
    const code = this.#spec.usageCode ?? 1;
    if (!this.gnu) {
      yield* this.process.write(2, usageText(this.name, this.#spec));
      return code === 2 && this.name === 'grep' ? 2 : 1;
    }
    const complaint = gnuText === '' ? '' : `${this.name}: ${gnuText}\n`;
    yield* this.process.write(2, complaint + gnuHint(this.name, this.#spec));
    return code;
  }
}

/** The last part of how the program was called. */
export function commandName(process: Pick<Process, 'argv'>): string {
  const path = process.argv[0] ?? '';
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A command as a program in the words of a flavour. */
export function command(spec: CommandSpec): (flavour: Flavour) => Program {
  return (flavour) => (process) => runCommand(process, flavour, spec);
}

function* runCommand(process: Process, flavour: Flavour, spec: CommandSpec): Blocking<number> {
  const words = process.argv.slice(1);
  const parsed = parseOptions(spec.rewrite?.(words, flavour) ?? words, spec);
  if ('kind' in parsed) return yield* refuseOption(process, flavour, spec, parsed);
  const call = new Call(process, flavour, spec, parsed);
  try {
    const code = yield* spec.run(call);
    yield* call.out.flush();
    return code;
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    yield* process.write(2, `${call.name}: ${thrown.message}\n`);
    return 1;
  }
}

function* refuseOption(
  process: Process,
  flavour: Flavour,
  spec: CommandSpec,
  problem: OptionProblem,
): Blocking<number> {
  const name = commandName(process);
  if (problem.kind === 'unknown-word' && problem.option === '--help') {
    const text = flavour === 'gnu' ? `Usage: ${synopsis(name, spec)}` : usageText(name, spec);
    yield* process.write(1, text);
    return 0;
  }
  if (problem.kind === 'unknown-word' && problem.option === '--version' && flavour === 'gnu') {
    yield* process.write(1, `${name} (GNU coreutils) 9.1\n`);
    return 0;
  }
  const hint = flavour === 'gnu' ? gnuHint(name, spec) : usageText(name, spec);
  yield* process.write(2, `${name}: ${optionProblemText(problem)}\n${hint}`);
  return flavour === 'gnu' ? (spec.usageCode ?? 1) : name === 'grep' ? 2 : 1;
}

/** The C library's words for a wrong option (getopt_long). */
function optionProblemText(problem: OptionProblem): string {
  switch (problem.kind) {
    case 'unknown-letter':
      return `invalid option -- '${problem.option}'`;
    case 'unknown-word':
      return `unrecognized option '${problem.option}'`;
    case 'no-value':
      return problem.word
        ? `option '${problem.option}' requires an argument`
        : `option requires an argument -- '${problem.option}'`;
    case 'needless-value':
      return `option '${problem.option}' doesn't allow an argument`;
  }
}

function gnuHint(name: string, spec: CommandSpec): string {
  return `${spec.gnuUsage ?? ''}Try '${name} --help' for more information.\n`;
}

function usageText(name: string, spec: CommandSpec): string {
  return `${busyboxBanner}\n\nUsage: ${synopsis(name, spec)}`;
}

function synopsis(name: string, spec: CommandSpec): string {
  const forms = spec.usage.split('\n').map((form) => `${name} ${form}`.trimEnd());
  return `${forms.join('\nor: ')}\n`;
}
