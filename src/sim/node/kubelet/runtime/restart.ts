// Whether a container that does not run is to be started
// (kubecontainer.ShouldContainerBeRestarted).
import { isDeleted, type PodObject } from '../pod.ts';
import { findContainer, type PodSnapshot } from './snapshot.ts';

/** @param policy the Pod's restart policy, or Always for a sidecar */
export function shouldRestart(
  pod: PodObject,
  name: string,
  policy: string,
  seen: PodSnapshot,
): boolean {
  if (isDeleted(pod)) return false;
  const found = findContainer(seen, name);
  if (found === undefined) return true;
  if (found.state === 'running') return false;
  if (found.state === 'created') return true;
  if (policy === 'Never') return false;
  return policy === 'Always' || found.exitCode !== 0;
}
