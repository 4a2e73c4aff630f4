// What every namespace gets by itself: ServiceAccount `default` and ConfigMap `kube-root-ca.crt`
// (pkg/controller/serviceaccount, pkg/controller/certificates/rootcacertpublisher).
import { WorkQueue } from '../../runtime/work-queue.ts';
import {
  follow,
  reactionMs,
  type Controller,
  type ControllerContext,
} from '../shared/controller.ts';
import { rootCertificate } from './root-certificate.ts';

const rootCa = 'kube-root-ca.crt';
const rootCaNote =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

export class NamespaceContentController implements Controller {
  readonly #context: ControllerContext;
  readonly #queue: WorkQueue;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#queue = new WorkQueue({
      clock: context.clock,
      latencyMs: reactionMs,
      reconcile: (name) => this.#reconcile(name),
    });
  }

  start(): void {
    const { client } = this.#context;
    follow(client, 'Namespace', ({ object }) => this.#queue.add(object.metadata.name));
    client.watch('ServiceAccount', ({ type, object }) => {
      if (type === 'DELETED') this.#queue.add(object.metadata.namespace ?? '');
    });
    client.watch('ConfigMap', ({ type, object }) => {
      const isOurs = object.metadata.name === rootCa && type !== 'ADDED';
      if (isOurs) this.#queue.add(object.metadata.namespace ?? '');
    });
  }

  #reconcile(name: string): 'done' | 'retry' {
    const { client } = this.#context;
    const namespace = client.get('Namespace', '', name);
    if (namespace === undefined || namespace.metadata.deletionTimestamp !== undefined)
      return 'done';
    if (client.get('ServiceAccount', name, 'default') === undefined) {
      client.create('ServiceAccount', {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: name },
      });
    }
    const data = { 'ca.crt': rootCertificate };
    const published = client.get('ConfigMap', name, rootCa);
    if (published === undefined) {
      client.create('ConfigMap', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: rootCa,
          namespace: name,
          annotations: { 'kubernetes.io/description': rootCaNote },
        },
        data,
      });
    } else if (published.data?.['ca.crt'] !== rootCertificate) {
      client.update('ConfigMap', { ...published, data });
    }
    return 'done';
  }
}
