// What a Pod or a node would rather have: preferred node affinity, PreferNoSchedule taints, images already there.
import { matchesNodeSelectorTerm } from '../node-affinity.ts';
import { tolerates } from '../filters/node-basics.ts';
import { normalised, maxScore, type ScorePlugin } from './score.ts';

export const preferredNodes: ScorePlugin = {
  weight: 2,
  scores(pod, nodes) {
    const preferred =
      pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    return normalised(
      nodes.map(({ node }) =>
        preferred
          .filter(({ preference }) => matchesNodeSelectorTerm(preference, node))
          .reduce((sum, { weight }) => sum + weight, 0),
      ),
    );
  },
};

export const preferNoSchedule: ScorePlugin = {
  weight: 3,
  scores(pod, nodes) {
    const tolerations = (pod.spec.tolerations ?? []).filter(
      ({ effect = '' }) => effect === '' || effect === 'PreferNoSchedule',
    );
    const intolerable = nodes.map(
      ({ node }) =>
        (node.spec.taints ?? []).filter(
          (taint) =>
            taint.effect === 'PreferNoSchedule' &&
            !tolerations.some((toleration) => tolerates(toleration, taint)),
        ).length,
    );
    return normalised(intolerable, true);
  },
};

const megabyte = 1024 * 1024;
const leastImageBytes = 23 * megabyte;
const mostImageBytesPerContainer = 1000 * megabyte;

/** Nodes that hold the Pod's images already, large ones counting more (plugins/imagelocality). */
export const imageLocality: ScorePlugin = {
  weight: 1,
  scores(pod, nodes) {
    const images = pod.spec.containers.map(({ image = '' }) => image);
    const most = mostImageBytesPerContainer * images.length;
    return nodes.map(({ node }) => {
      const bytes = images.reduce((sum, image) => {
        const found = (node.status.images ?? []).find(({ names = [] }) =>
          names.some((name) => name === image || name.endsWith(`/${image}`)),
        );
        return sum + (found?.sizeBytes ?? 0);
      }, 0);
      const bounded = Math.min(Math.max(bytes, leastImageBytes), most);
      return Math.floor((maxScore * (bounded - leastImageBytes)) / (most - leastImageBytes));
    });
  },
};
