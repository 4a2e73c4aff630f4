// The files that every container of a Pod gets from its node: /etc/hosts, /etc/hostname and /etc/resolv.conf
// (pkg/kubelet/kubelet_pods.go, containerd's sandbox files).
import type { SandboxConfig } from './types.ts';

/** What stands in a node's own /etc/hosts. */
export const nodeHosts = '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n';

/** /etc/hosts of a Pod with this address. */
export function hostsFile(config: SandboxConfig, ip: string): string {
  const own = config.hostNetwork
    ? `# Kubernetes-managed hosts file (host network).\n${nodeHosts}`
    : podHosts(config, ip);
  if (config.hostAliases.length === 0) return own;
  const aliases = config.hostAliases.map(
    ({ ip: address, hostnames }) => `${address}\t${hostnames.join('\t')}\n`,
  );
  return `${own}\n# Entries added by HostAliases.\n${aliases.join('')}`;
}

function podHosts({ hostname, domain }: SandboxConfig, ip: string): string {
  const names = domain === undefined ? hostname : `${hostname}.${domain}\t${hostname}`;
  return (
    '# Kubernetes-managed hosts file.\n' +
    '127.0.0.1\tlocalhost\n' +
    '::1\tlocalhost ip6-localhost ip6-loopback\n' +
    'fe00::0\tip6-localnet\n' +
    'fe00::0\tip6-mcastprefix\n' +
    'fe00::1\tip6-allnodes\n' +
    'fe00::2\tip6-allrouters\n' +
    `${ip}\t${names}\n`
  );
}

/** /etc/resolv.conf, with the lines in containerd's order. */
export function resolvConf({ dns }: SandboxConfig): string {
  const search = dns.searches.length === 0 ? '' : `search ${dns.searches.join(' ')}\n`;
  const servers = dns.servers.map((server) => `nameserver ${server}\n`).join('');
  const options = dns.options.length === 0 ? '' : `options ${dns.options.join(' ')}\n`;
  return search + servers + options;
}
