// cut: columns of bytes, characters or fields.
import { command } from '../base/command.ts';
import { eachLine, inputsOf } from '../base/lines.ts';

const maxPosition = 1_000_000_000;

export const cut = command({
  options: 'b:c:f:d:sn{complement}{output-delimiter}:',
  long: {
    bytes: 'b',
    characters: 'c',
    fields: 'f',
    delimiter: 'd',
    'only-delimited': 's',
    complement: 'complement',
    'output-delimiter': 'output-delimiter',
  },
  usage: '[OPTIONS] [FILE]...',
  *run(call) {
    const unit = call.last('bcf');
    const list = unit === undefined ? undefined : call.value(unit);
    if (unit === undefined || list === undefined) {
      const what = 'a list of bytes, characters, or fields';
      return yield* call.gnu
        ? call.misuse(`you must specify ${what}`)
        : call.fail(`expected ${what}`);
    }
    const ranges = parseRanges(list);
    if (ranges === undefined) {
      return yield* call.gnu
        ? call.misuse(
            /(?:^|,)0/.test(list)
              ? 'fields are numbered from 1'
              : /(\d+)-(\d+)/.test(list)
                ? 'invalid decreasing range'
                : `invalid ${unit === 'f' ? 'field' : 'byte or character position'} value '${list}'`,
          )
        : call.fail(`invalid range ${list}`);
    }
    const delimiter = call.value('d') ?? '\t';
    if ([...delimiter].length > 1) {
      return yield* call.gnu
        ? call.misuse('the delimiter must be a single character')
        : call.fail('bad delimiter: not a single character');
    }
    const complement = call.has('complement');
    const joiner = call.value('output-delimiter') ?? (unit === 'f' ? delimiter : '');
    yield* eachLine(call, inputsOf(call.operands), ({ text }) => {
      if (unit === 'f' && !text.includes(delimiter)) {
        if (!call.has('s')) call.out.put(`${text}\n`);
        return;
      }
      const parts = unit === 'f' ? text.split(delimiter) : [...text];
      const kept = parts.filter((_, index) => includes(ranges, index + 1) !== complement);
      call.out.put(`${kept.join(joiner)}\n`);
    });
    return call.status;
  },
});

type Range = readonly [first: number, last: number];

/** `1,3-5,7-`; undefined when it is no such list. */
function parseRanges(list: string): readonly Range[] | undefined {
  const ranges: Range[] = [];
  for (const word of list.split(/[, ]/)) {
    const found = /^(\d{0,9})(-?)(\d{0,9})$/.exec(word);
    if (found === null || word === '' || word === '-') return undefined;
    const [, first = '', dash = '', last = ''] = found;
    const from = Number(first || 1);
    const to = dash === '' ? from : Number(last || maxPosition);
    if (from < 1 || to < from) return undefined;
    ranges.push([from, to]);
  }
  return ranges;
}

function includes(ranges: readonly Range[], position: number): boolean {
  return ranges.some(([first, last]) => position >= first && position <= last);
}
