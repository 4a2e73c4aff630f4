// Variables that tell a container of the Services there are when it starts (pkg/kubelet/envvars).
import type { Client } from '../../../apiserver/types.ts';

/** Always those of `kubernetes`; those of the Pod's namespace where service links are on. */
export function serviceEnvironment(
  client: Client,
  namespace: string,
  serviceLinks: boolean,
): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  const master = client.get('Service', 'default', 'kubernetes');
  const own = serviceLinks ? client.list('Service', { namespace }) : [];
  const services = own.filter(({ metadata }) => metadata.name !== 'kubernetes');
  if (serviceLinks && namespace !== 'default') {
    const shadow = own.find(({ metadata }) => metadata.name === 'kubernetes');
    if (shadow !== undefined) services.push(shadow);
  }
  const all = [...(master === undefined ? [] : [master]), ...services];
  for (const { metadata, spec } of all) {
    const ip = spec.clusterIP ?? '';
    const ports = spec.ports ?? [];
    const first = ports[0];
    if (ip === '' || ip === 'None' || first === undefined) continue;
    const prefix = metadata.name.toUpperCase().replaceAll('-', '_');
    variables.set(`${prefix}_SERVICE_HOST`, ip);
    variables.set(`${prefix}_SERVICE_PORT`, String(first.port));
    for (const port of ports) {
      if (port.name === undefined || port.name === '') continue;
      const name = port.name.toUpperCase().replaceAll('-', '_');
      variables.set(`${prefix}_SERVICE_PORT_${name}`, String(port.port));
    }
    ports.forEach((port, index) => {
      const protocol = (port.protocol ?? 'TCP').toUpperCase();
      const url = `${protocol.toLowerCase()}://${ip}:${port.port}`;
      if (index === 0) variables.set(`${prefix}_PORT`, url);
      const portPrefix = `${prefix}_PORT_${port.port}_${protocol}`;
      variables.set(portPrefix, url);
      variables.set(`${portPrefix}_PROTO`, protocol.toLowerCase());
      variables.set(`${portPrefix}_PORT`, String(port.port));
      variables.set(`${portPrefix}_ADDR`, ip);
    });
  }
  return variables;
}
