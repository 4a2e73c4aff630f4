// TaintNodesByCondition: a new node takes no Pods until the node life cycle controller has seen it ready.
import type { Node } from '../../api/generated/types.ts';
import type { AdmissionPlugin } from './plugin.ts';

const key = 'node.kubernetes.io/not-ready';

export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',

  admit(_, { info, operation, subresource }, object) {
    if (info.modelled !== 'Node' || operation !== 'CREATE' || subresource !== '') {
      return { ok: true, object };
    }
    const spec = (object as unknown as Node).spec ?? {};
    const taints = spec.taints ?? [];
    const isTainted = taints.some((taint) => taint.key === key && taint.effect === 'NoSchedule');
    if (isTainted) return { ok: true, object };
    const taint = { effect: 'NoSchedule', key };
    return { ok: true, object: { ...object, spec: { ...spec, taints: [...taints, taint] } } };
  },
};
