// A Pod: a capsule with its IP on the rim, containers inside, volumes that touch who mounts them.
import type { NodeView, PodView, VolumeView } from '#lab/view/types.ts';
import { svg } from '../elements.ts';
import { spanText } from '../times.ts';
import { containerBlock } from './container-block.ts';
import { fitted, n, path, text, textWidth } from './marks.ts';
import { containerState, podState } from './states.ts';

const padding = 12;
const blockHeight = 22;
const blockGap = 5;
const volumeHeight = 27;
const headHeight = 28;
const wordHeight = 20;

const shownVolumes = (pod: PodView): readonly VolumeView[] =>
  pod.volumes.filter(({ mounts }) => mounts.length > 0).slice(0, 2);

/** Two blocks a row, so that names stay readable. */
const rowsOf = (pod: PodView): number => Math.ceil(pod.containers.length / 2);

/** How high a Pod is drawn. */
export function podHeight(pod: PodView): number {
  const volumes = shownVolumes(pod).length * (volumeHeight + 11);
  return headHeight + rowsOf(pod) * (blockHeight + blockGap) + volumes + wordHeight;
}

function rimLabel(x: number, y: number, label: string, className: string): readonly SVGElement[] {
  const width = textWidth(label, 10) + 8;
  return [
    svg('rect', { x: n(x), y: n(y - 2.5), width: n(width), height: 5, class: 'rim-gap' }),
    text(x + 4, y + 3.4, label, className),
  ];
}

/** The rim; while the Pod is leaving it runs out clockwise over a dotted ghost. */
function rim(pod: PodView, state: string, box: Box, nowMs: number): readonly SVGElement[] {
  const { x, y, w, h } = box;
  const shape = { x: n(x), y: n(y), width: n(w), height: n(h), rx: 20 };
  const leaving = pod.deadlineMs !== undefined && pod.graceMs !== undefined && pod.graceMs > 0;
  const outline = svg('rect', { ...shape, class: `rim s-${state}${leaving ? ' ghost' : ''}` });
  if (!leaving || pod.deadlineMs === undefined) return [outline];
  const left = Math.max(0, Math.min(1, (pod.deadlineMs - nowMs) / (pod.graceMs ?? 1)));
  const countdown = svg('rect', {
    ...shape,
    pathLength: 100,
    'stroke-dasharray': `${n(left * 100)} 100`,
    class: 'rim s-ending left',
  });
  return [outline, countdown];
}

function cylinder(x: number, y: number, w: number, name: string): SVGElement {
  const h = volumeHeight;
  const e = 5;
  return svg(
    'g',
    { class: 'volume' },
    path(
      `M${n(x)} ${n(y + e)}a${n(w / 2)} ${e} 0 0 1 ${n(w)} 0v${h - 2 * e}a${n(w / 2)} ${e} 0 0 1 ${n(-w)} 0z`,
      'vol-body',
    ),
    path(`M${n(x)} ${n(y + e)}a${n(w / 2)} ${e} 0 0 0 ${n(w)} 0`, 'vol-lip'),
    text(x + w / 2, y + e + (h - e) / 2 + 4.5, fitted(name, w - 10, 10), 't-plain', 10, 'middle'),
  );
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

function statusWord(pod: PodView, nowMs: number): string {
  if (pod.deadlineMs !== undefined && pod.status === 'Terminating') {
    return `Terminating: ${spanText(pod.deadlineMs - nowMs)} left`;
  }
  return `${pod.status} ${pod.readyCount}`;
}

export function podCapsule(
  pod: PodView,
  node: NodeView | undefined,
  box: Box,
  nowMs: number,
): SVGElement {
  const state = podState(pod, node);
  const { x, y, w } = box;
  const group = svg(
    'g',
    { class: `pod s-${state}`, 'data-pod': pod.uid },
    ...rim(pod, state, box, nowMs),
  );
  group.append(
    ...rimLabel(x + 20, y, pod.ip ?? 'no IP yet', pod.ip === undefined ? 't-faint' : 't-ip'),
  );
  const age = spanText(nowMs - pod.createdMs);
  group.append(...rimLabel(x + w - 26 - textWidth(age, 10), y, age, 't-faint'));
  const inner = w - 2 * padding;
  group.append(text(x + padding, y + 20, fitted(pod.name, inner, 10.5), 't-name', 10.5));
  const columns = pod.containers.length > 1 ? 2 : 1;
  const width = (inner - (columns - 1) * 6) / columns;
  const centres = new Map<string, { readonly x: number; readonly bottom: number }>();
  for (const [index, container] of pod.containers.entries()) {
    const left = x + padding + (index % columns) * (width + 6);
    const top = y + headHeight + Math.floor(index / columns) * (blockHeight + blockGap);
    const blockState = containerState(container, node);
    group.append(
      containerBlock({ container, state: blockState, x: left, y: top, w: width, h: blockHeight }),
    );
    centres.set(container.name, { x: left + width / 2, bottom: top + blockHeight });
  }
  let bottom = y + headHeight + rowsOf(pod) * (blockHeight + blockGap) - blockGap;
  for (const volume of shownVolumes(pod)) {
    for (const { container } of volume.mounts) {
      const at = centres.get(container);
      if (at !== undefined)
        group.append(path(`M${n(at.x)} ${n(at.bottom)}V${n(bottom + 12)}`, 'mount'));
    }
    group.append(
      cylinder(x + padding + 16, bottom + 8, inner - 32, `${volume.kind} ${volume.name}`),
    );
    bottom += volumeHeight + 11;
  }
  group.append(text(x + padding, bottom + 14, statusWord(pod, nowMs), `t-word s-${state}`, 9.5));
  return group;
}
