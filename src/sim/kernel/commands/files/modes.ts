// Permissions as text: `rw-r--r--`, `u+x`, `644`.
import type { FileStat } from '../../types.ts';

const typeLetters: Readonly<Record<FileStat['type'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  fifo: 'p',
  device: 'c',
  socket: 's',
};

/** `drwxr-xr-x`. */
export function modeText({ type, mode }: Pick<FileStat, 'type' | 'mode'>): string {
  return typeLetters[type] + permissionText(mode);
}

/** `rwxr-xr-x`, with s, S, t and T for the special bits. */
export function permissionText(mode: number): string {
  let text = '';
  for (const [shift, special, letter] of [
    [6, 0o4000, 's'],
    [3, 0o2000, 's'],
    [0, 0o1000, 't'],
  ] as const) {
    const bits = (mode >> shift) & 7;
    text += (bits & 4 ? 'r' : '-') + (bits & 2 ? 'w' : '-');
    const executable = (bits & 1) !== 0;
    if ((mode & special) === 0) text += executable ? 'x' : '-';
    else text += executable ? letter : letter.toUpperCase();
  }
  return text;
}

/** The mode that a text makes of another: octal digits, or `u+x,g=r`; undefined when it is none. */
export function parseMode(
  text: string,
  current: { readonly mode: number; readonly directory: boolean; readonly umask: number },
): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let mode = current.mode;
  for (const clause of text.split(',')) {
    const found = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause);
    if (found === null) return undefined;
    const [, who = '', actions = ''] = found;
    for (const [, operator = '', what = ''] of actions.matchAll(/([-+=])([^-+=]*)/g)) {
      mode = applyAction(mode, who, operator, what, current);
    }
  }
  return mode;
}

function applyAction(
  mode: number,
  who: string,
  operator: string,
  what: string,
  current: { readonly directory: boolean; readonly umask: number },
): number {
  const all = who === '' || who.includes('a');
  const shifts = [
    ...(all || who.includes('u') ? [6] : []),
    ...(all || who.includes('g') ? [3] : []),
    ...(all || who.includes('o') ? [0] : []),
  ];
  const copied = { u: 6, g: 3, o: 0 }[what];
  const wantsX =
    what.includes('x') || (what.includes('X') && (current.directory || (mode & 0o111) !== 0));
  const bits =
    copied === undefined
      ? (what.includes('r') ? 4 : 0) | (what.includes('w') ? 2 : 0) | (wantsX ? 1 : 0)
      : (mode >> copied) & 7;
  let mask = shifts.reduce((sum, shift) => sum | (bits << shift), 0);
  // Without a letter for whom, the umask protects its bits.
  if (who === '') mask &= ~current.umask;
  if (what.includes('s'))
    mask |= (shifts.includes(6) ? 0o4000 : 0) | (shifts.includes(3) ? 0o2000 : 0);
  if (what.includes('t')) mask |= 0o1000;
  if (operator === '+') return mode | mask;
  if (operator === '-') return mode & ~mask;
  const cleared = shifts.reduce((sum, shift) => sum | (7 << shift), 0);
  return (mode & ~cleared) | mask;
}
