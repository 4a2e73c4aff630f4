// What find does with what it found.
import { asErrno, errnoText } from '../base/errors.ts';
import type { Call } from '../base/command.ts';
import type { Blocking } from '../../types.ts';
import type { Found } from './test.ts';

/** -delete. */
export function* remove(call: Call, { path, stat }: Found): Blocking<boolean> {
  if (path === '.') return true;
  try {
    if (stat.type === 'directory') call.process.files.rmdir(path);
    else call.process.files.unlink(path);
    return true;
  } catch (thrown) {
    yield* call.warn(
      call.say(`${path}: ${errnoText(thrown)}`, `cannot delete '${path}': ${errnoText(thrown)}`),
    );
    return false;
  }
}

/** `-exec ... ;`: once per file; true when the command ended well. */
export function* runEach(call: Call, words: readonly string[], { path }: Found): Blocking<boolean> {
  const argv = words.map((word) => word.split('{}').join(path));
  return (yield* run(call, argv)) === 0;
}

/** `-exec ... +`: once with all paths. */
export function* runTogether(
  call: Call,
  words: readonly string[],
  paths: readonly string[],
): Blocking<void> {
  if ((yield* run(call, [...words.slice(0, -1), ...paths])) !== 0) call.status = 1;
}

function* run(call: Call, argv: readonly string[]): Blocking<number> {
  yield* call.out.flush();
  try {
    const child = call.process.spawn({ argv });
    const ended = yield* call.process.wait(child.pid);
    return ended?.status.code ?? 0;
  } catch (thrown) {
    const { message } = asErrno(thrown);
    yield* call.warn(`${call.say(argv[0] ?? '', `'${argv[0] ?? ''}'`)}: ${message}`);
    return 1;
  }
}
