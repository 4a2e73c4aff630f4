// tr: translates, squeezes or deletes characters.
import { command } from '../base/command.ts';
import { unescape } from '../base/escapes.ts';
import { charactersPerStep } from '../base/lines.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digit = '0123456789';
const punct = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const classes: Readonly<Record<string, string>> = {
  lower,
  upper,
  alpha: upper + lower,
  digit,
  alnum: digit + upper + lower,
  punct,
  space: '\t\n\v\f\r ',
  blank: '\t ',
  xdigit: `${digit}ABCDEFabcdef`,
  cntrl: controls(),
  print: ` ${digit}${upper}${lower}${punct}`,
  graph: `${digit}${upper}${lower}${punct}`,
};

export const tr = command({
  options: '+cCdst',
  long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' },
  usage: '[-cds] STRING1 [STRING2]',
  *run(call) {
    const [first, second] = call.operands;
    if (first === undefined) return yield* call.misuse();
    const translates = !call.has('d') && second !== undefined;
    if (second === undefined && !call.has('d') && !call.has('s')) {
      return yield* call.misuse(
        `missing operand after '${first}'\nTwo strings must be given when translating.`,
      );
    }
    const from = new Set(expandSet(first));
    const complement = call.has('c') || call.has('C');
    const inFirst = (character: string): boolean => from.has(character) !== complement;
    const to = expandSet(second ?? '');
    if (translates && to.length === 0) {
      return yield* call.fail(
        call.say('STRING2 cannot be empty', 'when not truncating set1, string2 must be non-empty'),
      );
    }
    const table = new Map<string, string>();
    const last = to.at(-1) ?? '';
    const rest = call.has('t') ? undefined : last;
    expandSet(first).forEach((character, index) => {
      const mapped = to[index] ?? rest;
      if (mapped !== undefined) table.set(character, mapped);
    });
    const squeezed = squeezeTest(call.has('s'), second === undefined ? inFirst : to);
    let before = '';
    for (;;) {
      const chunk = yield* call.process.read(0);
      if (chunk === undefined) return call.status;
      yield* call.process.work(Math.ceil(chunk.length / charactersPerStep));
      let result = '';
      for (const character of chunk) {
        if (call.has('d') && inFirst(character)) continue;
        const mapped = !translates
          ? character
          : complement
            ? inFirst(character)
              ? last
              : character
            : (table.get(character) ?? character);
        if (mapped === before && squeezed(mapped)) continue;
        before = mapped;
        result += mapped;
      }
      yield* call.process.write(1, result);
    }
  },
});

function squeezeTest(
  squeezes: boolean,
  set: readonly string[] | ((character: string) => boolean),
): (character: string) => boolean {
  if (!squeezes) return () => false;
  if (typeof set === 'function') return set;
  const characters = new Set(set);
  return (character) => characters.has(character);
}

/** `a-z`, `[:upper:]`, `\n`, `[x*3]` as the characters they stand for. */
function expandSet(set: string): readonly string[] {
  // An escaped backslash or hyphen must not be read as one: escapes come first, hyphens are found by position.
  const text = [...unescape(set, 'anywhere').text];
  const result: string[] = [];
  let index = 0;
  while (index < text.length) {
    const rest = text.slice(index, index + 12).join('');
    const named = /^\[:([a-z]{5,6}):\]/.exec(rest);
    const characters = classes[named?.[1] ?? ''];
    if (named !== null && characters !== undefined) {
      result.push(...characters);
      index += named[0].length;
      continue;
    }
    const repeated = /^\[(.)\*(\d{0,4})\]/su.exec(rest);
    if (repeated !== null) {
      for (let count = Number(repeated[2] || 256); count > 0; count -= 1)
        result.push(repeated[1] ?? '');
      index += [...repeated[0]].length;
      continue;
    }
    const start = text[index] ?? '';
    const end = text[index + 1] === '-' ? text[index + 2] : undefined;
    if (end === undefined || end < start) {
      result.push(start);
      index += 1;
      continue;
    }
    const lastCode = end.codePointAt(0) ?? 0;
    for (
      let code = start.codePointAt(0) ?? 0;
      code <= lastCode && result.length < 70_000;
      code += 1
    ) {
      result.push(String.fromCodePoint(code));
    }
    index += 3;
  }
  return result;
}

function controls(): string {
  let text = '';
  for (let code = 0; code < 32; code += 1) text += String.fromCharCode(code);
  return `${text}\x7f`;
}
