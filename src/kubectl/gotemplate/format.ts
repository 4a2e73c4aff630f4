// fmt.Sprintf for the verbs that templates use: %s %v %q %d %t %f %x, with width, `-` and `0`.
import { goSyntax, goText, goType } from '../jsonpath/go-value.ts';

const maxWidth = 1000;

function verbText(verb: string, value: unknown, precision: string | undefined): string | undefined {
  switch (verb) {
    case 'v':
    case 's':
      if (verb === 's' && (typeof value === 'number' || typeof value === 'boolean'))
        return undefined;
      return verb === 's' && (value === null || value === undefined) ? undefined : goText(value);
    case 'q':
      return typeof value === 'string' ? JSON.stringify(value) : undefined;
    case 'd':
      return typeof value === 'number' && Number.isInteger(value) ? String(value) : undefined;
    case 't':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'f':
      return typeof value === 'number' && !Number.isInteger(value)
        ? value.toFixed(Number(precision ?? '6'))
        : undefined;
    case 'x':
      return typeof value === 'number' && Number.isInteger(value) ? value.toString(16) : undefined;
    default:
      return undefined;
  }
}

/** Formats as Go does, with its marks for what does not fit (`%!d(string=x)`). */
export function goFormat(format: string, args: readonly unknown[]): string {
  let next = 0;
  const text = format.replace(
    /%([-0#+ ]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g,
    (_all, flags: string, width: string, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const value = args[next++];
      const isSyntax = verb === 'v' && flags.includes('#');
      const shown = isSyntax ? goSyntax(value) : verbText(verb, value, precision?.slice(0, 3));
      if (shown === undefined) {
        const isNil = value === null || value === undefined;
        return isNil ? `%!${verb}(<nil>)` : `%!${verb}(${goType(value)}=${goText(value)})`;
      }
      const size = Math.min(Number(width || '0'), maxWidth);
      if (flags.includes('-')) return shown.padEnd(size);
      return shown.padStart(size, flags.includes('0') ? '0' : ' ');
    },
  );
  if (next >= args.length) return text;
  const extra = args.slice(next).map((arg) => `${goType(arg)}=${goText(arg)}`);
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}
