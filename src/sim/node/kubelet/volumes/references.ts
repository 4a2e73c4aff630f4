// Which ConfigMaps and Secrets a Pod's volumes show.
import type { PodObject } from '../pod.ts';

/** Whether a volume of the Pod has files from the object. */
export function refersTo(pod: PodObject, kind: 'ConfigMap' | 'Secret', name: string): boolean {
  return (pod.spec.volumes ?? []).some(({ configMap, secret, projected }) => {
    const own = kind === 'ConfigMap' ? configMap?.name : secret?.secretName;
    if (own === name) return true;
    return (projected?.sources ?? []).some(
      (source) => (kind === 'ConfigMap' ? source.configMap : source.secret)?.name === name,
    );
  });
}
