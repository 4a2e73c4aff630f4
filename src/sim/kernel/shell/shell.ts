// The state of one shell process.
import { isErrno } from '../errno.ts';
import type { Blocking, Process, SignalName } from '../types.ts';
import type { Dialect } from './dialect.ts';
import { Interrupted, ShellError } from './flow.ts';
import { Jobs } from './jobs.ts';
import { Names } from './names.ts';
import type { Command, List } from './parse/syntax.ts';
import { Traps } from './traps.ts';
import { Variables } from './variables.ts';

export interface ShellOptions {
  readonly dialect: Dialect;
  /** `$0`, and the name errors begin with. */
  readonly name: string;
  readonly parameters: readonly string[];
  readonly evaluator: Evaluator;
}

/** How commands run; handed in so that expansions can run commands and commands expand words. */
export interface Evaluator {
  /** Runs a list; `last` when nothing else follows in this process, so that it may become the last command. */
  list(shell: Shell, list: List, last: boolean): Blocking<number>;
  /** What a command substitution gives, without trailing newlines. */
  substitute(shell: Shell, body: List): Blocking<string>;
  /** Runs the text of a trap, an eval or a sourced file, command by command. */
  text(shell: Shell, text: string, firstLine?: number): Blocking<number>;
  /** Runs a command's words as a simple command would, without looking for functions. */
  words(shell: Shell, words: readonly string[]): Blocking<number>;
  /** The builtin of that name. */
  builtin(shell: Shell, name: string): { readonly special: boolean } | undefined;
}

/** Options of `set`, by letter; pipefail has none and gets `P`. */
export type OptionLetter =
  'a' | 'b' | 'C' | 'c' | 'e' | 'f' | 'i' | 'm' | 'n' | 'P' | 's' | 'u' | 'v' | 'x';

export class Shell {
  readonly process: Process;
  readonly dialect: Dialect;
  readonly evaluator: Evaluator;
  readonly name: string;
  readonly variables: Variables;
  readonly functions: Names<Command>;
  readonly aliases: Names<string>;
  readonly options: Set<OptionLetter>;
  readonly jobs: Jobs;
  readonly traps: Traps;
  /** `$$`: that of the first shell, also in subshells. */
  readonly shellPid: number;
  parameters: readonly string[];
  /** `$?` */
  status = 0;
  /** `$!` */
  lastBackground = 0;
  /** Set by command substitutions, for commands that are nothing but assignments. */
  substitutionStatus = 0;
  /** Where in the script the command stands. */
  line = 1;
  /** The script's file, or undefined for `-c` and standard input. */
  script: string | undefined;
  /** The builtin that runs, for its error messages. */
  builtin: string | undefined;
  /** Above 0 where a failing command is a test and `set -e` does not apply. */
  tested = 0;
  loopDepth = 0;
  functionDepth = 0;
  sourceDepth = 0;
  /** Lists that run within each other; all of them are on the host's stack. */
  nesting = 0;
  /** Variables that `local` set aside, for each function that runs. */
  readonly locals: Map<string, ReturnType<Variables['find']>>[] = [];
  /** Descriptors that the shell keeps for itself. */
  readonly savedDescriptors = new Set<number>();
  isSubshell = false;
  /** What `ulimit` was told. */
  limits: Map<string, string> | undefined;
  #null: number | undefined;
  /** What OPTIND was when getopts last set it. */
  getoptsIndex = 1;
  /** How far into a word of several letters getopts has come. */
  getoptsOffset = 0;
  /** Commands since CPU time was last paid for. */
  steps = 0;

  constructor(process: Process, options: ShellOptions, from?: Shell) {
    this.process = process;
    this.dialect = options.dialect;
    this.evaluator = options.evaluator;
    this.name = options.name;
    this.parameters = options.parameters;
    this.variables = from?.variables.fork() ?? new Variables(process.env);
    this.functions = from?.functions.fork() ?? new Names();
    this.aliases = from?.aliases.fork() ?? new Names();
    this.options = new Set(from?.options);
    this.jobs = new Jobs();
    this.traps = new Traps(process);
    this.shellPid = from?.shellPid ?? process.pid;
  }

  /** The state for a subshell, which runs in another process: a copy without handlers. */
  fork(process: Process): Shell {
    const { dialect, name, parameters, evaluator } = this;
    const copy = new Shell(process, { dialect, name, parameters, evaluator }, this);
    copy.status = this.status;
    copy.lastBackground = this.lastBackground;
    copy.line = this.line;
    copy.script = this.script;
    copy.builtin = this.builtin;
    copy.tested = this.tested;
    copy.loopDepth = this.loopDepth;
    copy.functionDepth = this.functionDepth;
    copy.sourceDepth = this.sourceDepth;
    copy.isSubshell = true;
    copy.options.delete('m');
    copy.options.delete('i');
    copy.traps.inheritIgnored(this.traps);
    if (this.isAsh) copy.jobs.takeOver(this.jobs);
    return copy;
  }

  get isAsh(): boolean {
    return this.dialect === 'ash';
  }

  get interactive(): boolean {
    return this.options.has('i');
  }

  *write(descriptor: number, text: string): Blocking<void> {
    if (text === '') return;
    try {
      yield* this.process.write(descriptor, text);
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      if (descriptor === 2) return;
      const what = this.isAsh
        ? `write error: ${thrown.message}`
        : `${this.builtin ?? ''}: I/O error`;
      throw new ShellError(what, 1, true);
    }
  }

  /** Prints an error in the form of the dialect: `sh: 1: cd: …` or `sh: cd: line 1: …`; bare in ash: `sh: …`. */
  *complain(message: string, bare = false): Blocking<void> {
    const prefix = bare && this.isAsh ? `${this.name}: ` : this.errorPrefix();
    yield* this.write(2, `${prefix}${message}\n`);
  }

  errorPrefix(): string {
    const { builtin, name, script } = this;
    if (!this.isAsh) return `${name}: ${this.line}: ${builtin === undefined ? '' : `${builtin}: `}`;
    const shown = script === undefined ? '' : `line ${this.line}: `;
    if (builtin === undefined) return `${name}: ${shown}`;
    const line = this.interactive ? '' : `line ${script === undefined ? 0 : this.line}: `;
    return `${name}: ${builtin}: ${line}`;
  }

  /** A descriptor of /dev/null, opened once; 0 where there is none. */
  openNull(): number {
    if (this.#null !== undefined) return this.#null;
    try {
      const opened = this.process.open('/dev/null', { read: true });
      let free = 10;
      const open = new Set(this.process.openDescriptors());
      while (open.has(free)) free += 1;
      this.process.duplicate(opened, free);
      this.process.close(opened);
      this.savedDescriptors.add(free);
      this.#null = free;
      return free;
    } catch (thrown) {
      if (isErrno(thrown)) return 0;
      throw thrown;
    }
  }

  /** Takes signals that have come and keeps them for their traps. Throws Interrupted for Ctrl-C at an interactive shell. */
  collectSignals(): readonly SignalName[] {
    const taken: SignalName[] = [];
    for (let s = this.process.takeSignal(); s !== undefined; s = this.process.takeSignal()) {
      if (s === 'INT' && this.interactive && !this.traps.has('INT')) throw new Interrupted();
      if (this.interactive && !this.traps.has(s)) continue;
      taken.push(s);
      this.traps.arrived(s);
    }
    return taken;
  }

  /** Calls something that waits again when a signal interrupts it; the traps run later. */
  *persist<T>(call: () => Blocking<T>): Blocking<T> {
    for (;;) {
      try {
        return yield* call();
      } catch (thrown) {
        if (!isErrno(thrown) || thrown.code !== 'EINTR') throw thrown;
        this.collectSignals();
      }
    }
  }
}
