// chmod, chown, chgrp: who may do what with files.
import { accountsOf } from '../base/accounts.ts';
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import type { Blocking } from '../../types.ts';
import { joinPath } from './copy.ts';
import { parseMode, permissionText } from './modes.ts';

export const chmod = command({
  options: '+Rvcf',
  long: { recursive: 'R', verbose: 'v', changes: 'c', silent: 'f', quiet: 'f' },
  usage: '[-Rcvf] MODE[,MODE]... FILE...',
  // A mode may begin with a hyphen (-x).
  rewrite: (words) => {
    const at = words.findIndex((word) => /^-[rwxst,]+$/.test(word));
    return at < 0 ? words : [...words.slice(0, at), '--', ...words.slice(at)];
  },
  *run(call) {
    const [modeWord, ...paths] = call.operands;
    if (modeWord === undefined || paths.length === 0) {
      return yield* call.misuse(
        modeWord === undefined ? undefined : `missing operand after '${modeWord}'`,
      );
    }
    const { files, umask } = call.process;
    if (parseMode(modeWord, { mode: 0, directory: false, umask }) === undefined) {
      return yield* call.gnu
        ? call.misuse(`invalid mode: '${modeWord}'`)
        : call.fail(`invalid mode '${modeWord}'`);
    }
    for (const path of yield* withDescendants(call, paths)) {
      try {
        const { mode: before, type } = files.stat(path);
        const mode =
          parseMode(modeWord, { mode: before & 0o7777, directory: type === 'directory', umask }) ??
          before;
        files.chmod(path, mode);
        if (call.has('v')) yield* call.out.print(chmodReport(call, path, before & 0o7777, mode));
      } catch (thrown) {
        yield* call.warn(
          `${call.say('', 'changing permissions of ')}${call.say(path, `'${path}'`)}: ${errnoText(thrown)}`,
        );
      }
    }
    return call.status;
  },
});

function chmodReport(call: Call, path: string, before: number, after: number): string {
  const show = (mode: number): string =>
    `${mode.toString(8).padStart(4, '0')} (${permissionText(mode)})`;
  if (!call.gnu) return `mode of '${path}' changed to ${show(after)}\n`;
  return before === after
    ? `mode of '${path}' retained as ${show(after)}\n`
    : `mode of '${path}' changed from ${show(before)} to ${show(after)}\n`;
}

export const chown = command({
  options: 'RvhcfLHP',
  long: { recursive: 'R', verbose: 'v', 'no-dereference': 'h' },
  usage: '[-Rh] USER[:[GRP]] FILE...',
  *run(call) {
    const [owner, ...paths] = call.operands;
    if (owner === undefined || paths.length === 0) {
      return yield* call.misuse(
        owner === undefined ? undefined : `missing operand after '${owner}'`,
      );
    }
    const [userWord = '', groupWord] = call.name === 'chgrp' ? ['', owner] : owner.split(/[:.]/);
    const accounts = accountsOf(call.process);
    const user = userWord === '' ? undefined : accounts.findUser(userWord);
    const group = !groupWord ? undefined : accounts.findGroup(groupWord);
    if (userWord !== '' && user === undefined) {
      return yield* call.fail(call.say(`unknown user ${userWord}`, `invalid user: '${owner}'`));
    }
    if (groupWord && group === undefined) {
      return yield* call.fail(call.say(`unknown group ${groupWord}`, `invalid group: '${owner}'`));
    }
    const { files } = call.process;
    for (const path of yield* withDescendants(call, paths)) {
      try {
        const before = call.has('h') ? files.lstat(path) : files.stat(path);
        // `user:` means the user's own group.
        const gid = group?.id ?? (groupWord === '' ? user?.groupId : undefined) ?? before.gid;
        files.chown(path, user?.id ?? before.uid, gid);
      } catch (thrown) {
        const what = call.name === 'chgrp' ? 'changing group of' : 'changing ownership of';
        yield* call.warn(`${call.say(path, `${what} '${path}'`)}: ${errnoText(thrown)}`);
      }
    }
    return call.status;
  },
});

/** With -R the paths and everything below them; says which cannot be found. */
function* withDescendants(call: Call, paths: readonly string[]): Blocking<string[]> {
  const { files } = call.process;
  const found: string[] = [];
  const pending = [...paths].reverse();
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    try {
      const { type } = files.lstat(path);
      found.push(path);
      if (type !== 'directory' || !call.has('R')) continue;
      yield* call.process.work(1);
      const folder = path;
      pending.push(
        ...files
          .list(path)
          .map((name) => joinPath(folder, name))
          .reverse(),
      );
    } catch (thrown) {
      yield* call.warn(`${call.say(path, `cannot access '${path}'`)}: ${errnoText(thrown)}`);
    }
  }
  return found;
}
