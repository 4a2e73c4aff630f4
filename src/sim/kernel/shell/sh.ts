// sh as a program: its options, and where its commands come from.
import { isErrno } from '../errno.ts';
import type { Blocking, Process, Program } from '../types.ts';
import { applyOptions } from './builtins/set.ts';
import type { Dialect } from './dialect.ts';
import { evaluator } from './evaluator.ts';
import { ShellError } from './flow.ts';
import { runInteractive } from './interactive.ts';
import { runText } from './run/text.ts';
import { runToEnd } from './run/top.ts';
import { runStandardInput } from './standard-input.ts';
import { Shell } from './shell.ts';
import { isName } from './variables.ts';

/** The shell of a machine: busybox ash, or dash as Debian's /bin/sh. */
export function sh(dialect: Dialect): Program {
  return (process) => main(process, dialect);
}

interface Call {
  readonly options: readonly (readonly [word: string, next: string | undefined])[];
  readonly command: boolean;
  readonly login: boolean;
  readonly operands: readonly string[];
}

function parseCall(argv: readonly string[]): Call {
  const options: (readonly [string, string | undefined])[] = [];
  let command = false;
  let login = argv[0]?.startsWith('-') === true;
  let index = 1;
  for (; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (word === '--' || word === '-') {
      index += 1;
      break;
    }
    if (!/^[-+]./.test(word)) break;
    const letters = word.slice(1);
    if (word.startsWith('-')) {
      command ||= letters.includes('c');
      login ||= letters.includes('l');
    }
    const rest = letters.replace(/[cl]/g, '');
    if (rest === '') continue;
    options.push([word.slice(0, 1) + rest, argv[index + 1]]);
    if (rest.includes('o')) index += 1;
  }
  return { options, command, login, operands: argv.slice(index) };
}

function main(process: Process, dialect: Dialect): Blocking<number> {
  const argv0 = process.argv[0] ?? 'sh';
  const call = parseCall(process.argv);
  const [first, ...others] = call.operands;
  const script = call.command ? undefined : first;
  const name = call.command ? (others[0] ?? argv0) : (script ?? argv0);
  const parameters = call.command ? others.slice(1) : others;
  const shell = new Shell(process, { dialect, name, parameters, evaluator });
  initialise(shell);
  const wrong = setOptions(shell, call);
  if (wrong !== undefined) {
    return refuse(shell, `${argv0}: ${dialect === 'ash' ? '' : '0: '}${wrong}`);
  }
  const run = runOf(shell, call, argv0);
  return runToEnd(shell, call.login ? () => afterProfile(shell, run) : run);
}

/** Where the commands come from. */
function runOf(shell: Shell, call: Call, argv0: string): () => Blocking<number> {
  const [first] = call.operands;
  if (call.command) {
    if (shell.isAsh) shell.options.add('c');
    return () => runCommandText(shell, argv0, first);
  }
  if (first !== undefined) return () => runFile(shell, first, argv0);
  const { process } = shell;
  const atTerminal = process.isTerminal(0) && process.isTerminal(2);
  if (shell.interactive || atTerminal) return () => runInteractive(shell);
  return () => runStandardInput(shell);
}

function* afterProfile(shell: Shell, run: () => Blocking<number>): Blocking<number> {
  if (shell.process.files.access('/etc/profile', 'read')) {
    yield* evaluator.text(shell, shell.process.files.readText('/etc/profile'), 1);
  }
  return yield* run();
}

function* refuse(shell: Shell, message: string): Blocking<number> {
  yield* shell.write(2, `${message}\n`);
  return 2;
}

/** What is wrong with the options, if something is. */
function setOptions(shell: Shell, call: Call): string | undefined {
  try {
    for (const [word, next] of call.options) applyOptions(shell, word, next, true);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ShellError) return thrown.message;
    throw thrown;
  }
}

function initialise(shell: Shell): void {
  const { process } = shell;
  const { variables } = shell;
  for (const [name] of variables.entries()) {
    if (!isName(name)) variables.put(name, undefined);
  }
  if (shell.isAsh) {
    const level = Number(variables.get('SHLVL') ?? '0');
    variables.set('SHLVL', String((Number.isSafeInteger(level) ? level : 0) + 1));
    variables.export('SHLVL');
  }
  variables.put('IFS', { value: ' \t\n', exported: false, readOnly: false });
  variables.set('OPTIND', '1');
  variables.set('PPID', String(process.parentPid));
  variables.set('PS4', variables.get('PS4') ?? '+ ');
  variables.set('PWD', process.cwd);
  variables.export('PWD');
}

function runCommandText(shell: Shell, argv0: string, text: string | undefined): Blocking<number> {
  if (text !== undefined) return runText(shell, text, 1, true);
  return refuse(shell, `${argv0}: ${shell.isAsh ? '' : '0: '}-c requires an argument`);
}

function runFile(shell: Shell, path: string, argv0: string): Blocking<number> {
  let text: string;
  try {
    text = shell.process.files.readText(path);
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    const reason = shell.isAsh || thrown.code !== 'ENOENT' ? thrown.message : 'No such file';
    const what = shell.isAsh ? `can't open '${path}'` : `0: cannot open ${path}`;
    return refuse(shell, `${argv0}: ${what}: ${reason}`);
  }
  shell.script = path;
  return runText(shell, text, 1);
}
