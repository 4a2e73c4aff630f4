// For tests of commands: a container with all commands of a flavour and the shell.
import { sh } from '../shell/sh.ts';
import { TestMachine, type TestMachineOptions } from '../testing.ts';
import type { Flavour } from './base/command.ts';
import { packagePrograms } from './table.ts';

export class CommandBox extends TestMachine {
  constructor(flavour: Flavour = 'busybox', options: TestMachineOptions = {}) {
    super({
      ...options,
      programs: {
        ...packagePrograms(flavour === 'gnu' ? 'workstation' : 'busybox'),
        sh: sh(flavour === 'gnu' ? 'dash' : 'ash'),
        ...options.programs,
      },
      files: {
        'etc/hosts': '127.0.0.1\tlocalhost\n10.244.1.5\tbox\n',
        work: { directory: true },
        ...options.files,
      },
    });
    this.run(['sleep', 'infinity'], { main: true, forMs: 10 });
  }

  /** Runs a line of the shell; standard output, then standard error, then the exit code. */
  line(text: string, options: { readonly stdin?: string; readonly forMs?: number } = {}): string {
    const { stdout, stderr, status } = this.run(['sh', '-c', text], { cwd: '/work', ...options });
    return `${stdout}${stderr}=> ${status?.code ?? 'still running'}`;
  }
}
