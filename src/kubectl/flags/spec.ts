// Flags as data: what a command accepts, in the notation of flags/table.ts.

/** Go's types behind the flags; they decide how a value is read and how a default is shown. */
export type FlagType = 'bool' | 'string' | 'int' | 'int32' | 'duration' | 'slice' | 'array' | 'map';

export interface FlagSpec {
  readonly name: string;
  /** One letter, or ''. */
  readonly shorthand: string;
  readonly type: FlagType;
  /** The value without the flag, as text ('' for an empty list). */
  readonly defaultText: string;
  /** The value of a flag given without one (`--dry-run`), or undefined where it needs one. */
  readonly bareValue: string | undefined;
}

const typeMarks: Readonly<Record<string, FlagType>> = {
  '!': 'bool',
  '=': 'string',
  '#': 'int',
  '%': 'int32',
  '~': 'duration',
  '*': 'slice',
  '+': 'array',
  '^': 'map',
};

const bareValues: Readonly<Record<string, string>> = {
  'dry-run': 'unchanged',
  validate: 'strict',
  cascade: 'background',
};

/**
 * Reads one entry: `w,watch!false`, `output=`, `chunk-size#500`. The mark between name and default says the type:
 * `!` bool, `=` string, `#` int, `%` int32, `~` duration, `*` slice, `+` array, `^` map.
 */
export function parseFlagSpec(entry: string): FlagSpec {
  const found = /^(?:(\w),)?([\w-]+)([!=#%~*+^])(.*)$/.exec(entry);
  if (!found) throw new Error(`flag table: cannot read ${entry}`);
  const [, shorthand = '', name = '', mark = '', defaultText = ''] = found;
  const type = typeMarks[mark] ?? 'string';
  const bareValue = type === 'bool' ? 'true' : type === 'string' ? bareValues[name] : undefined;
  return { name, shorthand, type, defaultText, bareValue };
}

/** The default as help shows it: `''` around strings, `[]` around lists. */
export function shownDefault(spec: FlagSpec): string {
  if (spec.type === 'string') return `'${spec.defaultText}'`;
  if (spec.type === 'slice' || spec.type === 'array' || spec.type === 'map') {
    return `[${spec.defaultText}]`;
  }
  return spec.defaultText;
}
