// busybox as a program: runs its commands by name.
import { busyboxBanner, commandName } from '../base/command.ts';
import { asErrno } from '../base/errors.ts';
import type { Program } from '../../types.ts';

/** @param names the commands it has, for the list. */
export function busybox(names: () => readonly string[]): Program {
  return function* (process) {
    const [first, ...rest] = process.argv.slice(1);
    if (first === '--list') {
      yield* process.write(
        1,
        names()
          .map((name) => `${name}\n`)
          .join(''),
      );
      return 0;
    }
    if (first === undefined || first === '--help') {
      const list = names().join(', ');
      yield* process.write(
        1,
        `${busyboxBanner}\n\nUsage: busybox [function [arguments]...]\n   or: busybox --list\n\nCurrently defined functions:\n\t${list}\n`,
      );
      return 0;
    }
    const name = commandName({ argv: [first] });
    if (!names().includes(name)) {
      yield* process.write(2, `${name}: applet not found\n`);
      return 127;
    }
    try {
      return yield* process.execute([first, ...rest]);
    } catch (thrown) {
      yield* process.write(2, `${name}: ${asErrno(thrown).message}\n`);
      return 127;
    }
  };
}
