// seq: numbers one below the other.
import { command } from '../base/command.ts';
import { formatFloat, parseFormat, toFixed } from '../base/format.ts';

export const seq = command({
  options: '+s:wf:',
  long: { separator: 's', 'equal-width': 'w', format: 'f' },
  usage: '[-w] [-s SEP] [FIRST [INC]] LAST',
  // A negative number is no option.
  rewrite: (words) => {
    const first = words.findIndex((word) => /^-\.?\d/.test(word));
    return first < 0 ? words : [...words.slice(0, first), '--', ...words.slice(first)];
  },
  *run(call) {
    const operands = call.operands.filter((word) => word !== '--');
    if (operands.length === 0 || operands.length > 3) {
      const extra = operands.length > 3 ? `extra operand '${operands[3] ?? ''}'` : undefined;
      return yield* call.misuse(extra);
    }
    const numbers = operands.map((word) =>
      /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(word) ? Number(word) : NaN,
    );
    const bad = numbers.findIndex((number) => Number.isNaN(number));
    if (bad >= 0)
      return yield* call.misuse(`invalid floating point argument: '${operands[bad] ?? ''}'`);
    const last = numbers.at(-1) ?? 0;
    const first = numbers.length > 1 ? (numbers[0] ?? 1) : 1;
    const step = numbers.length > 2 ? (numbers[1] ?? 1) : 1;
    if (step === 0)
      return yield* call.misuse(`invalid Zero increment value: '${operands[1] ?? ''}'`);
    const places = Math.max(...[first, step].map(fractionDigits));
    const format = call.value('f');
    const piece =
      format === undefined
        ? undefined
        : parseFormat(format).find((each) => each.kind === 'conversion');
    const width = call.has('w')
      ? Math.max(...[first, last].map((each) => toFixedSigned(each, places).length))
      : 0;
    const plain = places === 0 && width === 0 && format === undefined;
    const show = (value: number): string => {
      if (plain) return String(value);
      if (piece?.kind !== 'conversion' || format === undefined)
        return padZeros(toFixedSigned(value, places), width);
      const conversion = {
        ...piece,
        width: Number(piece.width),
        precision: piece.precision === undefined ? undefined : Number(piece.precision),
      };
      return format.replace(piece.text, formatFloat(conversion, value));
    };
    const separator = call.value('s') ?? '\n';
    let printed = 0;
    for (
      let value = first;
      step > 0 ? value <= last + 1e-10 : value >= last - 1e-10;
      value = first + printed * step
    ) {
      yield* call.out.print((printed === 0 ? '' : separator) + show(value));
      printed += 1;
      if (printed % 16 === 0) yield* call.process.work(1);
    }
    if (printed > 0) call.out.put('\n');
    return 0;
  },
});

function fractionDigits(value: number): number {
  const text = String(value);
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

function toFixedSigned(value: number, places: number): string {
  return (value < 0 ? '-' : '') + toFixed(Math.abs(value), Math.min(places, 20));
}

function padZeros(text: string, width: number): string {
  return text.startsWith('-')
    ? `-${text.slice(1).padStart(width - 1, '0')}`
    : text.padStart(width, '0');
}
