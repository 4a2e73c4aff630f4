// From a request to the resource it aims at.
import type { Status } from '../../api/generated/types.ts';
import type { Resource } from '../../api/kinds.ts';
import { resourceAt } from '../../api/kinds.ts';
import type { StoredResource } from '../registry/context.ts';
import { methodNotAllowed, noSuchPath, notModelled } from '../status.ts';
import type { ApiRequest } from '../types.ts';
import { groupResource } from '../../api/kinds.ts';

export type Resolved =
  | { readonly ok: true; readonly info: Resource; readonly namespace: string }
  | { readonly ok: false; readonly status: Status };

/** Finds the resource and checks that it, or its subresource, serves the verb. */
export function resolve(request: ApiRequest): Resolved {
  const info = resourceAt(request.group, request.version, request.resource);
  if (info === undefined) return { ok: false, status: noSuchPath() };
  const { subresource = '', verb } = request;
  if (subresource !== '') {
    const found = info.subresources.find(({ name }) => name === subresource);
    if (found === undefined) return { ok: false, status: noSuchPath() };
    if (!found.verbs.includes(verb)) return { ok: false, status: methodNotAllowed(info, verb) };
  } else if (!info.verbs.includes(verb)) {
    return { ok: false, status: methodNotAllowed(info, verb) };
  }
  return { ok: true, info, namespace: info.namespaced ? (request.namespace ?? '') : '' };
}

/** Kinds of which a new cluster holds no object, so that reading them truly finds none. */
const trulyEmpty: ReadonlySet<string> = new Set([
  'podtemplates',
  'replicationcontrollers',
  'certificatesigningrequests.certificates.k8s.io',
  'customresourcedefinitions.apiextensions.k8s.io',
  'csidrivers.storage.k8s.io',
  'csistoragecapacities.storage.k8s.io',
  'ingressclasses.networking.k8s.io',
  'ingresses.networking.k8s.io',
  'networkpolicies.networking.k8s.io',
  'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  'validatingwebhookconfigurations.admissionregistration.k8s.io',
  'validatingadmissionpolicies.admissionregistration.k8s.io',
  'validatingadmissionpolicybindings.admissionregistration.k8s.io',
  'runtimeclasses.node.k8s.io',
  'volumeattachments.storage.k8s.io',
]);

/** True when reading this resource can be answered although nothing of its kind can be stored. */
export function isTrulyEmpty(info: Resource): boolean {
  return trulyEmpty.has(groupResource(info));
}

export function isStored(info: Resource): info is StoredResource {
  return info.modelled !== undefined;
}

/** What the simulator answers where a real server would go on. */
export function refuseUnmodelled(info: Resource, subresource = ''): Status {
  const what = subresource === '' ? groupResource(info) : `${groupResource(info)}/${subresource}`;
  return notModelled(
    `the server lists ${what}, but this simulated cluster does not model it; nothing was read or changed`,
  );
}
