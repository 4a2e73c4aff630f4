// How the learner's kubectl reaches the simulated API server.
import { resources } from '#sim/apiserver/discovery/catalog.ts';
import { serverVersion } from '#sim/apiserver/discovery/documents.ts';
import type { Cluster } from '#sim/cluster.ts';
import type { KubectlServer } from '#kubectl/server.ts';

/** Where the kubeconfig of the workstation points. */
export const serverAddress = 'https://10.250.0.1:6443';

/** The API server of a cluster as kubectl uses one. */
export function kubectlServer(cluster: Cluster): KubectlServer {
  const { server } = cluster;
  return {
    address: serverAddress,
    request: (request) => server.request(request),
    watch: (request, onEvent) => server.watch(request, onEvent),
    logs: (...query) => server.logs(...query),
    exec: (...query) => server.exec(...query),
    attach: (...query) => server.attach(...query),
    portForward: (...query) => server.portForward(...query),
    discovery: () => resources,
    version: () => serverVersion,
    raw: (path) =>
      ['/healthz', '/livez', '/readyz'].includes(path)
        ? { code: 200, text: 'ok' }
        : { code: 404, text: '404 page not found' },
  };
}
