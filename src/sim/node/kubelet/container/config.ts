// A container's configuration for the runtime, from the Pod's spec (kuberuntime_container.go
// generateContainerConfig).
import { milliValue, value } from '../../../api/quantity.ts';
import type { Container } from '../../../api/generated/types.ts';
import { formatReference, parseImageReference, withDefaultTag } from '../../../images/reference.ts';
import type { ContainerConfig, Sandbox } from '../../cri/types.ts';
import type { KubeletContext } from '../context.ts';
import { describePod, type PodObject, type SpecContainer } from '../pod.ts';
import { findContainer, type PodSnapshot } from '../runtime/snapshot.ts';
import { environment } from './environment.ts';
import { expand } from './expand.ts';

export type ConfigResult =
  | { readonly ok: true; readonly config: ContainerConfig }
  | { readonly ok: false; readonly error: string };

export function containerConfig(
  context: KubeletContext,
  pod: PodObject,
  seen: PodSnapshot,
  sandbox: Sandbox,
  one: SpecContainer,
  attempt: number,
): ConfigResult {
  const { container } = one;
  const env = environment({ context, pod, container, podIp: sandbox.ip });
  if (!env.ok) return env;
  const mounts = context.volumes.mountsOf(pod, container, env.variables);
  if (!mounts.ok) return mounts;
  const user = userOf(context, pod, container);
  if (!user.ok) return user;
  const variables = new Map(env.variables);
  const expandAll = (texts: readonly string[] | undefined): readonly string[] | undefined =>
    texts?.map((text) => expand(text, (name) => variables.get(name)));
  const target = 'targetContainerName' in container ? container.targetContainerName : undefined;
  const { securityContext: own, resources } = container;
  return {
    ok: true,
    config: {
      name: container.name,
      image: referenceOf(container.image ?? ''),
      attempt,
      command: nonEmpty(expandAll(container.command)),
      args: nonEmpty(expandAll(container.args)),
      workingDir: container.workingDir === '' ? undefined : container.workingDir,
      env: env.variables,
      mounts: mounts.mounts,
      runAsUser: user.uid,
      runAsGroup: own?.runAsGroup ?? pod.spec.securityContext?.runAsGroup,
      fsGroup: pod.spec.securityContext?.fsGroup,
      supplementalGroups: pod.spec.securityContext?.supplementalGroups ?? [],
      readOnlyRootFilesystem: own?.readOnlyRootFilesystem ?? false,
      privileged: own?.privileged ?? false,
      addedCapabilities: own?.capabilities?.add ?? [],
      droppedCapabilities: own?.capabilities?.drop ?? [],
      cpuLimitMilli: optional(resources?.limits?.['cpu'], milliValue),
      cpuRequestMilli: optional(resources?.requests?.['cpu'], milliValue),
      memoryLimitBytes: optional(resources?.limits?.['memory'], value),
      stdin: container.stdin ?? false,
      stdinOnce: container.stdinOnce ?? false,
      tty: container.tty ?? false,
      terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
      targetContainerId: typeof target === 'string' ? findContainer(seen, target)?.id : undefined,
    },
  };
}

/** `docker.io/library/nginx:1.27` for `nginx:1.27`. */
function referenceOf(image: string): string {
  const parsed = parseImageReference(image);
  return parsed.ok ? formatReference(withDefaultTag(parsed.reference)) : image;
}

function nonEmpty(texts: readonly string[] | undefined): readonly string[] | undefined {
  return texts === undefined || texts.length === 0 ? undefined : texts;
}

function optional(text: string | undefined, read: (text: string) => number): number | undefined {
  const amount = text === undefined ? 0 : read(text);
  return amount === 0 ? undefined : amount;
}

type User =
  | { readonly ok: true; readonly uid: number | undefined }
  | { readonly ok: false; readonly error: string };

/** The user to run as, checked against runAsNonRoot (security_context.go verifyRunAsNonRoot). */
function userOf(context: KubeletContext, pod: PodObject, container: Container): User {
  const own = container.securityContext;
  const ofPod = pod.spec.securityContext;
  const uid = own?.runAsUser ?? ofPod?.runAsUser;
  if ((own?.runAsNonRoot ?? ofPod?.runAsNonRoot) !== true) return { ok: true, uid };
  const where = `(pod: "${describePod(pod)}", container: ${container.name})`;
  const fail = (text: string): User => ({ ok: false, error: `${text} ${where}` });
  if (uid !== undefined) {
    return uid === 0 ? fail("container's runAsUser breaks non-root policy") : { ok: true, uid };
  }
  const image = context.runtime.imagePresent(referenceOf(container.image ?? ''));
  const user = image?.user ?? '';
  if (user === '' || user === '0') {
    return fail('container has runAsNonRoot and image will run as root');
  }
  if (!/^\d+$/.test(user)) {
    return fail(
      `container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root`,
    );
  }
  return { ok: true, uid };
}
