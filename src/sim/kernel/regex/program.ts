// A pattern as a program for the matcher: one instruction per character, branch or capture.
import { type AssertKind, type CharacterSet, PatternError, type RegexNode } from './tree.ts';

export type Instruction =
  | { readonly op: 'character'; readonly code: number }
  | { readonly op: 'any' }
  | { readonly op: 'set'; readonly set: CharacterSet }
  | { readonly op: 'assert'; readonly assert: AssertKind }
  /** Goes on at both places; the first is preferred. */
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'match' };

const maxInstructions = 10_000;

/** Throws PatternError where counts make the program too long. */
export function compileProgram(tree: RegexNode): readonly Instruction[] {
  const program: Instruction[] = [];
  emit(program, { kind: 'group', index: 0, body: tree });
  program.push({ op: 'match' });
  return program;
}

function emit(program: Instruction[], node: RegexNode): void {
  if (program.length > maxInstructions) throw new PatternError('Regular expression too big');
  switch (node.kind) {
    case 'empty':
      return;
    case 'character':
      program.push({ op: 'character', code: node.code });
      return;
    case 'any':
      program.push({ op: 'any' });
      return;
    case 'set':
      program.push({ op: 'set', set: node.set });
      return;
    case 'assert':
      program.push({ op: 'assert', assert: node.assert });
      return;
    case 'group':
      program.push({ op: 'save', slot: node.index * 2 });
      emit(program, node.body);
      program.push({ op: 'save', slot: node.index * 2 + 1 });
      return;
    case 'sequence':
      for (const part of node.parts) emit(program, part);
      return;
    case 'choice':
      emitChoice(program, node.options);
      return;
    case 'repeat':
      emitRepeat(program, node.body, node.least, node.most);
  }
}

function emitChoice(program: Instruction[], options: readonly RegexNode[]): void {
  const exits: { to: number }[] = [];
  options.forEach((option, index) => {
    if (index === options.length - 1) {
      emit(program, option);
      return;
    }
    const split = { op: 'split' as const, first: program.length + 1, second: 0 };
    program.push(split);
    emit(program, option);
    const exit = { op: 'jump' as const, to: 0 };
    exits.push(exit);
    program.push(exit);
    split.second = program.length;
  });
  for (const exit of exits) exit.to = program.length;
}

function emitRepeat(
  program: Instruction[],
  body: RegexNode,
  least: number,
  most: number | undefined,
): void {
  for (let i = 0; i < least; i += 1) emit(program, body);
  if (most === undefined) {
    const loop = { op: 'split' as const, first: program.length + 1, second: 0 };
    const start = program.length;
    program.push(loop);
    emit(program, body);
    program.push({ op: 'jump', to: start });
    loop.second = program.length;
    return;
  }
  const splits: { second: number }[] = [];
  for (let i = least; i < most; i += 1) {
    const split = { op: 'split' as const, first: program.length + 1, second: 0 };
    splits.push(split);
    program.push(split);
    emit(program, body);
  }
  for (const split of splits) split.second = program.length;
}
