// `kubectl __complete WORDS...`: what may stand at the last word, one candidate a line with its description after a
// tab, and cobra's directive on the last line. It offers only what this lab has.
import type { Blocking } from '#sim/kernel/types.ts';
import type { Command } from '../commands/tree.ts';
import { acceptedFlags, findCommand, pathWithin, rootCommand } from '../commands/tree.ts';
import { isFailure } from '../failure.ts';
import { parseLine } from '../flags/parse.ts';
import type { FlagSpec } from '../flags/spec.ts';
import type { Surroundings } from '../main.ts';
import { Session } from '../session.ts';
import { verbs } from '../verbs/all.ts';
import type { Candidates } from './candidates.ts';
import { argumentCandidates, flagValueCandidates } from './candidates.ts';

/** Bits of cobra's ShellCompDirective. */
const noSpace = 2;
const noFiles = 4;

const isOffered = (command: Command): boolean =>
  verbs[pathWithin(command)] !== undefined || command.children.some(isOffered);

function childCandidates(command: Command, typed: string): Candidates {
  const children = command.children.filter(
    (child) => isOffered(child) && child.name.startsWith(typed),
  );
  return { lines: children.map(({ name, summary }) => `${name}\t${summary}`) };
}

function flagCandidates(command: Command, typed: string): Candidates {
  const names = acceptedFlags(command).map(
    ({ name, bareValue }) => `--${name}${bareValue === undefined ? '=' : ''}`,
  );
  const lines = names.filter((name) => name.startsWith(typed)).sort();
  return { lines, noSpace: lines.length === 1 && lines[0]?.endsWith('=') === true };
}

/** The flag whose value is typed: the word before, or `--flag=` at the beginning of the word itself. */
function openFlag(
  flags: readonly FlagSpec[],
  before: string,
  typed: string,
): { readonly flag: FlagSpec; readonly prefix: string } | undefined {
  const equals = typed.indexOf('=');
  if (typed.startsWith('--') && equals > 0) {
    const flag = flags.find(({ name }) => name === typed.slice(2, equals));
    return flag && { flag, prefix: typed.slice(0, equals + 1) };
  }
  if (!before.startsWith('-') || before.includes('=')) return undefined;
  const flag = before.startsWith('--')
    ? flags.find(({ name }) => name === before.slice(2))
    : flags.find(({ shorthand }) => shorthand !== '' && shorthand === before.slice(1));
  return flag?.bareValue === undefined ? flag && { flag, prefix: '' } : undefined;
}

function candidatesFor(around: Surroundings, words: readonly string[]): Candidates {
  const typed = words.at(-1) ?? '';
  const done = words.slice(0, -1);
  const { command, rest } = findCommand(done);
  const flags = acceptedFlags(command);
  const open = openFlag(flags, done.at(-1) ?? '', typed);
  // The value that is missing still is none of the words that can be read.
  const readable = open?.prefix === '' ? rest.slice(0, -1) : rest;
  const parsed = parseLine(flags, readable);
  if ('problem' in parsed) return { lines: [] };
  const session = new Session({ ...around, command, ...parsed });
  if (open !== undefined) {
    const value = typed.slice(open.prefix.length);
    const found = flagValueCandidates(session, open.flag.name, value);
    return { ...found, lines: found.lines.map((line) => open.prefix + line) };
  }
  if (parsed.dashAt >= 0) return { lines: [], files: true };
  if (typed.startsWith('-')) return flagCandidates(command, typed);
  if (command === rootCommand || command.children.some(isOffered)) {
    const children = childCandidates(command, typed);
    if (children.lines.length > 0 || command === rootCommand) return children;
  }
  return argumentCandidates(session, typed);
}

export function* complete(around: Surroundings, words: readonly string[]): Blocking<number> {
  let found: Candidates;
  try {
    found = candidatesFor(around, words.slice(1));
  } catch (thrown) {
    // Without a server there is nothing to offer; the real completion says nothing either.
    if (!isFailure(thrown)) throw thrown;
    found = { lines: [] };
  }
  const described = words[0] === '__complete';
  const lines = described ? found.lines : found.lines.map((line) => line.split('\t')[0] ?? '');
  const directive = (found.files === true ? 0 : noFiles) | (found.noSpace === true ? noSpace : 0);
  yield* around.process.write(1, [...lines, `:${directive}`, ''].join('\n'));
  return 0;
}
