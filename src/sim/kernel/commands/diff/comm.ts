// comm: lines of two sorted files, in three columns.
import { command } from '../base/command.ts';
import { LineReader, namedFailure, openInput } from '../base/lines.ts';

export const comm = command({
  options: '123',
  usage: '[-123] FILE1 FILE2',
  *run(call) {
    const [left, right] = call.operands;
    if (left === undefined || right === undefined) {
      return yield* call.misuse(left === undefined ? undefined : `missing operand after '${left}'`);
    }
    const readers: LineReader[] = [];
    for (const path of [left, right]) {
      const descriptor = yield* openInput(call, path, namedFailure);
      if (descriptor === undefined) return call.status;
      readers.push(new LineReader(call.process, descriptor));
    }
    const [first, second] = readers as [LineReader, LineReader];
    const show = (column: 1 | 2 | 3, text: string): void => {
      if (call.has(String(column))) return;
      const before = [1, 2].filter((each) => each < column && !call.has(String(each))).length;
      call.out.put(`${'\t'.repeat(before)}${text}\n`);
    };
    // GNU tells once per file that its lines are not in order, once that makes a difference.
    const unsorted = new Set<number>();
    let unpaired = false;
    const advance = function* (reader: LineReader, file: number, before: string) {
      const line = yield* reader.next();
      if (call.gnu && unpaired && line !== undefined && line.text < before && !unsorted.has(file)) {
        unsorted.add(file);
        yield* call.warn(`file ${file} is not in sorted order`);
      }
      return line;
    };
    let a = yield* first.next();
    let b = yield* second.next();
    while (a !== undefined || b !== undefined) {
      if (call.out.full) yield* call.out.flush();
      if (a !== undefined && b !== undefined && a.text === b.text) {
        show(3, a.text);
        a = yield* advance(first, 1, a.text);
        b = yield* advance(second, 2, b.text);
      } else if (b === undefined || (a !== undefined && a.text < b.text)) {
        unpaired = true;
        show(1, a?.text ?? '');
        a = yield* advance(first, 1, a?.text ?? '');
      } else {
        unpaired = true;
        show(2, b.text);
        b = yield* advance(second, 2, b.text);
      }
    }
    if (unsorted.size > 0) yield* call.warn('input is not in sorted order');
    return call.status;
  },
});
