// What the parts of a kubelet share.
import type { Clock } from '../../runtime/clock.ts';
import type { Random } from '../../runtime/random.ts';
import type { ContainerRuntime } from '../cri/types.ts';
import type { NodeSpec } from '../spec.ts';
import type { ApiLink } from './api-link.ts';
import type { ImageManager } from './images/image-manager.ts';
import type { Allocations } from './resize/allocations.ts';
import type { RuntimeRecords } from './runtime/records.ts';
import type { VolumeManager } from './volumes/volume-manager.ts';

export interface KubeletContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly node: NodeSpec;
  readonly api: ApiLink;
  readonly runtime: ContainerRuntime;
  readonly records: RuntimeRecords;
  readonly images: ImageManager;
  readonly volumes: VolumeManager;
  readonly allocations: Allocations;
}
