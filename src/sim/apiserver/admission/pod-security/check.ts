// What the checks of both levels share.
import type {
  Container,
  EphemeralContainer,
  ObjectMeta,
  PodSpec,
  SecurityContext,
} from '../../../api/generated/types.ts';
import { quoted } from '../../../api/messages.ts';

export type AnyContainer = Container | EphemeralContainer;

/** What a check finds: a reason and its details, or undefined when the Pod is fine. */
export interface Finding {
  readonly reason: string;
  readonly detail: string;
}

export interface Check {
  readonly id: string;
  /** The first minor version of release 1 that has it. */
  readonly since: number;
  run(spec: PodSpec, metadata: ObjectMeta): Finding | undefined;
}

/** Init containers, containers, ephemeral ones. */
export function containersOf(spec: PodSpec): readonly AnyContainer[] {
  return [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])];
}

/** Names of the containers that a condition is true of. */
export function namesWhere(
  spec: PodSpec,
  isBad: (context: SecurityContext, container: AnyContainer) => boolean,
): readonly string[] {
  return containersOf(spec)
    .filter((container) => isBad(container.securityContext ?? {}, container))
    .map(({ name }) => name);
}

export function plural(one: string, many: string, count: number): string {
  return count === 1 ? one : many;
}

export function joinQuoted(words: readonly string[]): string {
  return words.map(quoted).join(', ');
}

/** Each once, sorted. */
export function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}

/** `container "a"`, `containers "a", "b"`. */
export function nameContainers(names: readonly string[]): string {
  return `${plural('container', 'containers', names.length)} ${joinQuoted(names)}`;
}

/** `pod and container "a"`: who set something. */
export function setters(isPod: boolean, containers: readonly string[]): string {
  const parts = isPod ? ['pod'] : [];
  if (containers.length > 0) parts.push(nameContainers(containers));
  return parts.join(' and ');
}
