// Runs kubectl command lines against a server in tests; the words of a line are split at blanks, quotes hold.
import { ApiServer } from '#sim/apiserver/api-server.ts';
import { resources } from '#sim/apiserver/discovery/catalog.ts';
import { Clock } from '#sim/runtime/clock.ts';
import { kubectl } from '../main.ts';
import type { KubectlServer } from '../server.ts';
import type { FakeOptions, Outcome } from './fake-process.ts';
import { runProgram } from './fake-process.ts';

export const kubeconfig = `apiVersion: v1
kind: Config
clusters:
- name: kubernetes
  cluster: {server: "https://10.250.0.1:6443"}
users:
- name: kubernetes-admin
  user: {}
contexts:
- name: kubernetes-admin@kubernetes
  context: {cluster: kubernetes, user: kubernetes-admin}
current-context: kubernetes-admin@kubernetes
`;

const refused = (): never => {
  throw new Error('no kubelet in this test');
};

/** A server without nodes behind it, on a clock at a full minute. */
export function testCluster(overrides: Partial<KubectlServer> = {}): TestCluster {
  const clock = new Clock({ startMs: Date.UTC(2026, 10, 24, 17, 0, 0) });
  const api = new ApiServer({ clock, seed: 1 });
  const server: KubectlServer = {
    address: 'https://10.250.0.1:6443',
    request: (request) => api.request(request),
    watch: (request, onEvent) => api.watch(request, onEvent),
    discovery: () => resources,
    version: () => ({ major: '1', minor: '33', gitVersion: 'v1.33.13' }) as never,
    raw: (path) => (path === '/healthz' ? { code: 200, text: 'ok' } : { code: 404, text: '' }),
    logs: refused,
    exec: refused,
    attach: refused,
    portForward: refused,
    ...overrides,
  };
  api.request({
    verb: 'create',
    group: '',
    version: 'v1',
    resource: 'serviceaccounts',
    namespace: 'default',
    body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } },
  });
  const files = new Map([['/home/learner/.kube/config', kubeconfig]]);
  const run: TestCluster['run'] = (line, options = {}) => {
    for (const [path, text] of Object.entries(options.files ?? {})) {
      files.set(path.startsWith('/') ? path : `/home/learner/${path}`, text);
    }
    return runProgram(kubectl(server), words(line), { clock, ...options }, files);
  };
  return { clock, api, files, run };
}

export interface TestCluster {
  readonly clock: Clock;
  readonly api: ApiServer;
  readonly files: Map<string, string>;
  run(line: string, options?: Partial<FakeOptions>): Outcome;
}

/** Splits a line as a shell would, without expansions. */
export function words(line: string): readonly string[] {
  const found: string[] = [];
  for (const [, single, double, plain] of line.matchAll(
    /'([^']*)'|"([^"]*)"|((?:[^\s'"]|'[^']*'|"[^"]*")+)/g,
  )) {
    const word = single ?? double ?? plain ?? '';
    found.push(
      single === undefined && double === undefined
        ? word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2')
        : word,
    );
  }
  return found;
}
