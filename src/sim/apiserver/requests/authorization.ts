// Who may do what: the administrator and the cluster's own components everything, anybody else nothing, as in a new
// cluster whose RBAC knows no other user.
import type { Status } from '../../api/generated/types.ts';
import type { Resource } from '../../api/kinds.ts';
import { quoted } from '../../api/messages.ts';
import { forbidden } from '../status.ts';
import type { ApiRequest } from '../types.ts';

export const administrator = 'kubernetes-admin';

const components =
  /^(?:kube-[a-z-]+|kubelet(?:\/.+)?|[a-z-]+-controller|[a-z-]+-scheduler|system:(?:node|kube)[:-].+)$/;

/** True for users to whom RBAC grants everything they ask for. */
export function isAuthorized(user: string | undefined): boolean {
  return user === undefined || user === administrator || components.test(user);
}

/** The refusal of a request by somebody without rights, or undefined (endpoints/filters/authorization.go). */
export function checkAuthorized(request: ApiRequest, resource: Resource): Status | undefined {
  const { user, verb, namespace = '', name = '', subresource = '' } = request;
  if (user === undefined || isAuthorized(user)) return undefined;
  const what = subresource === '' ? resource.plural : `${resource.plural}/${subresource}`;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace ${quoted(namespace)}`;
  const why = `User ${quoted(user)} cannot ${verb} resource ${quoted(what)} in API group ${quoted(resource.group)} ${where}`;
  return forbidden({ group: resource.group, plural: resource.plural }, name, why);
}
