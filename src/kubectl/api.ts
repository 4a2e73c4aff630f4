// Requests to the API server as kubectl makes them: refusals are thrown, warnings printed once.
import type { KubeObject } from '#sim/api/objects.ts';
import type { Status } from '#sim/api/generated/types.ts';
import type { ResourceInfo } from '#sim/apiserver/discovery/catalog.ts';
import type { ApiRequest, ApiResponse, WatchEvent } from '#sim/apiserver/types.ts';
import { unreachable } from './config/unreachable.ts';
import { StatusFailure } from './failure.ts';
import type { KubectlServer } from './server.ts';
import type { Session } from './session.ts';

export class Api {
  readonly server: KubectlServer;
  readonly #session: Session;
  readonly #warned = new Set<string>();

  constructor(session: Session, server: KubectlServer) {
    this.#session = session;
    this.server = server;
    const failure = unreachable(session, server.address);
    if (failure !== undefined) throw failure;
  }

  /** Sends a request; a Status with `Failure` is thrown as StatusFailure. */
  request(request: ApiRequest): KubeObject {
    const response = this.answer(request);
    if (response.code >= 400) throw new StatusFailure(response.body as Status);
    return response.body;
  }

  /** Sends a request and hands out the whole answer, refusals too. */
  answer(request: ApiRequest): ApiResponse {
    const response = this.server.request({ ...request, user: this.#user });
    for (const warning of response.warnings) this.warn(warning);
    return response;
  }

  /** Starts a watch; returns what stops it. */
  watch(request: ApiRequest, onEvent: (event: WatchEvent) => void): () => void {
    const started = this.server.watch({ ...request, user: this.#user, verb: 'watch' }, onEvent);
    if (started.ok) return started.stop;
    throw new StatusFailure(started.response.body as Status);
  }

  /** Every resource the server has, in the order of discovery. */
  resources(): readonly ResourceInfo[] {
    return this.server.discovery();
  }

  /** A warning of the server, on stderr; the same text only once. */
  warn(text: string): void {
    if (this.#warned.has(text)) return;
    this.#warned.add(text);
    const { output } = this.#session;
    const label = output.allowsColor(2) ? '\x1b[33;1mWarning:\x1b[0m' : 'Warning:';
    output.errLine(`${label} ${text}`);
  }

  get #user(): string {
    const asked = this.#session.flags.text('as');
    return asked === '' ? 'kubernetes-admin' : asked;
  }
}

/** The path parts of a request for objects of a resource. */
export function pathOf(mapping: ResourceInfo): Pick<ApiRequest, 'group' | 'version' | 'resource'> {
  return { group: mapping.group, version: mapping.version, resource: mapping.resource };
}
