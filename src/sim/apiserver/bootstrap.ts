// What the API server itself puts into a new cluster before anybody asks (pkg/controlplane).
import type { Kind, KubeObject } from '../api/objects.ts';
import type { Resource } from '../api/kinds.ts';
import { resourceOf } from '../api/kinds.ts';
import type { ServerContext } from './registry/context.ts';
import { createObject } from './registry/create.ts';

const systemNamespaces = ['kube-system', 'kube-public', 'kube-node-lease', 'default'] as const;

/** The API server's own address, behind Service `kubernetes`. */
const serverIp = '10.250.0.1';
const serverPort = 6443;

const namespaces = systemNamespaces.map((name) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
}));

const priorityClasses = [
  {
    name: 'system-node-critical',
    value: 2_000_001_000,
    description: 'Used for system critical pods that must not be moved from their current node.',
  },
  {
    name: 'system-cluster-critical',
    value: 2_000_000_000,
    description:
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  },
].map(({ name, value, description }) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  description,
}));

const labels = { component: 'apiserver', provider: 'kubernetes' };

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kubernetes', namespace: 'default', labels },
  spec: {
    clusterIP: '10.96.0.1',
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: serverPort }],
  },
};

const endpoints = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: {
    name: 'kubernetes',
    namespace: 'default',
    labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
  },
  subsets: [
    {
      addresses: [{ ip: serverIp }],
      ports: [{ name: 'https', port: serverPort, protocol: 'TCP' }],
    },
  ],
};

const endpointSlice = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: 'kubernetes',
    namespace: 'default',
    labels: { 'kubernetes.io/service-name': 'kubernetes' },
  },
  addressType: 'IPv4',
  endpoints: [{ addresses: [serverIp], conditions: { ready: true } }],
  ports: [{ name: 'https', port: serverPort, protocol: 'TCP' }],
};

/** Fills an empty store. */
export function bootstrap(context: ServerContext): void {
  const all: readonly KubeObject[] = [
    ...namespaces,
    ...priorityClasses,
    service,
    endpoints,
    endpointSlice,
  ];
  const user = 'kube-apiserver';
  const options = { user, manager: user, dryRun: false, warnings: [] };
  for (const object of all) {
    const info = resourceOf(object.kind as Kind) as Resource & { readonly modelled: Kind };
    const result = createObject(context, info, object, options);
    if (!result.ok) throw new Error(`bootstrap: ${result.status.message ?? ''}`);
  }
}
