// IP addresses and blocks of them, as the API reads them (netutils.ParseIPSloppy): leading zeros are decimal.

export interface Ip {
  readonly version: 4 | 6;
  /** Four numbers up to 255, or eight up to 65535. */
  readonly parts: readonly number[];
}

function parseV4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^[0-9]{1,12}$/.test(part))) return undefined;
  const numbers = parts.map(Number);
  return numbers.every((number) => number <= 255) ? numbers : undefined;
}

function parseGroups(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const v4 = index === parts.length - 1 && part.includes('.') ? parseV4(part) : undefined;
    if (v4 !== undefined) {
      const [a = 0, b = 0, c = 0, d = 0] = v4;
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function parseV6(text: string): readonly number[] | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const before = parseGroups(head);
  if (tail === undefined) return before?.length === 8 ? before : undefined;
  const after = parseGroups(tail);
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  return missing < 1 ? undefined : [...before, ...Array<number>(missing).fill(0), ...after];
}

/** @returns undefined for what is no address. An IPv6 address that holds an IPv4 one counts as the latter. */
export function parseIp(text: string): Ip | undefined {
  if (text.length > 64) return undefined;
  if (!text.includes(':')) {
    const parts = parseV4(text);
    return parts === undefined ? undefined : { version: 4, parts };
  }
  const parts = parseV6(text);
  if (parts === undefined) return undefined;
  const isMapped = parts.slice(0, 5).every((part) => part === 0) && parts[5] === 0xffff;
  if (!isMapped) return { version: 6, parts };
  const [high = 0, low = 0] = parts.slice(6);
  return { version: 4, parts: [high >> 8, high & 255, low >> 8, low & 255] };
}

export function isCidr(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/');
  const ip = parseIp(address);
  if (ip === undefined || more.length > 0 || !/^[0-9]{1,3}$/.test(bits)) return false;
  return Number(bits) <= (address.includes(':') ? 128 : 32);
}

/** Whether addresses are of both families, as a list of two is. */
export function isDualStack(addresses: readonly string[]): boolean {
  const versions = addresses.map((address) => parseIp(address)?.version);
  return versions.includes(4) && versions.includes(6);
}

/** What keeps an address from being used by endpoints, in the server's words (ValidateNonSpecialIP). */
export function checkSpecialIp(text: string): readonly string[] {
  const ip = parseIp(text);
  if (ip === undefined) return ['must be a valid IP address'];
  const [first = 0, second = 0, third = 0] = ip.parts;
  const isZero = ip.parts.every((part) => part === 0);
  const isOne = ip.version === 6 && ip.parts.slice(0, 7).every((part) => part === 0);
  const is4 = ip.version === 4;
  const found: string[] = [];
  if (isZero) found.push(`may not be unspecified (${text})`);
  if (is4 ? first === 127 : isOne && ip.parts[7] === 1) {
    found.push('may not be in the loopback range (127.0.0.0/8, ::1/128)');
  }
  if (is4 ? first === 169 && second === 254 : (first & 0xffc0) === 0xfe80) {
    found.push('may not be in the link-local range (169.254.0.0/16, fe80::/10)');
  }
  if (is4 ? first === 224 && second === 0 && third === 0 : (first & 0xff0f) === 0xff02) {
    found.push('may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)');
  }
  return found;
}
