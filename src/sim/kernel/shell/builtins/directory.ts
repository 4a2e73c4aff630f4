// cd, pwd.
import { isErrno } from '../../errno.ts';
import type { Blocking } from '../../types.ts';
import { ShellError } from '../flow.ts';
import type { Shell } from '../shell.ts';
import type { BuiltinTable } from './builtin.ts';

function* cd(shell: Shell, words: readonly string[]): Blocking<number> {
  const operands = words.slice(1).filter((word) => word !== '--');
  const physical = operands[0] === '-P';
  if (operands[0] === '-P' || operands[0] === '-L') operands.shift();
  const { variables } = shell;
  let target = operands[0] ?? variables.get('HOME') ?? '';
  let show = false;
  if (target === '-') {
    target = variables.get('OLDPWD') ?? variables.get('PWD') ?? '/';
    show = true;
  }
  if (target === '') return 0;
  const found = search(shell, target);
  if (found !== target) show = true;
  const path = physical ? physicalPath(shell, found, target) : logicalPath(shell, found);
  requireDirectory(shell, path, target);
  variables.set('OLDPWD', variables.get('PWD') ?? shell.process.cwd);
  variables.export('OLDPWD');
  shell.process.cwd = path;
  variables.set('PWD', path);
  variables.export('PWD');
  if (show) yield* shell.write(1, `${path}\n`);
  return 0;
}

/** CDPATH. */
function search(shell: Shell, target: string): string {
  const cdpath = shell.variables.get('CDPATH');
  if (cdpath === undefined || /^(?:\/|\.\.?(?:\/|$))/.test(target)) return target;
  for (const directory of cdpath.split(':')) {
    if (directory === '') continue;
    const path = `${directory}/${target}`;
    if (shell.process.files.exists(path)) return path;
  }
  return target;
}

/** The path without `.` and `..`, symlinks kept. */
function logicalPath(shell: Shell, target: string): string {
  const absolute = target.startsWith('/') ? target : `${shell.process.cwd}/${target}`;
  const parts: string[] = [];
  for (const part of absolute.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function physicalPath(shell: Shell, target: string, shown: string): string {
  try {
    return shell.process.files.realpath(target);
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    throw cannot(shell, shown, thrown.message);
  }
}

function requireDirectory(shell: Shell, path: string, shown: string): void {
  const { files } = shell.process;
  try {
    if (files.stat(path).type !== 'directory') throw cannot(shell, shown, 'Not a directory');
    if (!files.access(path, 'execute')) throw cannot(shell, shown, 'Permission denied');
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    throw cannot(shell, shown, thrown.message);
  }
}

function cannot(shell: Shell, target: string, why: string): ShellError {
  return new ShellError(`can't cd to ${target}${shell.isAsh ? `: ${why}` : ''}`);
}

function* pwd(shell: Shell, words: readonly string[]): Blocking<number> {
  const path = words[1] === '-P' ? physicalPath(shell, '.', '.') : shell.process.cwd;
  yield* shell.write(1, `${path}\n`);
  return 0;
}

export const directoryBuiltins: BuiltinTable = { cd, chdir: cd, pwd };
