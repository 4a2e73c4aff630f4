// The whole picture for a width: docks side by side, or one below the other where there is no room.
import { panes as words } from '../../../../content/strings/en.json';
import type { ClusterView, NodeView, PodView } from '#lab/view/types.ts';
import { svg } from '../elements.ts';
import { text } from './marks.ts';
import { dockFoot, dockHead, nodeDock } from './node-dock.ts';
import { podCapsule, podHeight } from './pod-capsule.ts';

const gap = 14;
const lane = 12;
const betweenPods = 14;
const emptyHeight = 64;
/** Docks narrower than this stand below each other. */
const narrowestDock = 210;

const heightOf = (pods: readonly PodView[]): number =>
  pods.reduce((sum, pod) => sum + podHeight(pod) + betweenPods, 0);

function column(
  pods: readonly PodView[],
  node: NodeView | undefined,
  at: { readonly x: number; readonly y: number; readonly w: number },
  nowMs: number,
): readonly SVGElement[] {
  let y = at.y;
  return pods.map((pod) => {
    const h = podHeight(pod);
    const capsule = podCapsule(pod, node, { x: at.x, y, w: at.w, h }, nowMs);
    y += h + betweenPods;
    return capsule;
  });
}

/** Draws the cluster. The drawing is one picture to a screen reader; the tree says everything in it as text. */
export function drawCluster(
  cluster: ClusterView,
  width: number,
  nowMs: number,
  label: string,
): SVGElement {
  const count = Math.max(1, cluster.nodes.length);
  const sideBySide = (width - (count - 1) * gap) / count >= narrowestDock;
  const dockWidth = sideBySide ? (width - (count - 1) * gap) / count : width;
  const picture = svg('svg', { class: 'pic', role: 'img', 'aria-label': label });
  let top = 6;
  if (cluster.unplaced.length > 0) {
    picture.append(text(2, top + 10, words.unplaced, 't-strong', 10.5));
    const w = Math.min(240, width - 2 * lane);
    picture.append(...column(cluster.unplaced, undefined, { x: lane, y: top + 28, w }, nowMs));
    top += 28 + heightOf(cluster.unplaced);
  }
  const heights = cluster.nodes.map((node) =>
    Math.max(emptyHeight, dockHead + heightOf(node.pods) + dockFoot - 6),
  );
  const tallest = Math.max(emptyHeight, ...heights);
  let bottom = top;
  for (const [index, node] of cluster.nodes.entries()) {
    const x = sideBySide ? index * (dockWidth + gap) : 0;
    const y = sideBySide ? top : bottom;
    const h = sideBySide ? tallest : (heights[index] ?? emptyHeight);
    const pods = column(
      node.pods,
      node,
      { x: x + lane, y: y + dockHead, w: dockWidth - 2 * lane },
      nowMs,
    );
    picture.append(nodeDock(node, { x: x + 1, y, w: dockWidth - 2, h }, pods));
    bottom = sideBySide ? top + tallest : y + h + gap;
  }
  const height = bottom + 8;
  for (const [name, value] of Object.entries({
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
  })) {
    picture.setAttribute(name, String(value));
  }
  return picture;
}
