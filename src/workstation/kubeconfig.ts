// The kubeconfig that lies in the home folder of the workstation, as kubeadm writes one.
import { serverAddress } from './api-server.ts';

const placeholder = 'UG9kbGFiIHNpbXVsYXRpb24=';

/** @param namespace of the current context; left out where it is `default` */
export function kubeconfig(namespace: string): string {
  const line = namespace === 'default' ? '' : `    namespace: ${namespace}\n`;
  return `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${placeholder}
    server: ${serverAddress}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
${line}    user: kubernetes-admin
  name: kubernetes-admin@kubernetes
current-context: kubernetes-admin@kubernetes
kind: Config
preferences: {}
users:
- name: kubernetes-admin
  user:
    client-certificate-data: ${placeholder}
    client-key-data: ${placeholder}
`;
}
