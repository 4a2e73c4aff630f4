// basename, dirname, pwd, readlink, realpath, which: commands about names of files.
import { command } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { isErrno } from '../../errno.ts';
import type { Files } from '../../types.ts';

export const basename = command({
  options: '+as:',
  long: { multiple: 'a', suffix: 's' },
  usage: 'FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...',
  *run(call) {
    const [first, second] = call.operands;
    if (first === undefined) return yield* call.misuse();
    const many = call.has('a') || call.has('s');
    const extra = many ? undefined : call.operands[2];
    if (extra !== undefined) return yield* call.misuse(`extra operand '${extra}'`);
    const suffix = call.value('s') ?? (many ? '' : (second ?? ''));
    for (const path of many ? call.operands : [first]) {
      const name = lastName(path);
      const cut = suffix !== '' && name !== suffix && name.endsWith(suffix);
      yield* call.out.print(`${cut ? name.slice(0, -suffix.length) : name}\n`);
    }
    return 0;
  },
});

export const dirname = command({
  options: '+',
  usage: 'FILENAME',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse();
    for (const path of call.operands) yield* call.out.print(`${folderName(path)}\n`);
    return 0;
  },
});

export const pwd = command({
  options: 'LP',
  usage: '',
  *run(call) {
    yield* call.process.write(1, `${call.process.cwd}\n`);
    return 0;
  },
});

export const readlink = command({
  options: 'fenmqsv',
  long: { canonicalize: 'f', 'no-newline': 'n', quiet: 'q', silent: 's', verbose: 'v' },
  usage: '[-fnv] FILE',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse();
    for (const path of call.operands) {
      try {
        const { files } = call.process;
        const target =
          call.has('f') || call.has('e') ? resolve(call.process.files, path) : files.readlink(path);
        yield* call.out.print(target + (call.has('n') ? '' : '\n'));
      } catch (thrown) {
        const message = errnoText(thrown);
        if (call.has('v')) yield* call.warn(`${path}: ${message}`);
        call.status = 1;
      }
    }
    return call.status;
  },
});

export const realpath = command({
  options: 'ems',
  usage: 'FILE...',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse();
    for (const path of call.operands) {
      try {
        yield* call.out.print(`${resolve(call.process.files, path)}\n`);
      } catch (thrown) {
        yield* call.warn(`${path}: ${errnoText(thrown)}`);
      }
    }
    return call.status;
  },
});

export const which = command({
  options: 'a',
  usage: '[-a] COMMAND...',
  *run(call) {
    const folders = (call.process.env.get('PATH') ?? '').split(':');
    for (const name of call.operands) {
      const paths = name.includes('/')
        ? [name]
        : folders.map((folder) => `${folder || '.'}/${name}`);
      const found = paths.filter((path) => isProgram(call.process.files, path));
      if (found.length === 0) call.status = 1;
      for (const path of call.has('a') ? found : found.slice(0, 1))
        yield* call.out.print(`${path}\n`);
    }
    return call.status;
  },
});

function isProgram(files: Files, path: string): boolean {
  return files.exists(path) && files.stat(path).type === 'file' && files.access(path, 'execute');
}

/** The real path; only its last part may be missing. */
function resolve(files: Files, path: string): string {
  try {
    return files.realpath(path);
  } catch (thrown) {
    if (!isErrno(thrown) || thrown.code !== 'ENOENT') throw thrown;
    const folder = files.realpath(folderName(path));
    return `${folder === '/' ? '' : folder}/${lastName(path)}`;
  }
}

/** The last part of a path; of `/` it is `/`. */
export function lastName(path: string): string {
  const trimmed = trimSlashes(path);
  return trimmed === '/' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** The path without its last part; `.` where there is no other. */
export function folderName(path: string): string {
  const trimmed = trimSlashes(path);
  const slash = trimmed.lastIndexOf('/');
  if (slash < 0) return '.';
  return trimSlashes(trimmed.slice(0, slash + 1));
}

function trimSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
