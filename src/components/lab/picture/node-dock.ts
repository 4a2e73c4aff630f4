// A node: a dock whose thick lower edge is the quay; broken when the node is silent.
import { panes as words } from '../../../../content/strings/en.json';
import type { NodeView } from '#lab/view/types.ts';
import { svg } from '../elements.ts';
import { mark, n, path, text, textWidth } from './marks.ts';

export const dockHead = 34;
export const dockFoot = 12;
const ticks = 10;

function note(node: NodeView): string {
  if (node.ready === 'Unknown') return words.nodeSilent;
  if (node.ready === 'False') return words.nodeNotReady;
  return node.cordoned ? words.cordoned : '';
}

/** Ten ticks of the cpu that Pods have requested. */
function cpu(node: NodeView, x: number, y: number): readonly SVGElement[] {
  const share = node.cpuMilli.requested / Math.max(1, node.cpuMilli.allocatable);
  const on = Math.min(ticks, Math.ceil(share * ticks));
  const lines = Array.from({ length: ticks }, (_, index) =>
    path(`M${n(x - (ticks - 1 - index) * 6)} ${n(y + 11)}v7`, index < on ? 'cap-on' : 'cap-off'),
  );
  return [...lines, text(x - ticks * 6 - 2, y + 18, 'cpu', 't-faint', 9, 'end')];
}

export function nodeDock(
  node: NodeView,
  box: { readonly x: number; readonly y: number; readonly w: number; readonly h: number },
  pods: readonly SVGElement[],
): SVGElement {
  const { x, y, w, h } = box;
  const down = node.ready !== 'True';
  const state = down ? 'down' : 'up';
  const group = svg('g', { class: `node ${state}` });
  group.append(
    path(
      `M${x} ${y + h}V${y + 8}a8 8 0 0 1 8 -8H${x + w - 8}a8 8 0 0 1 8 8V${y + h}`,
      `dock ${state}`,
    ),
  );
  if (down) {
    group.append(
      path(`M${x} ${y + h}H${n(x + w * 0.42)}l5 -6l6 12l5 -6`, 'quay down'),
      path(`M${n(x + w * 0.58)} ${y + h}l4 -5M${n(x + w * 0.58)} ${y + h}H${x + w}`, 'quay down'),
      mark('failed', x + 25 + textWidth(node.name, 11), y + 14, 4),
    );
  } else {
    group.append(path(`M${x} ${y + h}H${x + w}`, 'quay'));
  }
  group.append(text(x + 12, y + 18, node.name, 't-node', 11));
  const label = note(node);
  if (label === '') group.append(...cpu(node, x + w - 12, y));
  else
    group.append(text(x + w - 12, y + 18, label, down ? 't-word s-failed' : 't-faint', 10, 'end'));
  group.append(...pods);
  return group;
}
