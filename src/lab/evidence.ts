// What the learner did, as goals look at it: kubectl commands on the workstation, and programs they started in containers.
import { acceptedFlags, findCommand } from '#kubectl/commands/tree.ts';
import { parseLine } from '#kubectl/flags/parse.ts';
import { resources as allResources } from '#sim/api/kinds.ts';
import type { Machine, ProcessTrace } from '#sim/kernel/machine.ts';
import type { KernelProcess } from '#sim/kernel/process/process.ts';
import type { SeenCommand, SeenProgram } from './goals/observation.ts';

/** How much of what one command prints is kept for goals. */
const keptOutput = 20_000;
/** How many commands and programs are kept; the oldest go. */
const keptRecords = 2000;

type Writable<T> = { -readonly [Field in keyof T]: T[Field] };

/** Which Pod and container a space is, by its machine's runtime. */
export type ContainerOf = (
  process: KernelProcess,
) => { readonly pod: string; readonly container: string } | undefined;

/** The plural name of a resource by any of its names; the word itself where there is none. */
function pluralOf(word: string): string {
  const [name = ''] = word.toLowerCase().split('.');
  const found = allResources.find(
    ({ plural, singular, shortNames }) =>
      plural === name || singular === name || shortNames.includes(name),
  );
  return found?.plural ?? word;
}

/** The plural resource names that words like `pod/web`, `po` or `pods,services` mean. */
function resourcesOf(args: readonly string[]): { resources: string[]; names: string[] } {
  const resources: string[] = [];
  const names: string[] = [];
  for (const [index, word] of args.entries()) {
    const [type = '', name] = word.split('/');
    if (name !== undefined || index === 0) {
      for (const part of type.split(',')) resources.push(pluralOf(part));
      if (name !== undefined) names.push(name);
      else names.push(type);
    } else {
      names.push(word);
    }
  }
  return { resources, names };
}

/** Flags as goals name them: `--previous`, `-o`; both the long and the short form of each. */
function flagsOf(words: readonly string[]): string[] {
  const before = words.indexOf('--') < 0 ? words : words.slice(0, words.indexOf('--'));
  return before.flatMap((word) => {
    if (word.startsWith('--')) return [word.split('=')[0] ?? word];
    if (!/^-[a-zA-Z]/.test(word)) return [];
    return [word.slice(0, 2), ...[...word.slice(1)].map((letter) => `-${letter}`)];
  });
}

/** A command as goals see it; undefined for words that are no command of kubectl. */
export function readCommand(
  words: readonly string[],
): Omit<SeenCommand, 'atMs' | 'exit' | 'output'> | undefined {
  const { command, rest } = findCommand(words);
  const verb = command.path.replace(/^kubectl ?/, '');
  if (verb === '') return undefined;
  const parsed = parseLine(acceptedFlags(command), rest);
  const args = 'problem' in parsed ? [] : parsed.args;
  return { verb, ...resourcesOf(args), flags: flagsOf(rest) };
}

export class Evidence {
  readonly commands: Writable<SeenCommand>[] = [];
  readonly programs: Writable<SeenProgram>[] = [];
  readonly #onChange: () => void;
  readonly #records = new Map<KernelProcess, Writable<SeenCommand> | Writable<SeenProgram>>();
  /** Processes in containers that came from outside, and all that they started. */
  readonly #fromOutside = new WeakSet<KernelProcess>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Follows the workstation: every run of kubectl is a command. */
  watchWorkstation(machine: Machine): void {
    machine.trace = this.#trace((process) => {
      if (process.argv[0]?.split('/').at(-1) !== 'kubectl') return undefined;
      const read = readCommand(process.argv.slice(1));
      if (read === undefined) return undefined;
      const command = { atMs: process.startedMs, ...read, exit: undefined, output: '' };
      this.commands.push(command);
      if (this.commands.length > keptRecords) this.commands.shift();
      return command;
    });
  }

  /** Follows a node: programs count that were started from outside, not what a container does by itself. */
  watchNode(machine: Machine, containerOf: ContainerOf): void {
    machine.trace = this.#trace((process) => {
      const { parent, space } = process;
      const isExec = parent === undefined && space.main !== undefined;
      if (!isExec && !(parent !== undefined && this.#fromOutside.has(parent))) return undefined;
      const found = containerOf(process);
      if (found === undefined) return undefined;
      this.#fromOutside.add(process);
      const program = {
        atMs: process.startedMs,
        ...found,
        argv: process.argv,
        exit: undefined,
        output: '',
      };
      this.programs.push(program);
      if (this.programs.length > keptRecords) this.programs.shift();
      return program;
    });
  }

  #trace(
    record: (process: KernelProcess) => Writable<SeenCommand> | Writable<SeenProgram> | undefined,
  ): ProcessTrace {
    return {
      started: (process) => {
        const made = record(process);
        if (made === undefined) return;
        this.#records.set(process, made);
        this.#onChange();
      },
      wrote: (process, text) => {
        const made = this.#records.get(process);
        if (made === undefined) return;
        if (made.output.length < keptOutput) made.output += text.slice(0, keptOutput);
        this.#onChange();
      },
      ended: (process) => {
        const made = this.#records.get(process);
        if (made === undefined) return;
        made.exit = process.exit?.code ?? 0;
        this.#records.delete(process);
        this.#onChange();
      },
    };
  }
}
