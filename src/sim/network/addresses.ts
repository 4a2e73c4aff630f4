// IPv4 addresses and networks, and how a node hands addresses to its Pods.

/** The number of an IPv4 address, or undefined when the text is none. */
export function parseIpv4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

/** The text of an IPv4 address. */
export function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** A network in CIDR form. */
export interface Network {
  readonly first: number;
  readonly size: number;
  readonly prefixLength: number;
}

/** Reads `10.244.1.0/24`; undefined when the text is none. Bits behind the prefix are dropped. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', length = '', more] = text.split('/');
  const value = parseIpv4(address);
  if (value === undefined || more !== undefined || !/^\d{1,2}$/.test(length)) return undefined;
  const prefixLength = Number(length);
  if (prefixLength > 32) return undefined;
  const size = 2 ** (32 - prefixLength);
  return { first: Math.floor(value / size) * size, size, prefixLength };
}

/** Whether an address lies in a network. */
export function contains(network: Network, address: string): boolean {
  const value = parseIpv4(address);
  return value !== undefined && value >= network.first && value < network.first + network.size;
}

/** The address with a place in the network: 1 is the first host, the gateway of a node's Pods. */
export function addressAt(network: Network, place: number): string {
  return formatIpv4(network.first + place);
}

/**
 * Hands out addresses of a node's Pod network in turn, as the CNI plugin host-local does: after the last one given
 * comes the next free one, so that an address returns only after all others had their turn.
 */
export class AddressPool {
  readonly network: Network;
  readonly #taken = new Set<number>();
  #last = 1;

  constructor(network: Network) {
    this.network = network;
  }

  /** The next free address, or undefined when all are taken. */
  take(): string | undefined {
    // Never the network's own address, the gateway (1) or the broadcast address.
    const places = this.network.size - 3;
    for (let step = 1; step <= places; step += 1) {
      const place = 2 + ((this.#last - 2 + step + places) % places);
      if (this.#taken.has(place)) continue;
      this.#taken.add(place);
      this.#last = place;
      return addressAt(this.network, place);
    }
    return undefined;
  }

  /** Gives an address back. */
  release(address: string): void {
    const value = parseIpv4(address);
    if (value !== undefined) this.#taken.delete(value - this.network.first);
  }
}
