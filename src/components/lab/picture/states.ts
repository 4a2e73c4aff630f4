// Which of the picture's states a container or a Pod is in. Each has a mark and a silhouette; colour only repeats them.
import type { ContainerView, NodeView, PodView } from '#lab/view/types.ts';

export type DrawnState =
  'ready' | 'unready' | 'waiting' | 'ended' | 'failed' | 'crash' | 'unknown' | 'ending';

export function containerState(container: ContainerView, node: NodeView | undefined): DrawnState {
  if (node?.ready === 'Unknown') return 'unknown';
  switch (container.state) {
    case 'running':
      return container.ready ? 'ready' : 'unready';
    case 'terminated':
      return container.exitCode === 0 ? 'ended' : 'failed';
    case 'waiting':
      if (container.reason === 'CrashLoopBackOff') return 'crash';
      return /^(Err|Image|Invalid|Create|RunContainer)/.test(container.reason ?? '')
        ? 'failed'
        : 'waiting';
  }
}

export function podState(pod: PodView, node: NodeView | undefined): DrawnState {
  if (node?.ready === 'Unknown') return 'unknown';
  if (pod.deadlineMs !== undefined) return 'ending';
  if (pod.phase === 'Succeeded') return 'ended';
  if (pod.phase === 'Failed') return 'failed';
  if (/CrashLoopBackOff|Error|BackOff|Err/.test(pod.status)) return 'crash';
  if (pod.phase === 'Pending') return 'waiting';
  return pod.ready ? 'ready' : 'unready';
}
