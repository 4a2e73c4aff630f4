// Character classes by name, as in `[[:digit:]]`, in the C locale. Shell patterns use them too.

export type Ranges = readonly (readonly [from: number, to: number])[];

const lower: Ranges = [[97, 122]];
const upper: Ranges = [[65, 90]];
const digit: Ranges = [[48, 57]];
const alpha: Ranges = [...upper, ...lower];
const alnum: Ranges = [...digit, ...alpha];
const space: Ranges = [
  [9, 13],
  [32, 32],
];

const classes: ReadonlyMap<string, Ranges> = new Map<string, Ranges>([
  ['alnum', alnum],
  ['alpha', alpha],
  [
    'blank',
    [
      [9, 9],
      [32, 32],
    ],
  ],
  [
    'cntrl',
    [
      [0, 31],
      [127, 127],
    ],
  ],
  ['digit', digit],
  ['graph', [[33, 126]]],
  ['lower', lower],
  ['print', [[32, 126]]],
  [
    'punct',
    [
      [33, 47],
      [58, 64],
      [91, 96],
      [123, 126],
    ],
  ],
  ['space', space],
  ['upper', upper],
  ['xdigit', [...digit, [65, 70], [97, 102]]],
]);

/** The code points of a class, or undefined for a name that is none. */
export function characterClass(name: string): Ranges | undefined {
  return classes.get(name);
}

/** `\w` and `\s`. */
export const wordRanges: Ranges = [...alnum, [95, 95]];
export const spaceRanges: Ranges = space;
