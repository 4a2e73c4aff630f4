// ServiceAccount: gives a Pod its account, the account's token and its pull secrets
// (plugin/pkg/admission/serviceaccount).
import type { Container, Pod, ServiceAccount, Volume } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';
import { parseTime } from '../../runtime/time.ts';
import type { ServerContext } from '../registry/context.ts';
import { generateName } from '../registry/metadata.ts';
import type { AdmissionPlugin } from './plugin.ts';
import { forbid, isPodCreate } from './plugin.ts';

const tokenMountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const tokenVolumePrefix = 'kube-api-access-';
/** How long the plugin waits for an account that its controller is about to make. */
const waitForAccountMs = 1000;

type Spec = NonNullable<Pod['spec']>;

export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',

  admit(context, attributes, object) {
    if (!isPodCreate(attributes)) return { ok: true, object };
    const { namespace } = attributes;
    const given = (object as Pod).spec ?? { containers: [] };
    const name = given.serviceAccountName || given.serviceAccount || 'default';
    const account = findAccount(context, namespace, name);
    if (account === undefined) {
      const why = `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`;
      return { ok: false, status: forbid(attributes, why) };
    }
    let spec: Spec = { ...given, serviceAccountName: name, serviceAccount: name };
    const wantsToken =
      spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
    if (wantsToken) spec = mountToken(context, spec);
    const secrets = account.imagePullSecrets ?? [];
    if ((spec.imagePullSecrets ?? []).length === 0 && secrets.length > 0) {
      spec = { ...spec, imagePullSecrets: secrets };
    }
    return { ok: true, object: { ...object, spec } as KubeObject };
  },
};

/**
 * The account, or undefined. The real plugin waits up to a second for an account to appear; here a namespace so young
 * that its controller has not made `default` yet counts as having it.
 */
function findAccount(
  { clock, store }: ServerContext,
  namespace: string,
  name: string,
): ServiceAccount | undefined {
  const found = store.get('ServiceAccount', namespace, name);
  if (found !== undefined || name !== 'default') return found as ServiceAccount | undefined;
  const created = store.get('Namespace', '', namespace)?.metadata.creationTimestamp ?? '';
  const ageMs = clock.nowMs() - (parseTime(created) ?? 0);
  return ageMs <= waitForAccountMs ? {} : undefined;
}

function mountToken(context: ServerContext, spec: Spec): Spec {
  const volumes = spec.volumes ?? [];
  const present = volumes.find(({ name }) => name.startsWith(tokenVolumePrefix));
  const name = present?.name ?? generateName(context, tokenVolumePrefix);
  let isMounted = false;
  const mount = (container: Container): Container => {
    const mounts = container.volumeMounts ?? [];
    if (mounts.some(({ mountPath }) => mountPath === tokenMountPath)) return container;
    isMounted = true;
    const own = { mountPath: tokenMountPath, name, readOnly: true };
    return { ...container, volumeMounts: [...mounts, own] };
  };
  const initContainers = spec.initContainers?.map(mount);
  const containers = spec.containers.map(mount);
  if (!isMounted) return spec;
  return {
    ...spec,
    ...(initContainers === undefined ? {} : { initContainers }),
    containers,
    volumes: present === undefined ? [...volumes, tokenVolume(name)] : volumes,
  };
}

function tokenVolume(name: string): Volume {
  const items = [{ key: 'ca.crt', path: 'ca.crt' }];
  const fieldRef = { apiVersion: 'v1', fieldPath: 'metadata.namespace' };
  return {
    name,
    projected: {
      defaultMode: 0o644,
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { items, name: 'kube-root-ca.crt' } },
        { downwardAPI: { items: [{ fieldRef, path: 'namespace' }] } },
      ],
    },
  };
}
