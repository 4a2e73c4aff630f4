// A container: a block whose outline says its state.
import type { ContainerView } from '#lab/view/types.ts';
import { svg } from '../elements.ts';
import { fitted, mark, n, path, text } from './marks.ts';
import type { DrawnState } from './states.ts';

type Outline = (x: number, y: number, w: number, h: number) => string;

const plain: Outline = (x, y, w, h) => `M${x} ${y}h${w}v${h}h${-w}z`;
const cut: Outline = (x, y, w, h) => `M${x} ${y}h${w - 8}l8 8v${h - 8}h${-w}z`;
const arrow: Outline = (x, y, w, h) => `M${x} ${y}h${w - 7}l7 ${h / 2}l-7 ${h / 2}h${-(w - 7)}z`;
const teeth: Outline = (x, y, w, h) => {
  const count = Math.max(2, Math.round(h / 8));
  const step = n(h / count / 2);
  const right = `l-4 ${step}l4 ${step}`.repeat(count);
  const left = `l4 ${-step}l-4 ${-step}`.repeat(count);
  return `M${x} ${y}h${w}${right}h${-w}${left}z`;
};

function outlineOf(kind: ContainerView['kind'], state: DrawnState): Outline {
  if (kind === 'init') return arrow;
  if (state === 'ended' || state === 'failed') return cut;
  return state === 'crash' ? teeth : plain;
}

/** What stands at the right of a block: a port, restarts, an exit code. */
export function noteOf(container: ContainerView): string {
  if (container.restarts > 0) return `${container.restarts}×`;
  if (container.state === 'terminated') return `exit ${container.exitCode ?? ''}`;
  const [port] = container.ports;
  return port === undefined ? '' : `:${port}`;
}

export interface BlockOptions {
  readonly container: ContainerView;
  readonly state: DrawnState;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export function containerBlock({ container, state, x, y, w, h }: BlockOptions): SVGElement {
  const group = svg('g', { class: 'ctr' });
  group.append(path(outlineOf(container.kind, state)(n(x), n(y), n(w), n(h)), `block s-${state}`));
  if (state === 'unready') group.append(path(`M${n(x)} ${n(y)}h18v${n(h)}h-18z`, 'cap s-unready'));
  if (container.kind === 'sidecar') {
    group.append(
      path(`M${n(x)} ${n(y - 3)}h${n(w)}M${n(x)} ${n(y + h + 3)}h${n(w)}`, `rails s-${state}`),
    );
  }
  const isSolid = state === 'ready' || state === 'unready';
  const markX = x + (state === 'crash' ? 13 : 9);
  group.append(mark(state, markX, y + h / 2, h > 18 ? 4 : 3.2, isSolid ? 'on-solid' : ''));
  const nameX = x + (state === 'unready' || state === 'crash' ? 24 : 18);
  const note = noteOf(container);
  const noteWidth = note === '' ? 0 : note.length * 6 + 8;
  const name = fitted(container.name, w - (nameX - x) - noteWidth - 6, 10);
  group.append(text(nameX, y + h / 2 + 3.6, name, `c-name s-${state}`));
  if (note !== '') {
    const inset =
      state === 'ended' || state === 'failed' || state === 'crash' || container.kind === 'init'
        ? 10
        : 6;
    group.append(text(x + w - inset, y + h / 2 + 3.6, note, `c-note s-${state}`, 10, 'end'));
  }
  return group;
}
