// The tree of commands: what there is, and which one a command line means (github.com/spf13/cobra).
import type { FlagSpec } from '../flags/spec.ts';
import { parseFlagSpec } from '../flags/spec.ts';
import { flagGroups, flagTable, globalFlags, requiredFlags } from '../flags/table.ts';
import { commandTable } from './table.ts';

export interface Command {
  readonly name: string;
  /** `kubectl create configmap`. */
  readonly path: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** Of the top level: the heading under which help lists it. */
  readonly group: string;
  readonly parent: Command | undefined;
  readonly children: readonly Command[];
}

interface Draft extends Command {
  readonly children: Draft[];
}

function draft(line: string, parent: Draft | undefined, group: string): Draft {
  const colon = line.indexOf(':');
  const [name = '', ...aliases] = line.slice(0, colon).trim().split('|');
  const path = parent === undefined ? name : `${parent.path} ${name}`;
  return { name, path, aliases, summary: line.slice(colon + 2), group, parent, children: [] };
}

function buildTree(): Command {
  const root = draft('kubectl: kubectl controls the Kubernetes cluster manager', undefined, '');
  const stack: Draft[] = [root];
  let group = '';
  for (const line of commandTable.trim().split('\n')) {
    if (line.startsWith('# ')) {
      group = line.slice(2);
      continue;
    }
    const depth = (line.length - line.trimStart().length) / 2 + 1;
    stack.length = depth;
    const command = draft(line, stack[depth - 1], group);
    stack[depth - 1]?.children.push(command);
    stack.push(command);
  }
  const hidden = (name: string, summary: string): void => {
    root.children.push(draft(`${name}: ${summary}`, root, ''));
  };
  hidden('options', 'Print the list of flags inherited by all commands');
  return root;
}

export const rootCommand: Command = buildTree();

/** The name within kubectl: `create configmap`; '' for kubectl itself. */
export function pathWithin(command: Command): string {
  return command.path.slice('kubectl'.length).trimStart();
}

const flagLines: ReadonlyMap<string, string> = (() => {
  const lines = new Map<string, string>();
  let key = '';
  for (const line of flagTable.trim().split('\n')) {
    if (line.startsWith('  ')) {
      lines.set(key, `${lines.get(key) ?? ''} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(': ');
    key = line.slice(0, colon).replaceAll('.', ' ');
    lines.set(key, line.slice(colon + 2));
  }
  return lines;
})();

function expand(entries: string): readonly string[] {
  return entries.split(' ').flatMap((entry) => {
    const group = flagGroups[entry];
    return group === undefined ? [entry] : expand(group);
  });
}

/** A command's own flags in the order of their names. */
export function ownFlags(command: Command): readonly FlagSpec[] {
  const line = flagLines.get(pathWithin(command));
  if (line === undefined) return [];
  const specs = expand(line).map(parseFlagSpec);
  return specs.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export const allGlobalFlags: readonly FlagSpec[] = globalFlags.split(' ').map(parseFlagSpec);
const helpFlag = parseFlagSpec('h,help!false');

/** Everything a command's line may carry: its own flags hide global ones of the same name. */
export function acceptedFlags(command: Command): readonly FlagSpec[] {
  const own = ownFlags(command);
  const taken = new Set(own.map((spec) => spec.name));
  const letters = new Set(own.map((spec) => spec.shorthand).filter((letter) => letter !== ''));
  const global = allGlobalFlags
    .filter((spec) => !taken.has(spec.name))
    .map((spec) => (letters.has(spec.shorthand) ? { ...spec, shorthand: '' } : spec));
  return [...own, ...global, helpFlag];
}

/** Names of required flags that a line lacks. */
export function missingFlags(command: Command, given: (name: string) => boolean): string[] {
  return (requiredFlags[pathWithin(command)] ?? []).filter((name) => !given(name));
}

const matches = (command: Command, word: string): boolean =>
  command.name === word || command.aliases.includes(word);

/** Whether the word after this one is its value, as cobra guesses before it knows the command. */
function takesNext(word: string): boolean {
  if (word.includes('=')) return false;
  const spec = word.startsWith('--')
    ? allGlobalFlags.find((one) => one.name === word.slice(2))
    : allGlobalFlags.find((one) => one.shorthand === word.slice(1));
  if (word.startsWith('--')) return spec?.bareValue === undefined && word.length > 2;
  return word.startsWith('-') && word.length === 2 && spec?.bareValue === undefined;
}

export interface Found {
  readonly command: Command;
  /** The words left for the command: flags and args without the words that name it. */
  readonly rest: readonly string[];
}

/** Finds the command that the words name; flags before and between the names are passed over. */
export function findCommand(words: readonly string[], from: Command = rootCommand): Found {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') break;
    if (word.startsWith('-') && word !== '-') {
      if (takesNext(word)) at += 1;
      continue;
    }
    if (word === '') continue;
    const child = from.children.find((command) => matches(command, word));
    if (child === undefined) break;
    return findCommand([...words.slice(0, at), ...words.slice(at + 1)], child);
  }
  return { command: from, rest: words };
}
