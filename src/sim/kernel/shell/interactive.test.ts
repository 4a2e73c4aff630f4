import { describe, expect, it } from 'vitest';
import { packagePrograms } from '../commands/table.ts';
import { TestMachine, testEnv } from '../testing.ts';
import type { TerminalDevice } from '../tty.ts';
import type { Process } from '../types.ts';
import type { Dialect } from './dialect.ts';
import { sh } from './sh.ts';

/** A terminal with a shell; `screen` is all that was written, with what was typed in between. */
class Session {
  readonly box: TestMachine;
  readonly terminal: TerminalDevice;
  readonly shell: Process;
  screen = '';

  constructor(dialect: Dialect = 'ash', env: readonly (readonly [string, string])[] = []) {
    this.box = new TestMachine({ programs: { ...packagePrograms('busybox'), sh: sh(dialect) } });
    const { machine, space } = this.box;
    this.terminal = machine.createTerminal({ onOutput: (text) => (this.screen += text) }, space);
    const started = space.exec({
      argv: ['sh'],
      env: [...testEnv, ...env],
      terminal: this.terminal,
    });
    if ('error' in started) throw new Error(started.error);
    this.shell = started;
    this.pass(10);
  }

  pass(ms: number): void {
    this.box.clock.advanceTo(this.box.clock.nowMs() + ms);
  }

  type(line: string, ms = 100): void {
    this.screen += `${line}\n`;
    this.terminal.input(`${line}\n`);
    this.pass(ms);
  }
}

describe('an interactive shell', () => {
  it('shows its prompt, runs lines and shows the prompt again', () => {
    const session = new Session();
    expect(session.terminal.reading).toBe(true);
    expect(session.terminal.prompt).toBe('/ # ');
    session.type('echo hello; cd /tmp');
    session.type('pwd');
    session.type('nosuch');
    session.type('cd /nope');
    session.type('exit 3');
    expect(session.screen).toBe(
      [
        '/ # echo hello; cd /tmp',
        'hello',
        '/tmp # pwd',
        '/tmp',
        '/tmp # nosuch',
        'sh: nosuch: not found',
        '/tmp # cd /nope',
        "sh: cd: can't cd to /nope: No such file or directory",
        '/tmp # exit 3',
        '',
      ].join('\n'),
    );
    expect(session.shell.exit).toEqual({ code: 3, signal: undefined });
  });

  it('takes its prompt from PS1', () => {
    const session = new Session('dash', [['PS1', 'lab:\\w$ ']]);
    session.type('cd; mkdir d');
    session.type('cd d');
    expect(session.terminal.prompt).toBe('lab:~/d$ ');
  });

  it('asks for the rest of an unfinished command', () => {
    const session = new Session();
    session.type('for i in 1 2; do');
    session.type('echo "turn');
    session.type('$i"; done');
    session.type('cat <<END');
    session.type('text');
    session.type('END');
    expect(session.screen).toBe(
      '/ # for i in 1 2; do\n> echo "turn\n> $i"; done\nturn\n1\nturn\n2\n' +
        '/ # cat <<END\n> text\n> END\ntext\n/ # ',
    );
  });

  it('goes on after a mistake', () => {
    const session = new Session();
    session.type('if; then');
    session.type('echo ${x?unset}');
    session.type('echo still here');
    expect(session.screen).toBe(
      '/ # if; then\nsh: syntax error: unexpected ";"\n' +
        '/ # echo ${x?unset}\nsh: x: unset\n/ # echo still here\nstill here\n/ # ',
    );
  });

  it('gives Ctrl-C to the command in the foreground', () => {
    const session = new Session();
    session.type('sleep 100; echo never', 1000);
    expect(session.terminal.reading).toBe(false);
    session.terminal.interrupt();
    session.pass(10);
    session.type('echo $?');
    expect(session.screen).toBe('/ # sleep 100; echo never\n\n/ # echo $?\n130\n/ # ');
  });

  it('ends a loop of its own at Ctrl-C', () => {
    const session = new Session();
    session.type('while :; do :; done', 1000);
    session.terminal.interrupt();
    session.pass(100);
    session.type('echo free');
    expect(session.screen).toBe('/ # while :; do :; done\n\n/ # echo free\nfree\n/ # ');
  });

  it('throws an unfinished line away at Ctrl-C', () => {
    const session = new Session();
    session.type('if true; then');
    session.terminal.interrupt();
    session.pass(10);
    session.type('echo ok');
    expect(session.screen).toBe('/ # if true; then\n> \n/ # echo ok\nok\n/ # ');
  });

  it('lets programs read the lines that follow', () => {
    const session = new Session();
    session.type('cat');
    session.type('to cat');
    session.terminal.endOfInput();
    session.pass(10);
    session.type('read x; echo "got $x"');
    session.type('to read');
    expect(session.screen).toBe(
      '/ # cat\nto cat\nto cat\n/ # read x; echo "got $x"\nto read\ngot to read\n/ # ',
    );
  });

  it('keeps background jobs and tells when they are done', () => {
    const session = new Session();
    session.type('sleep 1 &');
    session.type('jobs');
    session.type('', 2000);
    session.type('');
    session.type('sleep 50 & sleep 60 &');
    session.type('kill %1');
    session.type('');
    session.type('fg', 10);
    session.terminal.interrupt();
    session.pass(10);
    expect(session.screen).toBe(
      [
        '/ # sleep 1 &',
        '/ # jobs',
        '[1]+  Running                    sleep 1',
        '/ # ',
        '/ # ',
        '[1]+  Done                       sleep 1',
        '/ # sleep 50 & sleep 60 &',
        '/ # kill %1',
        '[1]-  Terminated                 sleep 50',
        '/ # ',
        '/ # fg',
        'sleep 60',
        '',
        '/ # ',
      ].join('\n'),
    );
  });

  it('ends at Ctrl-D and when the terminal goes away', () => {
    const session = new Session();
    session.terminal.endOfInput();
    session.pass(10);
    expect(session.shell.exit?.code).toBe(0);
    const other = new Session();
    other.type('sleep 100');
    other.terminal.hangUp();
    other.pass(10);
    expect(other.shell.exit).toBeDefined();
  });
});
