// Registers the node, posts its status when that changes and every five minutes, and renews its
// Lease every ten seconds (pkg/kubelet/kubelet_node_status.go, nodelease).
import type { NodeStatus } from '../../../api/generated/types.ts';
import type { KubeObject, StoredOf } from '../../../api/objects.ts';
import type { Clock } from '../../../runtime/clock.ts';
import { formatMicroTime } from '../../../runtime/time.ts';
import type { ContainerRuntime } from '../../cri/types.ts';
import type { NodeSpec } from '../../spec.ts';
import type { ApiLink } from '../api-link.ts';
import { sameJson } from '../status/equal.ts';
import { times } from '../times.ts';
import type { Heartbeats } from './heartbeats.ts';
import { nodeStatus, type MachineIds, type Pressure } from './status.ts';

export interface NodeReporterOptions {
  readonly clock: Clock;
  readonly api: ApiLink;
  readonly node: NodeSpec;
  readonly runtime: ContainerRuntime;
  readonly heartbeats: Heartbeats;
  readonly ids: MachineIds;
}

const leaseNamespace = 'kube-node-lease';
const leaseDurationSeconds = 40;

export class NodeReporter {
  readonly #options: NodeReporterOptions;
  readonly #stopBeats: () => void;
  #pressure: Pressure = { memory: false, disk: false, pid: false };
  #reportedMs = Number.NEGATIVE_INFINITY;
  #isRuntimeUp = false;
  #isUnschedulable = false;

  /** The process begins: it says so, and tells that it is alive. */
  constructor(options: NodeReporterOptions) {
    this.#options = options;
    this.event('Normal', 'Starting', 'Starting kubelet.');
    this.#renewLease();
    this.#stopBeats = options.heartbeats.add(() => this.#beat());
  }

  stop(): void {
    this.#stopBeats();
  }

  /** The container runtime answers: the node can be registered, or reported again after a start. */
  runtimeUp(): void {
    this.#isRuntimeUp = true;
    this.event('Normal', 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
    this.#register();
    this.#report(true);
    this.#renewLease();
  }

  /** The network is back. */
  reachable(): void {
    this.#beat();
  }

  setPressure(pressure: Pressure): void {
    if (sameJson(pressure, this.#pressure)) return;
    this.#pressure = pressure;
    this.#report(false);
  }

  #beat(): void {
    if (!this.#options.api.isUp) return;
    this.#renewLease();
    if (this.#isRuntimeUp) this.#report(false);
  }

  #register(): void {
    const { api, node } = this.#options;
    if (!api.isUp || api.client.get('Node', '', node.name) !== undefined) return;
    api.client.create('Node', newNode(node));
  }

  #report(isStart: boolean): void {
    const { api, clock, node, runtime, ids } = this.#options;
    if (!api.isUp) return;
    const known = api.client.get('Node', '', node.name);
    if (known === undefined) return;
    const nowMs = clock.nowMs();
    const fresh = nodeStatus(node, runtime, ids, this.#pressure, known.status, nowMs);
    const isDue = nowMs - this.#reportedMs >= times.nodeStatusReportMs;
    if (isStart || isDue || !sameStatus(known.status, fresh)) {
      this.#reportedMs = nowMs;
      api.client.updateStatus('Node', { ...known, status: fresh });
      this.#tell(known.status, fresh, isStart);
    }
    this.#tellSchedulable(known, isStart);
  }

  /** Events for conditions that have changed, and at the start for all of them. */
  #tell(before: NodeStatus, now: NodeStatus, isStart: boolean): void {
    const { name } = this.#options.node;
    const changed = (type: string): boolean =>
      statusOf(before, type) !== statusOf(now, type) || (isStart && type !== 'Ready');
    const tell = (reason: string): void =>
      this.event('Normal', reason, `Node ${name} status is now: ${reason}`);
    if (isStart && before.nodeInfo !== undefined && before.nodeInfo.bootID !== '') {
      const { bootId } = this.#options.ids;
      if (before.nodeInfo.bootID !== bootId) {
        this.event('Warning', 'Rebooted', `Node ${name} has been rebooted, boot id: ${bootId}`);
      }
    }
    const words: readonly (readonly [string, string, string])[] = [
      ['MemoryPressure', 'NodeHasInsufficientMemory', 'NodeHasSufficientMemory'],
      ['DiskPressure', 'NodeHasDiskPressure', 'NodeHasNoDiskPressure'],
      ['PIDPressure', 'NodeHasInsufficientPID', 'NodeHasSufficientPID'],
      ['Ready', 'NodeReady', 'NodeNotReady'],
    ];
    for (const [type, whenTrue, whenFalse] of words) {
      if (changed(type)) tell(statusOf(now, type) === 'True' ? whenTrue : whenFalse);
    }
  }

  #tellSchedulable(known: StoredOf<'Node'>, isStart: boolean): void {
    const isUnschedulable = known.spec.unschedulable === true;
    if (isUnschedulable === this.#isUnschedulable) return;
    this.#isUnschedulable = isUnschedulable;
    if (isStart) return;
    const reason = isUnschedulable ? 'NodeNotSchedulable' : 'NodeSchedulable';
    this.event('Normal', reason, `Node ${known.metadata.name} status is now: ${reason}`);
  }

  #renewLease(): void {
    const { api, clock, node } = this.#options;
    if (!api.isUp) return;
    const spec = {
      holderIdentity: node.name,
      leaseDurationSeconds,
      renewTime: formatMicroTime(clock.nowMs()),
    };
    const lease = api.client.get('Lease', leaseNamespace, node.name);
    if (lease !== undefined) {
      api.client.update('Lease', { ...lease, spec: { ...lease.spec, ...spec } });
      return;
    }
    const owner = api.client.get('Node', '', node.name);
    api.client.create('Lease', {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name: node.name,
        namespace: leaseNamespace,
        ...(owner === undefined
          ? {}
          : {
              ownerReferences: [
                { apiVersion: 'v1', kind: 'Node', name: node.name, uid: owner.metadata.uid },
              ],
            }),
      },
      spec,
    });
  }

  /** Records an Event about the node. */
  event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    const { name } = this.#options.node;
    const involved = { kind: 'Node', metadata: { name, uid: name } };
    this.#options.api.event(involved, type, reason, message);
  }
}

function newNode(node: NodeSpec): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
      labels: {
        'beta.kubernetes.io/arch': node.architecture,
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': node.architecture,
        'kubernetes.io/hostname': node.name,
        'kubernetes.io/os': 'linux',
        ...node.labels,
      },
    },
    spec: {
      podCIDR: node.podCidr,
      podCIDRs: [node.podCidr],
      ...(node.taints === undefined ? {} : { taints: node.taints }),
    },
  };
}

function statusOf(status: NodeStatus, type: string): string | undefined {
  return status.conditions?.find((one) => one.type === type)?.status;
}

/** Whether two statuses are the same but for the time of the last heartbeat. */
function sameStatus(a: NodeStatus, b: NodeStatus): boolean {
  const still = (status: NodeStatus): unknown => ({
    ...status,
    conditions: status.conditions?.map((one) => ({ ...one, lastHeartbeatTime: undefined })),
  });
  return sameJson(still(a), still(b));
}
