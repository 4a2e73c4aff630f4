// find: walks folders and tells what fits.
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import type { Blocking, FileStat } from '../../types.ts';
import { joinPath } from '../files/copy.ts';
import { finishGathered, FindParser, type FindExpression } from './expression.ts';
import { FindError, type FindState } from './test.ts';

export const find = command({
  options: '+HLP',
  usage: '[-HL] [PATH]... [OPTIONS] [ACTIONS]',
  // Only -H, -L and -P are options; everything from the first path or test on is find's own grammar.
  rewrite: (words) => {
    const count = words.findIndex(
      (word) => !/^-[HLP]$/.test(word) && !/^--(help|version)$/.test(word),
    );
    return count < 0 ? words : [...words.slice(0, count), '--', ...words.slice(count)];
  },
  *run(call) {
    const firstTest = call.operands.findIndex((word) => /^[-!(]/.test(word) && word !== '-');
    const paths = firstTest < 0 ? call.operands : call.operands.slice(0, firstTest);
    const words = firstTest < 0 ? [] : call.operands.slice(firstTest);
    let expression: FindExpression;
    try {
      expression = new FindParser(call, words).parse();
    } catch (thrown) {
      if (!(thrown instanceof FindError)) throw thrown;
      yield* call.warn(thrown.message);
      // busybox shows its usage after a word that it does not know.
      if (!call.gnu && thrown.message.startsWith('unrecognized')) return yield* call.misuse();
      return 1;
    }
    const state: FindState = { pruned: false, quit: false, gathered: new Map() };
    for (const path of paths.length > 0 ? paths : ['.'])
      yield* walk(call, expression, state, path, 0);
    yield* finishGathered(call, state);
    return call.status;
  },
});

function* walk(
  call: Call,
  expression: FindExpression,
  state: FindState,
  path: string,
  depth: number,
): Blocking<void> {
  const { files } = call.process;
  yield* call.process.work(1);
  const follows = call.has('L') || (call.has('H') && depth === 0);
  let stat: FileStat;
  try {
    stat = follows && files.exists(path) ? files.stat(path) : files.lstat(path);
  } catch (thrown) {
    yield* complain(call, path, thrown);
    return;
  }
  state.pruned = false;
  const tested = depth >= expression.minDepth;
  if (tested && !expression.depthFirst) yield* expression.test({ path, stat }, state);
  if (state.quit) return;
  if (stat.type === 'directory' && depth < expression.maxDepth && !state.pruned) {
    try {
      for (const name of files.list(path)) {
        yield* walk(call, expression, state, joinPath(path, name), depth + 1);
        if (state.quit) return;
      }
    } catch (thrown) {
      yield* complain(call, path, thrown);
    }
  }
  if (tested && expression.depthFirst) yield* expression.test({ path, stat }, state);
}

function* complain(call: Call, path: string, thrown: unknown): Blocking<void> {
  yield* call.warn(`${call.say(path, `'${path}'`)}: ${errnoText(thrown)}`);
}
