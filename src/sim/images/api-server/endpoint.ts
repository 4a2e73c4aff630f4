// The API server as Pods find it: an https port that knows nobody, so that what a container may ask about its cluster
// is answered as a real server with RBAC answers a service account without rights.
import { fromBytes } from '../../kernel/commands/base/bytes.ts';
import type { HttpReader } from '../../kernel/commands/http/reader.ts';
import { headerValue, type HttpRequest } from '../../kernel/commands/http/message.ts';
import { acceptTls, type Certificate } from '../../kernel/commands/http/tls.ts';
import { decodeBase64 } from '../../kernel/commands/text/base64.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { NetworkNamespace } from '../../kernel/net/namespace.ts';
import type { Blocking, Connection, Program } from '../../kernel/types.ts';
import { imageTree } from '../../kernel/vfs/tree.ts';
import { atOnce, jsonAnswer, serveApp, textAnswer } from '../servers/http-app.ts';
import type { Answer } from '../servers/http-server.ts';

export interface ApiEndpointOptions {
  /** The machine that the server stands on, and its network. */
  readonly machine: Machine;
  readonly network: NetworkNamespace;
  readonly port: number;
  /** Of the release: `v1.33.13`. */
  readonly version: string;
}

const yearMs = 365 * 86_400_000;

/** Opens the port. */
export function serveApiEndpoint(options: ApiEndpointOptions): void {
  const { machine, network } = options;
  const program: Program = function* apiServer(process) {
    const certificate = certificateFrom(process.clock.nowMs());
    yield* serveApp(process, {
      port: options.port,
      greet: (connection, reader) => greet(connection, reader, certificate),
      handle: ({ request, path }) => atOnce(answer(options.version, request, path)),
    });
    return 0;
  };
  const space = machine.createSpace({
    image: imageTree({ '/usr/bin/kube-apiserver': { program } }),
    uts: machine.createUts('control-plane'),
    ipc: machine.createIpc(),
    network,
  });
  if ('error' in space) throw new Error(space.error);
  const started = space.start({ argv: ['/usr/bin/kube-apiserver'], env: [] });
  if ('error' in started) throw new Error(started.error);
}

function certificateFrom(nowMs: number): Certificate {
  const service = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc'];
  return {
    subject: 'kube-apiserver',
    issuer: 'kubernetes',
    names: [...service, 'kubernetes.default.svc.cluster.local', '10.96.0.1', '10.250.0.1'],
    fromMs: nowMs,
    untilMs: nowMs + yearMs,
  };
}

function* greet(
  connection: Connection,
  reader: HttpReader,
  certificate: Certificate,
): Blocking<boolean> {
  if ((yield* acceptTls(connection, reader, certificate)) !== undefined) return true;
  const body = 'Client sent an HTTP request to an HTTPS server.\n';
  yield* connection.write(`HTTP/1.0 400 Bad Request\r\n\r\n${body}`);
  return false;
}

/** What everybody may see (system:public-info-viewer), and a refusal for the rest. */
function answer(version: string, request: HttpRequest, path: string): Answer {
  if (['/healthz', '/livez', '/readyz'].includes(path)) return textAnswer(200, 'ok');
  if (path === '/version' || path === '/version/') {
    const [major = '1', minor = '33'] = version.slice(1).split('.');
    return jsonAnswer(200, { major, minor, gitVersion: version, platform: 'linux/amd64' });
  }
  const user = userOf(headerValue(request.headers, 'authorization'));
  if (user === undefined) return failure(401, 'Unauthorized', 'Unauthorized');
  return failure(403, 'Forbidden', refusal(user, request.method, path));
}

function failure(code: number, reason: string, message: string): Answer {
  return jsonAnswer(code, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  });
}

/** RBAC's words: about a resource, or about a path that is none. */
function refusal(user: string, method: string, path: string): string {
  const found = resourceForm.exec(path);
  if (found === null) {
    return `forbidden: User "${user}" cannot ${method.toLowerCase()} path "${path}"`;
  }
  const [, group = '', namespace, resource = '', name] = found;
  const verb = method === 'GET' && name === undefined ? 'list' : (verbs[method] ?? 'get');
  const what = name === undefined ? resource : `${resource} "${name}"`;
  const where =
    namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const scope = `cannot ${verb} resource "${resource}" in API group "${group}" ${where}`;
  return `${what} is forbidden: User "${user}" ${scope}`;
}

const resourceForm =
  /^\/(?:api|apis\/([a-z0-9.-]+))\/v[a-z0-9]+(?:\/namespaces\/([a-z0-9-]+))?\/([a-z]+)(?:\/([a-z0-9.-]+))?$/;
const verbs: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** Whose token it is: the simulated ones say so in plain words, and nobody signs them. Undefined for what is none. */
function userOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return 'system:anonymous';
  const [, claims = ''] = authorization.replace(/^Bearer /, '').split('.');
  const { bytes } = decodeBase64(claims.replaceAll('-', '+').replaceAll('_', '/'), false);
  return /"sub":"([a-z0-9:.-]+)"/.exec(fromBytes(bytes))?.[1];
}
