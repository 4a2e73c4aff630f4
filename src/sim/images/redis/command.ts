// What a command of redis is to this simulator.
import type { Database } from './database.ts';
import { failure, type Reply } from './protocol.ts';

export interface CommandContext {
  readonly database: Database;
  readonly nowMs: number;
  /** Text of INFO, by section. */
  readonly info: () => ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
  /** Writes the dump; false when it cannot. */
  readonly save: () => boolean;
}

/** Takes the words behind the command's name. */
export type Command = (words: readonly string[], context: CommandContext) => Reply;

export interface CommandEntry {
  /** How many words at least, and at most, come behind the name. */
  readonly words: readonly [least: number, most: number];
  /** Whether it may change something: then the append-only file keeps it. */
  readonly isWrite: boolean;
  readonly run: Command;
}

/** A command that only looks. */
export function reads(words: CommandEntry['words'], run: Command): CommandEntry {
  return { words, isWrite: false, run };
}

/** A command that changes something. */
export function writes(words: CommandEntry['words'], run: Command): CommandEntry {
  return { words, isWrite: true, run };
}

/** A whole number of a word, or undefined. */
export function toInteger(word: string): number | undefined {
  return /^-?\d{1,15}$/.test(word) ? Number(word) : undefined;
}

export const notAnInteger = failure('ERR value is not an integer or out of range');
