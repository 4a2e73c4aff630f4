// One mark per state, readable without colour.
import { svg } from '../elements.ts';
import type { DrawnState } from './states.ts';

/** Coordinates with two decimals at most. */
export const n = (value: number): number => Number(value.toFixed(2));

export const path = (d: string, className: string): SVGElement =>
  svg('path', { d, class: className });

type Draw = (x: number, y: number, r: number) => readonly SVGElement[];

const circle = (x: number, y: number, r: number, className: string): SVGElement =>
  svg('circle', { cx: n(x), cy: n(y), r, class: className });

const draws: Readonly<Record<DrawnState, Draw>> = {
  ready: (x, y, r) => [circle(x, y, r, 'm-fill')],
  unready: (x, y, r) => [
    circle(x, y, r, 'm-line'),
    path(`M${n(x)} ${n(y - r)}a${r} ${r} 0 0 1 0 ${2 * r}z`, 'm-fill'),
  ],
  waiting: (x, y, r) => [circle(x, y, r, 'm-line m-dash')],
  ended: (x, y, r) => [
    svg('rect', {
      x: n(x - r * 0.9),
      y: n(y - r * 0.9),
      width: n(r * 1.8),
      height: n(r * 1.8),
      class: 'm-fill',
    }),
  ],
  failed: (x, y, r) => {
    const k = r * 0.85;
    const d = `M${n(x - k)} ${n(y - k)}L${n(x + k)} ${n(y + k)}M${n(x + k)} ${n(y - k)}L${n(x - k)} ${n(y + k)}`;
    return [path(d, 'm-line m-thick')];
  },
  crash: (x, y, r) => [
    path(
      `M${n(x + r * 0.8)} ${n(y - r * 0.6)}A${r} ${r} 0 1 0 ${n(x + r)} ${n(y + r * 0.25)}`,
      'm-line m-mid',
    ),
    path(`M${n(x + r * 1.25)} ${n(y - r * 1.25)}l0 ${n(r * 1.05)}l${n(-r * 1.05)} 0z`, 'm-fill'),
  ],
  unknown: (x, y, r) => [circle(x, y, r, 'm-line m-dot')],
  ending: (x, y, r) => [
    circle(x, y, r, 'm-line'),
    path(`M${n(x)} ${n(y)}L${n(x)} ${n(y - r)}A${r} ${r} 0 0 0 ${n(x - r)} ${n(y)}z`, 'm-fill'),
  ],
};

/** The mark of a state, with its centre at a point. */
export function mark(
  state: DrawnState,
  x: number,
  y: number,
  radius = 4,
  className = '',
): SVGElement {
  return svg('g', { class: `mark s-${state} ${className}` }, ...draws[state](x, y, radius));
}

const glyphWidth = 0.6;

/** Width of text in the machine face. */
export const textWidth = (text: string, size: number): number => text.length * size * glyphWidth;

export function text(
  x: number,
  y: number,
  words: string,
  className: string,
  size = 10,
  anchor: 'start' | 'middle' | 'end' = 'start',
): SVGElement {
  return svg(
    'text',
    { x: n(x), y: n(y), class: className, 'font-size': size, 'text-anchor': anchor },
    words,
  );
}

/** Text shortened in the middle so that it fits a width. */
export function fitted(words: string, width: number, size: number): string {
  const most = Math.floor(width / (size * glyphWidth));
  if (words.length <= most) return words;
  const tail = Math.min(6, Math.floor(most / 2));
  return `${words.slice(0, Math.max(1, most - tail - 1))}…${words.slice(-tail)}`;
}
