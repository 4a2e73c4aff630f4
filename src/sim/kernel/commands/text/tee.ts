// tee: copies standard input to files and to standard output.
import { command } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';

export const tee = command({
  options: 'ai',
  long: { append: 'a', 'ignore-interrupts': 'i' },
  usage: '[-ai] [FILE]...',
  *run(call) {
    const { process } = call;
    if (call.has('i')) process.onSignal('INT', 'ignore');
    const targets: number[] = [];
    for (const path of call.operands) {
      try {
        const how = call.has('a') ? { append: true } : { truncate: true };
        targets.push(process.open(path, { write: true, create: true, ...how }));
      } catch (thrown) {
        yield* call.warn(`${path}: ${errnoText(thrown)}`);
      }
    }
    for (;;) {
      const chunk = yield* process.read(0);
      if (chunk === undefined) return call.status;
      yield* process.write(1, chunk);
      for (const target of targets) yield* process.write(target, chunk);
    }
  },
});
