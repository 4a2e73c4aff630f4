// Taints that follow a node's conditions (pkg/controller/nodelifecycle, doNoScheduleTaintingPass).
import type { Taint } from '../../api/generated/types.ts';
import type { StoredOf } from '../../api/objects.ts';
import type { Client } from '../../apiserver/types.ts';
import { formatTime } from '../../runtime/time.ts';

export type StoredNode = StoredOf<'Node'>;

export const notReadyTaint = 'node.kubernetes.io/not-ready';
export const unreachableTaint = 'node.kubernetes.io/unreachable';
const unschedulableTaint = 'node.kubernetes.io/unschedulable';

const byCondition: readonly (readonly [type: string, status: string, key: string])[] = [
  ['Ready', 'False', notReadyTaint],
  ['Ready', 'Unknown', unreachableTaint],
  ['MemoryPressure', 'True', 'node.kubernetes.io/memory-pressure'],
  ['DiskPressure', 'True', 'node.kubernetes.io/disk-pressure'],
  ['PIDPressure', 'True', 'node.kubernetes.io/pid-pressure'],
  ['NetworkUnavailable', 'True', 'node.kubernetes.io/network-unavailable'],
];
const ownKeys = [...byCondition.map(([, , key]) => key), unschedulableTaint];

export const readyStatus = (node: StoredNode): string | undefined =>
  node.status.conditions?.find(({ type }) => type === 'Ready')?.status;

/** The NoSchedule taints that a node's conditions and cordon ask for. */
function wantedKeys(node: StoredNode): readonly string[] {
  const conditions = node.status.conditions ?? [];
  const keys = byCondition
    .filter(([type, status]) =>
      conditions.some((one) => one.type === type && one.status === status),
    )
    .map(([, , key]) => key);
  return node.spec.unschedulable === true ? [...keys, unschedulableTaint] : keys;
}

function withTaints(client: Client, node: StoredNode, taints: readonly Taint[]): void {
  client.update('Node', {
    ...node,
    spec: { ...node.spec, taints: taints.length > 0 ? taints : undefined },
  });
}

/** Adds and removes NoSchedule taints so that they say what conditions and cordon say. */
export function followConditions(client: Client, name: string, nowMs: number): void {
  const node = client.get('Node', '', name);
  if (node === undefined) return;
  const wanted = wantedKeys(node);
  const before = node.spec.taints ?? [];
  const isOwn = ({ key, effect }: Taint) => effect === 'NoSchedule' && ownKeys.includes(key);
  const kept = before.filter((taint) => !isOwn(taint) || wanted.includes(taint.key));
  const missing = wanted.filter(
    (key) => !before.some((taint) => isOwn(taint) && taint.key === key),
  );
  if (kept.length === before.length && missing.length === 0) return;
  const timeAdded = formatTime(nowMs);
  const added = missing.map((key): Taint => ({ effect: 'NoSchedule', key, timeAdded }));
  withTaints(client, node, [...kept, ...added]);
}

/** Gives a node the NoExecute taint of its state, or none; the other of the two goes. Returns whether anything changed. */
export function setNoExecute(
  client: Client,
  name: string,
  key: string | undefined,
  nowMs: number,
): boolean {
  const node = client.get('Node', '', name);
  if (node === undefined) return false;
  const before = node.spec.taints ?? [];
  const isOurs = (taint: Taint) =>
    taint.effect === 'NoExecute' && (taint.key === notReadyTaint || taint.key === unreachableTaint);
  const kept = before.filter((taint) => !isOurs(taint) || taint.key === key);
  const isThere = kept.some((taint) => isOurs(taint) && taint.key === key);
  if (kept.length === before.length && (key === undefined || isThere)) return false;
  const added: readonly Taint[] =
    key === undefined || isThere
      ? []
      : [{ effect: 'NoExecute', key, timeAdded: formatTime(nowMs) }];
  withTaints(client, node, [...kept, ...added]);
  return true;
}
