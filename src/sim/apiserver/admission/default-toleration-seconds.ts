// DefaultTolerationSeconds: a Pod stays five minutes on a node that is not ready or not reachable.
import type { Pod, Toleration } from '../../api/generated/types.ts';
import type { AdmissionPlugin } from './plugin.ts';

const keys = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'] as const;

const added: readonly Toleration[] = keys.map((key) => ({
  effect: 'NoExecute',
  key,
  operator: 'Exists',
  tolerationSeconds: 300,
}));

export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',

  admit(_, { info, subresource }, object) {
    if (info.modelled !== 'Pod' || subresource !== '') return { ok: true, object };
    const spec = (object as Pod).spec ?? { containers: [] };
    const present = spec.tolerations ?? [];
    const missing = added.filter(
      ({ key: wanted }) =>
        !present.some(
          ({ key = '', effect = '' }) =>
            (key === wanted || key === '') && (effect === 'NoExecute' || effect === ''),
        ),
    );
    if (missing.length === 0) return { ok: true, object };
    return {
      ok: true,
      object: { ...object, spec: { ...spec, tolerations: [...present, ...missing] } },
    };
  },
};
