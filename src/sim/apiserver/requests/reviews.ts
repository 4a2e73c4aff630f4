// Questions to the server that are answered and not stored: may I, who am I, and tokens for service accounts
// (authorization.k8s.io, authentication.k8s.io).
import type { Resource } from '../../api/kinds.ts';
import { resourceOf } from '../../api/kinds.ts';
import type { KubeObject } from '../../api/objects.ts';
import { formatTime } from '../../runtime/time.ts';
import type { ServerContext } from '../registry/context.ts';
import { notFound } from '../status.ts';
import type { ApiRequest, ApiResponse } from '../types.ts';
import { administrator, isAuthorized } from './authorization.ts';
import { answer, refuse } from './respond.ts';

const noTimestamp = { creationTimestamp: null } as unknown as KubeObject['metadata'];

/** The answer to a review, or undefined when the resource is none. */
export function answerReview(resource: Resource, request: ApiRequest): ApiResponse | undefined {
  const body = (request.body ?? {}) as KubeObject;
  const spec = (body.spec ?? {}) as Readonly<Record<string, unknown>>;
  const user = request.user ?? administrator;
  const reply = (status: Readonly<Record<string, unknown>>): ApiResponse => {
    const { apiVersion, kind } = resource;
    const metadata = { ...noTimestamp, ...body.metadata };
    return answer({ kind, apiVersion, metadata, spec, status }, 201);
  };
  switch (resource.kind) {
    case 'SelfSubjectAccessReview':
      return reply({ allowed: isAuthorized(user) });
    case 'SubjectAccessReview':
    case 'LocalSubjectAccessReview':
      return reply({ allowed: isAuthorized(String(spec.user ?? '')) });
    case 'SelfSubjectRulesReview':
      return reply(isAuthorized(user) ? allRules : noRules);
    case 'SelfSubjectReview':
      return reply({ userInfo: { username: user, groups: groupsOf(user) } });
    default:
      return undefined;
  }
}

function groupsOf(user: string): readonly string[] {
  const own = user === administrator ? ['kubeadm:cluster-admins'] : [];
  return [...own, 'system:authenticated'];
}

const everything = ['*'];
const allRules = {
  resourceRules: [{ verbs: everything, apiGroups: everything, resources: everything }],
  nonResourceRules: [{ verbs: everything, nonResourceURLs: everything }],
  incomplete: false,
};
const noRules = { resourceRules: [], nonResourceRules: [], incomplete: false };

const defaultTokenSeconds = 3600;

/** POST serviceaccounts/NAME/token: a token that says whose it is; it is signed by nobody. */
export function issueToken(
  context: ServerContext,
  namespace: string,
  request: ApiRequest,
): ApiResponse {
  const name = request.name ?? '';
  const account = context.store.get('ServiceAccount', namespace, name);
  if (account === undefined) return refuse(notFound(resourceOf('ServiceAccount'), name));
  const body = (request.body ?? {}) as KubeObject;
  const spec = (body.spec ?? {}) as { expirationSeconds?: number; audiences?: readonly string[] };
  const seconds = spec.expirationSeconds ?? defaultTokenSeconds;
  const expiresMs = context.clock.nowMs() + seconds * 1000;
  return answer(
    {
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { name, namespace, creationTimestamp: formatTime(context.clock.nowMs()) },
      spec: {
        audiences: spec.audiences ?? ['https://kubernetes.default.svc.cluster.local'],
        expirationSeconds: seconds,
        boundObjectRef: null,
      },
      status: {
        token: `podlab.${namespace}.${name}.${account.metadata.uid}.${expiresMs}`,
        expirationTimestamp: formatTime(expiresMs),
      },
    } as unknown as KubeObject,
    201,
  );
}
