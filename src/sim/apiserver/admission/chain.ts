// All admission plugins in the order of kube-apiserver (pkg/kubeapiserver/options/plugins.go).
import type { KubeObject } from '../../api/objects.ts';
import type { Admission } from '../registry/context.ts';
import { persistentVolumeClaimResize } from './claim-resize.ts';
import { defaultStorageClass } from './default-storage-class.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { limitRanger } from './limit-ranger.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import type { AdmissionPlugin } from './plugin.ts';
import { podSecurity } from './pod-security/pod-security.ts';
import { priority } from './priority.ts';
import { resourceQuota } from './quota/resource-quota.ts';
import { serviceAccount } from './service-account.ts';
import { storageObjectInUseProtection } from './storage-protection.ts';
import { taintNodesByCondition } from './taint-nodes.ts';

export const plugins: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  taintNodesByCondition,
  podSecurity,
  priority,
  defaultTolerationSeconds,
  defaultStorageClass,
  storageObjectInUseProtection,
  persistentVolumeClaimResize,
  resourceQuota,
];

/** The plugins as one: every change in order, then every judgement in order; the first refusal counts. */
export function admissionChain(chain: readonly AdmissionPlugin[] = plugins): Admission {
  const mutating = chain.filter(({ admit }) => admit !== undefined);
  const validating = chain.filter(({ validate }) => validate !== undefined);
  return {
    admit(context, attributes) {
      let object = attributes.object as KubeObject;
      for (const plugin of mutating) {
        const result = plugin.admit?.(context, attributes, object);
        if (result === undefined) continue;
        if (!result.ok) return result;
        object = result.object;
      }
      return { ok: true, object };
    },
    validate(context, attributes) {
      for (const plugin of validating) {
        const refused = plugin.validate?.(context, attributes);
        if (refused !== undefined) return refused;
      }
      return undefined;
    },
  };
}
