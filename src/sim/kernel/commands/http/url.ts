// Web addresses as curl and wget take them.
export interface Url {
  readonly scheme: 'http' | 'https';
  /** Name or address; an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
  /** Path and query, as the request line names them. */
  readonly target: string;
  /** `user:password`, still encoded. */
  readonly credentials: string | undefined;
}

export type UrlProblem = 'scheme' | 'port' | 'host';

/** Reads a web address; without a scheme it is http. */
export function parseUrl(text: string): Url | UrlProblem {
  const found = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\//.exec(text);
  const scheme = found === null ? 'http' : (found[1] ?? '').toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') return 'scheme';
  const rest = text.slice(found?.[0].length ?? 0).replace(/#.*$/s, '');
  const slash = rest.search(/[/?]/);
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const path = slash < 0 ? '/' : rest.slice(slash);
  const at = authority.lastIndexOf('@');
  const hostPort = authority.slice(at + 1);
  const parts = /^(?:\[([0-9a-fA-F:.]+)\]|([^:]*))(?::(\d*))?$/.exec(hostPort);
  if (parts === null) return 'port';
  const host = parts[1] ?? parts[2] ?? '';
  if (host === '' || /[\s<>"{}|\\^]/.test(host)) return 'host';
  const port = Number(parts[3] || (scheme === 'https' ? 443 : 80));
  if (port > 65535) return 'port';
  return {
    scheme,
    host,
    port,
    target: path.startsWith('/') ? path : `/${path}`,
    credentials: at < 0 ? undefined : authority.slice(0, at),
  };
}

/** The Host header: the port only where it is not the scheme's own. */
export function hostHeader(url: Url): string {
  const host = url.host.includes(':') ? `[${url.host}]` : url.host;
  return url.port === (url.scheme === 'https' ? 443 : 80) ? host : `${host}:${url.port}`;
}

/** Where a Location header leads, seen from the page that sent it. */
export function resolveLocation(base: Url, location: string): Url | UrlProblem {
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\//.test(location)) return parseUrl(location);
  if (location.startsWith('//')) return parseUrl(`${base.scheme}:${location}`);
  if (location.startsWith('/')) return { ...base, target: location };
  const path = base.target.split('?', 1)[0] ?? '/';
  return { ...base, target: `${path.slice(0, path.lastIndexOf('/') + 1)}${location}` };
}

/** The address as text. */
export function printUrl(url: Url): string {
  return `${url.scheme}://${hostHeader(url)}${url.target}`;
}
