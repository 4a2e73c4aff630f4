// Puts the network of a cluster together: Services, DNS and the fabric between machines.
import type { Client } from '../apiserver/types.ts';
import type { NetworkNamespace } from '../kernel/net/namespace.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Random } from '../runtime/random.ts';
import { ServiceBalancer } from './balancer.ts';
import { serveDns } from './dns-server.ts';
import { Fabric } from './fabric.ts';
import { ServiceTable } from './services.ts';

export interface ClusterNetworkOptions {
  readonly clock: Clock;
  /** A stream of its own: which Pod a connection goes to. */
  readonly random: Random;
  readonly client: Client;
  /** `10.96.0.10`: the address of the Service kube-dns. */
  readonly dnsIp: string;
  /** A namespace for the DNS server; `machine.createNetwork()` of any machine. */
  readonly dnsNamespace: NetworkNamespace;
}

/** The network, without nodes and hosts yet. */
export function createClusterNetwork(options: ClusterNetworkOptions): Fabric {
  const { clock, random, client, dnsIp, dnsNamespace } = options;
  const services = new ServiceTable(client);
  serveDns(dnsNamespace, { client, services });
  return new Fabric({
    clock,
    services,
    balancer: new ServiceBalancer(clock, random),
    dns: { ip: dnsIp, namespace: dnsNamespace },
  });
}
