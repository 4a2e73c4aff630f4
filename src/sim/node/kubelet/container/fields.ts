// Fields of a Pod and resources of its containers as environment variables and files show them
// (pkg/fieldpath, pkg/api/v1/resource).
import type { Container, ResourceFieldSelector } from '../../../api/generated/types.ts';
import type { NodeSpec } from '../../spec.ts';
import { milliValue } from '../../../api/quantity.ts';
import { allocatable } from '../node/capacity.ts';
import { namespaceOf, type PodObject } from '../pod.ts';

export type FieldValue =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly error: string };

const found = (value: string): FieldValue => ({ ok: true, value });

/** `metadata.name`, `metadata.labels['app']`, `status.podIP` ... of a Pod (FieldRef). */
export function podField(
  pod: PodObject,
  path: string,
  addresses: { readonly podIp: string; readonly hostIp: string },
): FieldValue {
  const subscript = /^(metadata\.(?:labels|annotations))\['(.*)'\]$/.exec(path);
  if (subscript) {
    const map = subscript[1] === 'metadata.labels' ? pod.metadata.labels : pod.metadata.annotations;
    return found(map?.[subscript[2] ?? ''] ?? '');
  }
  switch (path) {
    case 'metadata.name':
      return found(pod.metadata.name);
    case 'metadata.namespace':
      return found(namespaceOf(pod));
    case 'metadata.uid':
      return found(pod.metadata.uid);
    case 'metadata.labels':
      return found(formatMap(pod.metadata.labels ?? {}));
    case 'metadata.annotations':
      return found(formatMap(pod.metadata.annotations ?? {}));
    case 'spec.nodeName':
      return found(pod.spec.nodeName ?? '');
    case 'spec.serviceAccountName':
      return found(pod.spec.serviceAccountName ?? '');
    case 'status.podIP':
    case 'status.podIPs':
      return found(addresses.podIp);
    case 'status.hostIP':
    case 'status.hostIPs':
      return found(addresses.hostIp);
    default:
      return { ok: false, error: `unsupported fieldPath: ${path}` };
  }
}

/** `key="value"` lines in the order of the keys. */
function formatMap(map: Readonly<Record<string, string>>): string {
  return Object.keys(map)
    .sort()
    .map((key) => `${key}=${JSON.stringify(map[key])}`)
    .join('\n');
}

/** `limits.cpu`, `requests.memory` ... of a container, in units of the divisor, rounded up. */
export function resourceField(
  pod: PodObject,
  own: Container,
  node: NodeSpec,
  selector: ResourceFieldSelector,
): FieldValue {
  const { containerName } = selector;
  const container =
    containerName === undefined || containerName === ''
      ? own
      : [...(pod.spec.initContainers ?? []), ...pod.spec.containers].find(
          ({ name }) => name === containerName,
        );
  if (container === undefined) {
    return { ok: false, error: `container ${containerName ?? ''} not found` };
  }
  const [list, name = ''] = selector.resource.split('.');
  const limits = container.resources?.limits ?? {};
  const requests = container.resources?.requests ?? {};
  const quantity =
    list === 'limits' ? (limits[name] ?? allocatable(node)[name] ?? '0') : (requests[name] ?? '0');
  const divisor = selector.divisor === undefined ? '1' : String(selector.divisor);
  const divisorMilli = milliValue(divisor) || 1000;
  return found(String(Math.ceil(milliValue(quantity) / divisorMilli)));
}
