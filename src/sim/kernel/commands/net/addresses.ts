// IPv4 addresses as numbers.

export function ipNumber(ip: string): number {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function ipText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/** Whether an address lies in the network of `10.244.1.5/24`; false for what is no IPv4 network. */
export function sameNetwork(network: string, ip: string): boolean {
  const [own = '', prefix = '32'] = network.split('/');
  if (!own.includes('.') || !ip.includes('.')) return own === ip;
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(ipNumber(own) / size) === Math.floor(ipNumber(ip) / size);
}

/** `255.255.255.0` for 24. */
export function netmask(prefix: number): string {
  return ipText(2 ** 32 - 2 ** (32 - prefix));
}
