// What the sandbox of a Pod is to be like: names, namespaces, DNS (kuberuntime_sandbox.go,
// network/dns/dns.go).
import type { PortMapping, SandboxConfig } from '../../cri/types.ts';
import type { NodeSpec } from '../../spec.ts';
import { namespaceOf, type PodObject } from '../pod.ts';

const clusterDomain = 'cluster.local';
const maxHostnameLength = 63;

export function sandboxConfig(pod: PodObject, node: NodeSpec): SandboxConfig {
  const { spec, metadata } = pod;
  const namespace = namespaceOf(pod);
  const hostNetwork = spec.hostNetwork ?? false;
  const domain = domainOf(pod);
  const hostname = hostNetwork ? node.name : hostnameOf(pod, domain);
  const sysctls = (spec.securityContext?.sysctls ?? []).map(
    ({ name, value }) => [name, value] as const,
  );
  return {
    podName: metadata.name,
    podNamespace: namespace,
    podUid: metadata.uid,
    hostname,
    hostNetwork,
    hostPID: spec.hostPID ?? false,
    hostIPC: spec.hostIPC ?? false,
    shareProcessNamespace: spec.shareProcessNamespace ?? false,
    dns: dnsOf(pod, node, namespace),
    hostAliases: (spec.hostAliases ?? []).map(({ ip, hostnames }) => ({
      ip,
      hostnames: hostnames ?? [],
    })),
    domain,
    sysctls: Object.fromEntries(sysctls),
    portMappings: hostNetwork ? [] : portMappings(pod),
  };
}

function portMappings(pod: PodObject): readonly PortMapping[] {
  return pod.spec.containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort = 0, containerPort, protocol = 'TCP' }) =>
      hostPort === 0 || (protocol !== 'TCP' && protocol !== 'UDP')
        ? []
        : [{ hostPort, containerPort, protocol }],
    ),
  );
}

/** `sub.default.svc.cluster.local` of a Pod with a subdomain. */
function domainOf(pod: PodObject): string | undefined {
  const { subdomain = '' } = pod.spec;
  return subdomain === '' ? undefined : `${subdomain}.${namespaceOf(pod)}.svc.${clusterDomain}`;
}

function hostnameOf({ spec, metadata }: PodObject, domain: string | undefined): string {
  const name = spec.hostname === undefined || spec.hostname === '' ? metadata.name : spec.hostname;
  const short = name.slice(0, maxHostnameLength).replace(/[-.]+$/, '');
  return spec.setHostnameAsFQDN === true && domain !== undefined ? `${short}.${domain}` : short;
}

/** The node's own resolver knows no cluster names: its name server is the node's gateway. */
function dnsOf(pod: PodObject, node: NodeSpec, namespace: string): SandboxConfig['dns'] {
  const { spec } = pod;
  const policy = spec.dnsPolicy ?? 'ClusterFirst';
  const usesCluster =
    policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && !spec.hostNetwork);
  const base = usesCluster
    ? {
        servers: [node.clusterDns],
        searches: [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain],
        options: ['ndots:5'],
      }
    : policy === 'None'
      ? { servers: [], searches: [], options: [] }
      : { servers: [node.ip.replace(/\.\d+$/, '.1')], searches: [], options: [] };
  const extra = spec.dnsConfig;
  const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
  const options = (extra?.options ?? []).map(({ name = '', value }) =>
    value === undefined ? name : `${name}:${value}`,
  );
  const replaced = new Set(options.map((option) => option.split(':')[0]));
  return {
    servers: unique([...base.servers, ...(extra?.nameservers ?? [])]),
    searches: unique([...base.searches, ...(extra?.searches ?? [])]),
    options: [...base.options.filter((option) => !replaced.has(option.split(':')[0])), ...options],
  };
}
