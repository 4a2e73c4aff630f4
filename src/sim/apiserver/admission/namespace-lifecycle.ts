// NamespaceLifecycle: nothing is written into a namespace that is not there, nothing new into one that is going away.
import { resourceOf } from '../../api/kinds.ts';
import { notFound } from '../status.ts';
import type { AdmissionPlugin } from './plugin.ts';
import { forbid } from './plugin.ts';

const immortal: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',

  admit({ store }, attributes, object) {
    const { info, namespace, operation } = attributes;
    if (!info.namespaced) return { ok: true, object };
    const found = store.get('Namespace', '', namespace);
    if (found === undefined) {
      return { ok: false, status: notFound(resourceOf('Namespace'), namespace) };
    }
    const phase = (found.status as { phase?: string } | undefined)?.phase;
    if (operation !== 'CREATE' || phase !== 'Terminating') return { ok: true, object };
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    const cause = {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    };
    return { ok: false, status: forbid(attributes, why, [cause]) };
  },

  validate(_, attributes) {
    const { info, operation, name } = attributes;
    if (operation !== 'DELETE' || info.modelled !== 'Namespace' || !immortal.has(name)) {
      return undefined;
    }
    return forbid(attributes, 'this namespace may not be deleted');
  },
};
