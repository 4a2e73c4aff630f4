// What /etc/resolv.conf and /etc/hosts say.
import type { Files } from '../../types.ts';

const maxNameservers = 3;

export interface ResolverConfig {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
  readonly timeoutMs: number;
  readonly attempts: number;
}

/** The resolver's settings (resolv.conf(5)); without the file, a server on this machine. */
export function readResolverConfig(files: Files): ResolverConfig {
  const nameservers: string[] = [];
  let search: readonly string[] = [];
  const options = new Map<string, number>();
  for (const line of readLines(files, '/etc/resolv.conf')) {
    const [keyword, ...words] = line;
    if (keyword === 'nameserver' && words[0] !== undefined) nameservers.push(words[0]);
    // The last line of the two wins.
    if (keyword === 'search') search = words;
    if (keyword === 'domain') search = words.slice(0, 1);
    if (keyword !== 'options') continue;
    for (const word of words) {
      const [name = '', value = ''] = word.split(':');
      const number = Number.parseInt(value, 10);
      if (!Number.isNaN(number)) options.set(name, number);
    }
  }
  return {
    nameservers: nameservers.length > 0 ? nameservers.slice(0, maxNameservers) : ['127.0.0.1'],
    search,
    ndots: Math.min(options.get('ndots') ?? 1, 15),
    timeoutMs: Math.min(Math.max(options.get('timeout') ?? 5, 1), 30) * 1000,
    attempts: Math.min(Math.max(options.get('attempts') ?? 2, 1), 5),
  };
}

/** The first address of the wanted kind that /etc/hosts gives a name. */
export function lookUpHosts(files: Files, name: string, version: 4 | 6 = 4): string | undefined {
  const wanted = name.toLowerCase();
  for (const [address = '', ...names] of readLines(files, '/etc/hosts')) {
    if (address.includes(':') !== (version === 6)) continue;
    if (names.some((candidate) => candidate.toLowerCase() === wanted)) return address;
  }
  return undefined;
}

/** The first name that /etc/hosts gives an address. */
export function nameOfAddress(files: Files, address: string): string | undefined {
  return readLines(files, '/etc/hosts').find((line) => line[0] === address)?.[1];
}

/** The words of each line of a file, comments left out; a file that cannot be read is empty. */
function readLines(files: Files, path: string): string[][] {
  if (!files.exists(path) || !files.access(path, 'read')) return [];
  const lines = files.readText(path).split('\n');
  return lines
    .map((line) => line.replace(/[#;].*/, '').split(/[ \t]+/))
    .map((words) => words.filter((word) => word !== ''))
    .filter((words) => words.length > 0);
}
