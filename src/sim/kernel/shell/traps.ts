// `trap`: what to do when a signal comes, or when the shell exits.
import type { Process, SignalName } from '../types.ts';

export type TrapName = SignalName | 'EXIT';

export class Traps {
  readonly #process: Process;
  #actions: Map<TrapName, string> | undefined;
  #arrived: SignalName[] | undefined;
  /** Whether an action runs now: others wait. */
  running = false;

  constructor(process: Process) {
    this.#process = process;
  }

  has(name: TrapName): boolean {
    return this.#actions?.has(name) === true;
  }

  get(name: TrapName): string | undefined {
    return this.#actions?.get(name);
  }

  /** An empty action ignores the signal; undefined brings its default back. */
  set(name: TrapName, action: string | undefined): void {
    this.#actions ??= new Map();
    if (action === undefined) this.#actions.delete(name);
    else this.#actions.set(name, action);
    if (name === 'EXIT' || name === 'KILL' || name === 'STOP') return;
    const disposition = action === undefined ? 'default' : action === '' ? 'ignore' : 'handle';
    this.#process.onSignal(name, disposition);
  }

  /** In the order in which `trap` lists them is the caller's business. */
  entries(): readonly (readonly [TrapName, string])[] {
    return [...(this.#actions ?? [])];
  }

  /** Whether anything but ignoring has been asked for: then the last command is not exec'ed. */
  get any(): boolean {
    for (const action of this.#actions?.values() ?? []) if (action !== '') return true;
    return false;
  }

  arrived(signal: SignalName): void {
    this.#arrived ??= [];
    this.#arrived.push(signal);
  }

  get pending(): boolean {
    return this.#arrived !== undefined && this.#arrived.length > 0;
  }

  next(): SignalName | undefined {
    return this.#arrived?.shift();
  }

  /** A subshell goes on ignoring what its parent ignores and forgets the rest. */
  inheritIgnored(parent: Traps): void {
    for (const [name, action] of parent.#actions ?? []) {
      if (action !== '') continue;
      this.#actions ??= new Map();
      this.#actions.set(name, '');
    }
  }
}
