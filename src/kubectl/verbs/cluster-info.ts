// `kubectl cluster-info` (kubectl/pkg/cmd/clusterinfo): where the API server and the cluster's own Services are.
import type { Service } from '#sim/api/generated/types.ts';
import type { Session } from '../session.ts';

const label = 'kubernetes.io/cluster-service=true';

function colored(session: Session, text: string, color: number): string {
  return session.output.allowsColor(1) ? `\x1b[0;${color}m${text}\x1b[0m` : text;
}

export function clusterInfo(session: Session): number {
  const { output, api } = session;
  const { address } = api.server;
  const list = api.request({
    verb: 'list',
    group: '',
    version: 'v1',
    resource: 'services',
    namespace: 'kube-system',
    labelSelector: label,
  });
  const line = (name: string, url: string): void => {
    output.line(`${colored(session, name, 32)} is running at ${colored(session, url, 33)}`);
  };
  line('Kubernetes control plane', address);
  for (const { metadata = {}, spec } of (list['items'] ?? []) as readonly Service[]) {
    const name = metadata.labels?.['kubernetes.io/name'] || (metadata.name ?? '');
    const [port] = spec?.ports ?? [];
    const scheme = port?.name === 'https' || port?.port === 443 ? 'https:' : '';
    const suffix = port?.name ? `:${port.name}` : '';
    const target = `${scheme}${metadata.name ?? ''}${suffix}`;
    line(name, `${address}/api/v1/namespaces/kube-system/services/${target}/proxy`);
  }
  output.out(
    "\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n",
  );
  return 0;
}
