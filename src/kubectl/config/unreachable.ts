// A server that cannot be reached, in the words of the real client (client-go discovery and cmd/util/helpers.go).
import { Exit, Failure } from '../failure.ts';
import { klogLine } from '../klog.ts';
import type { Session } from '../session.ts';

interface Address {
  readonly host: string;
  readonly port: string;
}

function parseAddress(server: string): Address | undefined {
  const found = /^(https?):\/\/(\[[0-9a-fA-F:]+\]|[^/:?#\s]+)(?::(\d+))?(?:\/.*)?$/.exec(server);
  if (found === null) return undefined;
  return { host: found[2] ?? '', port: found[3] ?? (found[1] === 'https' ? '443' : '80') };
}

/** `https://host:port` of what a config says; a server may be written without a scheme. */
function fullAddress(server: string): string {
  if (server === '') return 'http://localhost:8080';
  const address = server.includes('://') ? server : `http://${server}`;
  return address.replace(/\/$/, '');
}

/**
 * Why the current context's server cannot be reached, or undefined when it is this one. Nothing else runs in the
 * lab: an address refuses the connection, a name is not known.
 */
export function unreachable(session: Session, serverAddress: string): Error | undefined {
  const { config, flags } = session;
  const contextName = config.currentContext;
  const context = config.contexts.get(contextName);
  if (contextName !== '' && context === undefined) {
    const text = `context was not found for specified context: ${contextName}`;
    return new Exit(1, `Error in configuration: ${text}`);
  }
  const user = flags.text('user');
  if (user !== '' && !config.users.has(user))
    return new Failure(`auth info "${user}" does not exist`);
  const clusterName = flags.text('cluster') || (context?.cluster ?? '');
  const cluster = config.clusters.get(clusterName);
  if (flags.given('cluster') && cluster === undefined) {
    return new Failure(`no server found for cluster "${clusterName}"`);
  }
  const address = fullAddress(flags.text('server') || (cluster?.server ?? ''));
  if (address === serverAddress) return undefined;
  const parsed = parseAddress(address);
  if (parsed === undefined) {
    const rest = address.replace(/^[^/]*\/\//, '');
    return new Exit(1, `Unable to connect to the server: invalid host ${JSON.stringify(rest)}`);
  }
  const { host, port } = parsed;
  const isName = /[a-zA-Z]/.test(host) && !host.startsWith('[') && host !== 'localhost';
  const ip = host === 'localhost' ? '127.0.0.1' : host;
  const why = isName
    ? `dial tcp: lookup ${host}: no such host`
    : `dial tcp ${ip}:${port}: connect: connection refused`;
  const tried = `Get "${address}/api?timeout=32s": ${why}`;
  const message = `couldn't get current server API group list: ${tried}`;
  const said = `"Unhandled Error" err=${JSON.stringify(message)}`;
  const line = klogLine(session, 'E', 'memcache.go:265', said);
  const last = isName
    ? `Unable to connect to the server: ${why}`
    : `The connection to the server ${host}:${port} was refused - did you specify the right host or port?`;
  return new Exit(1, `${line.repeat(5)}${last}`);
}
