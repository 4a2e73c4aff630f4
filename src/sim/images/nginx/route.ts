// Which server block and which location a request belongs to.
import type { HttpRequest } from '../../kernel/commands/http/message.ts';
import type { SocketAddress } from '../../kernel/types.ts';
import type { Location, NginxConfig, ServerBlock } from './config.ts';
import type { Settings } from './settings.ts';
import { hostOf } from './variables.ts';

export interface Route {
  readonly server: ServerBlock;
  /** The prefix of the location, '' without one. */
  readonly location: string;
  readonly settings: Settings;
}

/** Server by address and Host header, location by exact match and then the longest prefix. */
export function routeRequest(
  config: NginxConfig,
  local: SocketAddress,
  request: HttpRequest,
  path: string,
): Route | undefined {
  const server = chooseServer(config, local, hostOf(request) ?? '');
  if (server === undefined) return undefined;
  const location = chooseLocation(server.locations, path);
  return {
    server,
    location: location?.path ?? '',
    settings: location?.settings ?? server.settings,
  };
}

function chooseServer(
  config: NginxConfig,
  local: SocketAddress,
  host: string,
): ServerBlock | undefined {
  const here = config.servers.filter(({ listens }) =>
    listens.some(({ ip, port }) => port === local.port && (ip === '0.0.0.0' || ip === local.ip)),
  );
  const isDefault = ({ listens }: ServerBlock) =>
    listens.some((listen) => listen.port === local.port && listen.isDefault);
  return (
    here.find(({ names }) => names.includes(host)) ??
    here.find(({ names }) => names.some((name) => matchesWildcard(name, host))) ??
    here.find(isDefault) ??
    here[0]
  );
}

function matchesWildcard(name: string, host: string): boolean {
  if (name.startsWith('*.')) return host.endsWith(name.slice(1));
  return name.endsWith('.*') && host.startsWith(name.slice(0, -1));
}

function chooseLocation(locations: readonly Location[], path: string): Location | undefined {
  const exact = locations.find((each) => each.match === 'exact' && each.path === path);
  if (exact !== undefined) return exact;
  let longest: Location | undefined;
  for (const each of locations) {
    if (each.match === 'exact' || !path.startsWith(each.path)) continue;
    if (longest === undefined || each.path.length > longest.path.length) longest = each;
  }
  return longest;
}
