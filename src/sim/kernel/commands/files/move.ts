// cp, mv, rm, ln: putting files elsewhere and away.
import { asErrno, errnoText } from '../base/errors.ts';
import { command } from '../base/command.ts';
import { copyTree, destinations, removeTree, statOf } from './copy.ts';
import { lastName } from './names.ts';

export const cp = command({
  options: 'arRpfinlsTuvLPHdt:',
  long: {
    archive: 'a',
    recursive: 'r',
    force: 'f',
    'no-clobber': 'n',
    verbose: 'v',
    'target-directory': 't',
    'no-target-directory': 'T',
    'no-dereference': 'P',
    dereference: 'L',
    preserve: 'p',
    update: 'u',
  },
  usage: '[-arPLHpfinlsTu] SOURCE DEST\ncp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }',
  *run(call) {
    const pairs = yield* destinations(call, true);
    if (typeof pairs === 'number') return pairs;
    const archive = call.has('a');
    const recursive = archive || call.has('r') || call.has('R');
    const keepLinks = !call.has('L') && (archive || recursive || call.has('P') || call.has('d'));
    for (const [from, to] of pairs) {
      const [source, target] = [statOf(call, from), statOf(call, to)];
      if (target !== undefined && call.has('n')) continue;
      if (call.has('u') && target !== undefined && (source?.modifiedMs ?? 0) <= target.modifiedMs)
        continue;
      const options = { recursive, keepLinks, preserve: archive || call.has('p') };
      if ((yield* copyTree(call, from, to, options)) && call.has('v')) {
        yield* call.out.print(`'${from}' -> '${to}'\n`);
      }
    }
    return call.status;
  },
});

export const mv = command({
  options: 'finvTut:',
  long: {
    force: 'f',
    'no-clobber': 'n',
    verbose: 'v',
    'target-directory': 't',
    'no-target-directory': 'T',
    update: 'u',
  },
  usage: '[-finT] SOURCE DEST\nmv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }',
  *run(call) {
    const pairs = yield* destinations(call, true);
    if (typeof pairs === 'number') return pairs;
    const { files } = call.process;
    for (const [from, to] of pairs) {
      if (call.has('n') && statOf(call, to, true) !== undefined) continue;
      try {
        files.lstat(from);
      } catch (thrown) {
        yield* call.warn(
          `${call.say("can't rename", 'cannot stat')} '${from}': ${errnoText(thrown)}`,
        );
        continue;
      }
      try {
        files.rename(from, to);
      } catch (thrown) {
        const { code, message } = asErrno(thrown);
        if (code === 'EXDEV') {
          const options = { recursive: true, keepLinks: true, preserve: true };
          const moved =
            (yield* copyTree(call, from, to, options)) &&
            (yield* removeTree(call, from, { recursive: true, force: false, verbose: false }));
          if (!moved) continue;
        } else {
          const gnuText =
            code === 'EINVAL'
              ? `cannot move '${from}' to a subdirectory of itself, '${to}'`
              : `cannot move '${from}' to '${to}': ${message}`;
          yield* call.warn(call.say(`can't rename '${from}': ${message}`, gnuText));
          continue;
        }
      }
      if (call.has('v')) yield* call.out.print(`${call.say('', 'renamed ')}'${from}' -> '${to}'\n`);
    }
    return call.status;
  },
});

export const rm = command({
  options: 'rRfivd{no-preserve-root}',
  long: {
    recursive: 'r',
    force: 'f',
    verbose: 'v',
    dir: 'd',
    'no-preserve-root': 'no-preserve-root',
  },
  usage: '[-irf] FILE...',
  *run(call) {
    const force = call.has('f');
    if (call.operands.length === 0) return force ? 0 : yield* call.misuse();
    const recursive = call.has('r') || call.has('R');
    for (const path of call.operands) {
      const name = lastName(path);
      if (name === '.' || name === '..') {
        yield* call.warn(
          call.say(
            "can't remove '.' or '..'",
            `refusing to remove '.' or '..' directory: skipping '${path}'`,
          ),
        );
      } else if (call.gnu && recursive && name === '/' && !call.has('no-preserve-root')) {
        yield* call.warn("it is dangerous to operate recursively on '/'");
        yield* call.warn('use --no-preserve-root to override this failsafe');
      } else {
        yield* removeTree(call, path, { recursive, force, verbose: call.has('v') });
      }
    }
    return call.status;
  },
});

export const ln = command({
  options: 'sfnvTt:ir',
  long: { symbolic: 's', force: 'f', 'no-dereference': 'n', verbose: 'v' },
  usage: '[-sfnbtv] [-S SUF] TARGET... LINK|DIR',
  *run(call) {
    const [only, second] = call.operands;
    // One operand: a link of that name here.
    const pairs =
      only !== undefined && second === undefined
        ? [[only, `./${lastName(only)}`] as const]
        : yield* destinations(call, !call.has('n'));
    if (typeof pairs === 'number') return pairs;
    const { files } = call.process;
    for (const [target, link] of pairs) {
      try {
        if (!call.has('s')) files.lstat(target);
      } catch (thrown) {
        const message = errnoText(thrown);
        yield* call.warn(
          call.say(`${target}: ${message}`, `failed to access '${target}': ${message}`),
        );
        continue;
      }
      try {
        if (call.has('f') && statOf(call, link, true) !== undefined) files.unlink(link);
        if (call.has('s')) files.symlink(target, link);
        else files.link(target, link);
        if (call.has('v')) yield* call.out.print(`'${link}' -> '${target}'\n`);
      } catch (thrown) {
        const message = errnoText(thrown);
        const kind = call.has('s') ? 'symbolic' : 'hard';
        yield* call.warn(
          call.say(`${link}: ${message}`, `failed to create ${kind} link '${link}': ${message}`),
        );
      }
    }
    return call.status;
  },
});
