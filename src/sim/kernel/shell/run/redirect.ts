// Redirections: which descriptor of ours each descriptor of the command is.
import { isErrno } from '../../errno.ts';
import type { Blocking, OpenFlags } from '../../types.ts';
import { expandText } from '../expand/expand.ts';
import { ShellError } from '../flow.ts';
import type { Redirection } from '../parse/syntax.ts';
import type { Shell } from '../shell.ts';

/** The shell keeps copies from here on. */
const firstSaved = 10;

export interface Plan {
  /** Descriptor of the command to descriptor of this process. */
  readonly map: Map<number, number>;
  /** Those that the redirections name. */
  readonly touched: Set<number>;
  /** Opened for the plan alone, to be closed when it is carried out. */
  readonly opened: number[];
}

/** The descriptors a child gets without redirections: all but the shell's own. */
export function inherited(shell: Shell): Map<number, number> {
  const map = new Map<number, number>();
  for (const number of shell.process.openDescriptors()) {
    if (!shell.savedDescriptors.has(number)) map.set(number, number);
  }
  return map;
}

/** Opens what the redirections ask for, from left to right. Throws ShellError with what is open closed again. */
export function* plan(shell: Shell, redirections: readonly Redirection[]): Blocking<Plan> {
  const made: Plan = { map: inherited(shell), touched: new Set(), opened: [] };
  try {
    for (const redirection of redirections) yield* add(shell, made, redirection);
  } catch (thrown) {
    closeOpened(shell, made);
    throw thrown;
  }
  return made;
}

export function closeOpened(shell: Shell, { opened }: Plan): void {
  for (const descriptor of opened) shell.process.close(descriptor);
}

function* add(shell: Shell, made: Plan, redirection: Redirection): Blocking<void> {
  const { descriptor, operator } = redirection;
  const target = yield* expandText(shell, redirection.target);
  made.touched.add(descriptor);
  if (operator === '<&' || operator === '>&') {
    duplicate(shell, made, descriptor, target);
    return;
  }
  const opened = operator === '<<' ? shell.process.openText(target) : open(shell, operator, target);
  const moved = moveUp(shell, opened);
  made.opened.push(moved);
  made.map.set(descriptor, moved);
  if (operator !== '&>') return;
  made.map.set(2, moved);
  made.touched.add(2);
}

function duplicate(shell: Shell, made: Plan, descriptor: number, target: string): void {
  if (target === '-') {
    made.map.delete(descriptor);
    return;
  }
  if (!/^[0-9]{1,4}$/.test(target)) {
    throw new ShellError(
      shell.isAsh ? 'syntax error: bad fd number' : 'Syntax error: Bad fd number',
    );
  }
  const source = made.map.get(Number(target));
  if (source === undefined) {
    throw new ShellError(`${target}: Bad file descriptor`, shell.isAsh ? 1 : 2);
  }
  made.map.set(descriptor, source);
}

function flagsOf(shell: Shell, operator: Redirection['operator'], path: string): OpenFlags {
  switch (operator) {
    case '<':
      return { read: true };
    case '<>':
      return { read: true, write: true, create: true };
    case '>>':
      return { write: true, append: true, create: true };
    default: {
      const keep =
        (operator === '>' || operator === '&>') && shell.options.has('C') && isRegular(shell, path);
      return { write: true, create: true, truncate: true, exclusive: keep };
    }
  }
}

function isRegular(shell: Shell, path: string): boolean {
  const { files } = shell.process;
  return files.exists(path) && files.stat(path).type === 'file';
}

function open(shell: Shell, operator: Redirection['operator'], path: string): number {
  try {
    return shell.process.open(path, flagsOf(shell, operator, path));
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    const creates = operator !== '<';
    const code = shell.isAsh ? 1 : 2;
    throw new ShellError(openMessage(shell, creates, path, thrown.code, thrown.message), code);
  }
}

function openMessage(
  shell: Shell,
  creates: boolean,
  path: string,
  code: string,
  message: string,
): string {
  const missing = code === 'ENOENT' || code === 'ENOTDIR';
  if (shell.isAsh) {
    const why = !missing ? message : creates ? 'nonexistent directory' : 'no such file';
    return `can't ${creates ? 'create' : 'open'} ${path}: ${why}`;
  }
  const why = !missing ? message : creates ? 'Directory nonexistent' : 'No such file';
  return `cannot ${creates ? 'create' : 'open'} ${path}: ${why}`;
}

/** Moves a descriptor out of the range that scripts use. */
function moveUp(shell: Shell, descriptor: number): number {
  if (descriptor >= firstSaved) return descriptor;
  const moved = copyUp(shell, descriptor);
  shell.process.close(descriptor);
  shell.savedDescriptors.delete(moved);
  return moved;
}

/** A copy that children do not get. */
function copyUp(shell: Shell, descriptor: number): number {
  const open = new Set(shell.process.openDescriptors());
  let free = firstSaved;
  while (open.has(free)) free += 1;
  shell.process.duplicate(descriptor, free);
  shell.savedDescriptors.add(free);
  return free;
}

/** What was there before, to be put back. */
export type Saved = ReadonlyMap<number, number | undefined>;

/** Carries the plan out in this process and closes what was opened for it. */
export function apply(shell: Shell, made: Plan): Saved {
  const { process } = shell;
  const open = new Set(process.openDescriptors());
  const saved = new Map<number, number | undefined>();
  for (const descriptor of made.touched) {
    saved.set(descriptor, open.has(descriptor) ? copyUp(shell, descriptor) : undefined);
  }
  for (const descriptor of made.touched) {
    const source = made.map.get(descriptor);
    if (source === undefined) {
      if (open.has(descriptor)) process.close(descriptor);
    } else {
      process.duplicate(saved.get(source) ?? source, descriptor);
    }
  }
  closeOpened(shell, made);
  return saved;
}

/** Puts back what `apply` saved. */
export function restore(shell: Shell, saved: Saved): void {
  const { process } = shell;
  for (const [descriptor, copy] of saved) {
    if (copy !== undefined) process.duplicate(copy, descriptor);
    else if (process.openDescriptors().includes(descriptor)) process.close(descriptor);
  }
  forget(shell, saved);
}

/** Leaves things as `apply` made them (exec without a command). */
export function forget(shell: Shell, saved: Saved): void {
  for (const copy of saved.values()) {
    if (copy === undefined) continue;
    shell.process.close(copy);
    shell.savedDescriptors.delete(copy);
  }
}
