// Which container of which node a request for logs, exec, attach or port-forward is about
// (pkg/registry/core/pod/strategy.go: LogLocation, streamLocation, validateContainer).
import type { Node, Pod, Status } from '../../api/generated/types.ts';
import { resourceOf } from '../../api/kinds.ts';
import type { ServerContext } from '../registry/context.ts';
import { badRequest, notFound } from '../status.ts';

export interface Place {
  readonly nodeName: string;
  /** `10.250.0.12:10250`. */
  readonly address: string;
  /** '' for port-forward. */
  readonly container: string;
}

export type Located =
  | { readonly ok: true; readonly place: Place }
  /** Not on a node yet: logs are empty then, everything else is refused. */
  | { readonly ok: true; readonly place: undefined }
  | { readonly ok: false; readonly status: Status };

/** Names in the order of the server's messages: init containers, containers, ephemeral ones. */
function containerNames({ spec }: Pod): readonly string[] {
  const all = [
    ...(spec?.initContainers ?? []),
    ...(spec?.containers ?? []),
    ...(spec?.ephemeralContainers ?? []),
  ];
  return all.map(({ name }) => name);
}

function chooseContainer(pod: Pod, asked: string): string | Status {
  const name = pod.metadata?.name ?? '';
  const names = containerNames(pod);
  if (asked !== '') {
    if (names.includes(asked)) return asked;
    return badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  const [only, ...others] = pod.spec?.containers ?? [];
  if (only !== undefined && others.length === 0) return only.name;
  const choice = only === undefined ? '' : `, choose one of: [${names.join(' ')}]`;
  return badRequest(`a container name must be specified for pod ${name}${choice}`);
}

/** Finds a container: its Pod, then its name, then its node. */
export function locateContainer(
  context: ServerContext,
  namespace: string,
  name: string,
  asked: string | undefined,
): Located {
  const pod = findPod(context, namespace, name);
  if (pod === undefined) return { ok: false, status: notFound(resourceOf('Pod'), name) };
  const container = chooseContainer(pod, asked ?? '');
  if (typeof container !== 'string') return { ok: false, status: container };
  return locateNode(context, pod, container);
}

/** Finds a Pod's node. */
export function locatePod(context: ServerContext, namespace: string, name: string): Located {
  const pod = findPod(context, namespace, name);
  if (pod === undefined) return { ok: false, status: notFound(resourceOf('Pod'), name) };
  return locateNode(context, pod, '');
}

function findPod({ store }: ServerContext, namespace: string, name: string): Pod | undefined {
  return store.get('Pod', namespace, name) as unknown as Pod | undefined;
}

function locateNode({ store }: ServerContext, pod: Pod, container: string): Located {
  const nodeName = pod.spec?.nodeName ?? '';
  if (nodeName === '') return { ok: true, place: undefined };
  const node = store.get('Node', '', nodeName) as unknown as Node | undefined;
  // The real server names Pods here although it is the node that it did not find.
  if (node === undefined) return { ok: false, status: notFound(resourceOf('Pod'), nodeName) };
  const ip = node.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
  const port = node.status?.daemonEndpoints?.kubeletEndpoint?.Port || 10_250;
  return { ok: true, place: { nodeName, address: `${ip ?? nodeName}:${port}`, container } };
}
