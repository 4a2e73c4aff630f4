// What a node says of itself (pkg/kubelet/nodestatus/setters.go).
import type { NodeCondition, NodeStatus } from '../../../api/generated/types.ts';
import { formatTime } from '../../../runtime/time.ts';
import type { ContainerRuntime } from '../../cri/types.ts';
import type { NodeSpec } from '../../spec.ts';
import { allocatable, capacity } from './capacity.ts';

/** What the eviction manager says is short. */
export interface Pressure {
  readonly memory: boolean;
  readonly disk: boolean;
  readonly pid: boolean;
}

export interface MachineIds {
  readonly machineId: string;
  readonly bootId: string;
}

const maxImages = 50;

/** The conditions as they are now; times of changes are kept where nothing changed. */
function conditions(
  pressure: Pressure,
  old: readonly NodeCondition[],
  nowMs: number,
): readonly NodeCondition[] {
  const now = formatTime(nowMs);
  const make = (
    type: string,
    isTrue: boolean,
    reasons: readonly [whenTrue: string, whenFalse: string],
    messages: readonly [whenTrue: string, whenFalse: string],
  ): NodeCondition => {
    const status = isTrue ? 'True' : 'False';
    const before = old.find((one) => one.type === type);
    return {
      lastHeartbeatTime: now,
      lastTransitionTime: before?.status === status ? (before.lastTransitionTime ?? now) : now,
      message: isTrue ? messages[0] : messages[1],
      reason: isTrue ? reasons[0] : reasons[1],
      status,
      type,
    };
  };
  return [
    make(
      'MemoryPressure',
      pressure.memory,
      ['KubeletHasInsufficientMemory', 'KubeletHasSufficientMemory'],
      ['kubelet has insufficient memory available', 'kubelet has sufficient memory available'],
    ),
    make(
      'DiskPressure',
      pressure.disk,
      ['KubeletHasDiskPressure', 'KubeletHasNoDiskPressure'],
      ['kubelet has disk pressure', 'kubelet has no disk pressure'],
    ),
    make(
      'PIDPressure',
      pressure.pid,
      ['KubeletHasInsufficientPID', 'KubeletHasSufficientPID'],
      ['kubelet has insufficient PID available', 'kubelet has sufficient PID available'],
    ),
    make(
      'Ready',
      true,
      ['KubeletReady', 'KubeletNotReady'],
      ['kubelet is posting ready status', ''],
    ),
  ];
}

export function nodeStatus(
  node: NodeSpec,
  runtime: ContainerRuntime,
  ids: MachineIds,
  pressure: Pressure,
  old: NodeStatus,
  nowMs: number,
): NodeStatus {
  return {
    ...old,
    addresses: [
      { address: node.ip, type: 'InternalIP' },
      { address: node.name, type: 'Hostname' },
    ],
    allocatable: allocatable(node),
    capacity: capacity(node),
    conditions: conditions(pressure, old.conditions ?? [], nowMs),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    images: imagesOf(runtime),
    nodeInfo: {
      architecture: node.architecture,
      bootID: ids.bootId,
      containerRuntimeVersion: `${runtime.name}://${runtime.version}`,
      kernelVersion: node.kernelVersion,
      kubeProxyVersion: '',
      kubeletVersion: node.kubeletVersion,
      machineID: ids.machineId,
      operatingSystem: 'linux',
      osImage: node.osImage,
      systemUUID: ids.machineId,
    },
  };
}

/** The largest images first. */
function imagesOf(runtime: ContainerRuntime): NonNullable<NodeStatus['images']> {
  return [...runtime.images()]
    .sort((a, b) => b.sizeBytes - a.sizeBytes || ((a.names[0] ?? '') < (b.names[0] ?? '') ? -1 : 1))
    .slice(0, maxImages)
    .map(({ names, sizeBytes }) => ({ names: [...names], sizeBytes }));
}
