// The values of a command's flags after parsing; asked for by name and type.
import type { FlagSpec } from './spec.ts';
import { parseBool, parseDuration, parseInteger } from './parse-error.ts';

type Value = boolean | string | number | readonly string[];

/** Splits a list the way pflag's CSV reader does: commas separate, double quotes hold together. */
export function splitList(text: string): readonly string[] {
  if (text === '') return [];
  const parts: string[] = [];
  let current = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] ?? '';
    if (quoted) {
      if (char === '"' && text[i + 1] === '"') {
        current += '"';
        i += 1;
      } else if (char === '"') quoted = false;
      else current += char;
    } else if (char === '"' && current === '') quoted = true;
    else if (char === ',') {
      parts.push(current);
      current = '';
    } else current += char;
  }
  parts.push(current);
  return parts;
}

/** One value read from text: what it is, or why it is none. Durations are in milliseconds. */
function readValue(spec: FlagSpec, text: string): { value: Value } | { error: string } {
  const result = ((): Value | { error: string } => {
    switch (spec.type) {
      case 'bool': {
        const value = parseBool(text);
        return typeof value === 'string' ? { error: value } : value;
      }
      case 'int':
      case 'int32': {
        const value = parseInteger(text, spec.type === 'int32' ? 32 : 64);
        return typeof value === 'string' ? { error: value } : value;
      }
      case 'duration': {
        const value = parseDuration(text);
        return typeof value === 'string' ? { error: value } : value.ms;
      }
      case 'slice':
        return splitList(text);
      case 'array':
        return [text];
      case 'map': {
        const bad = splitList(text).find((pair) => !pair.includes('='));
        return bad === undefined
          ? splitList(text)
          : { error: `${bad} must be formatted as key=value` };
      }
      default:
        return text;
    }
  })();
  return typeof result === 'object' && 'error' in result ? result : { value: result };
}

export class Flags {
  readonly specs: ReadonlyMap<string, FlagSpec>;
  readonly #values = new Map<string, Value>();
  readonly #given = new Set<string>();

  constructor(specs: readonly FlagSpec[]) {
    this.specs = new Map(specs.map((spec) => [spec.name, spec]));
    for (const spec of specs) {
      const read =
        spec.defaultText === '' && spec.type !== 'string'
          ? { value: [] }
          : readValue(spec, spec.defaultText);
      if ('error' in read) throw new Error(`flag table: default of ${spec.name}: ${read.error}`);
      this.#values.set(spec.name, read.value);
    }
  }

  /** Takes a value from the command line; returns why it cannot be read. */
  set(spec: FlagSpec, text: string): string | undefined {
    const read = readValue(spec, text);
    if ('error' in read) return read.error;
    const old = this.#values.get(spec.name);
    const adds = Array.isArray(read.value) && this.#given.has(spec.name);
    this.#values.set(
      spec.name,
      adds && Array.isArray(old) ? [...(old as string[]), ...(read.value as string[])] : read.value,
    );
    this.#given.add(spec.name);
    return undefined;
  }

  has(name: string): boolean {
    return this.specs.has(name);
  }

  /** Whether the flag stood on the command line. */
  given(name: string): boolean {
    return this.#given.has(name);
  }

  bool(name: string): boolean {
    return this.#values.get(name) === true;
  }

  /** The text of a flag; '' too where the command has no such flag. */
  text(name: string): string {
    const value = this.#values.get(name);
    return typeof value === 'string' ? value : '';
  }

  /** A number; durations in milliseconds. */
  number(name: string): number {
    const value = this.#values.get(name);
    return typeof value === 'number' ? value : 0;
  }

  list(name: string): readonly string[] {
    const value = this.#values.get(name);
    return Array.isArray(value) ? (value as readonly string[]) : [];
  }
}
