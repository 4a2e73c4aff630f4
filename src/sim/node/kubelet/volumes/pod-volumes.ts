// The volumes of one Pod on this node: tried until they are mounted, with ever longer waits after
// failures.
import type { Volume } from '../../../api/generated/types.ts';
import type { Clock, Timer } from '../../../runtime/clock.ts';
import type { Volume as NodeVolume } from '../../cri/types.ts';
import { times } from '../times.ts';

export interface MountedVolume {
  readonly spec: Volume;
  /** Made with the first try; survives restarts of the kubelet and of the machine. */
  node: NodeVolume | undefined;
  isMounted: boolean;
  /** The claim behind it is not ready; found out anew at every sync. */
  problem: string | undefined;
  delayMs: number;
  timer: Timer | undefined;
  /** What a volume with files from the API last got, to see whether it has changed. */
  content: string;
}

export type MountAttempt =
  { readonly ok: true; readonly node: NodeVolume } | { readonly ok: false; readonly error: string };

export class PodVolumes {
  readonly #clock: Clock;
  readonly #attempt: (volume: MountedVolume) => MountAttempt;
  readonly #failed: (volume: MountedVolume, error: string) => void;
  readonly #volumes = new Map<string, MountedVolume>();
  #waiting: (() => void)[] = [];

  constructor(
    clock: Clock,
    attempt: (volume: MountedVolume) => MountAttempt,
    failed: (volume: MountedVolume, error: string) => void,
  ) {
    this.#clock = clock;
    this.#attempt = attempt;
    this.#failed = failed;
  }

  get(name: string): MountedVolume | undefined {
    return this.#volumes.get(name);
  }

  all(): readonly MountedVolume[] {
    return [...this.#volumes.values()];
  }

  /** Takes a volume of the spec up; one that is not mounted is tried soon. */
  want(spec: Volume): void {
    const known = this.#volumes.get(spec.name);
    const volume: MountedVolume = known ?? {
      spec,
      node: undefined,
      isMounted: false,
      problem: undefined,
      delayMs: 0,
      timer: undefined,
      content: '',
    };
    this.#volumes.set(spec.name, volume);
    if (!volume.isMounted && volume.timer === undefined && volume.problem === undefined) {
      this.#tryAfter(volume, times.mountMs);
    }
  }

  isMounted(): boolean {
    return this.all().every((volume) => volume.isMounted);
  }

  /** Calls back once, when every volume is mounted; answers how to call that off. */
  whenMounted(done: () => void): () => void {
    this.#waiting.push(done);
    return () => {
      this.#waiting = this.#waiting.filter((one) => one !== done);
    };
  }

  /** Gives up trying. */
  stop(): void {
    for (const volume of this.all()) {
      volume.timer?.cancel();
      volume.timer = undefined;
    }
  }

  #tryAfter(volume: MountedVolume, delayMs: number): void {
    volume.timer = this.#clock.after(delayMs, () => {
      volume.timer = undefined;
      this.#try(volume);
    });
  }

  #try(volume: MountedVolume): void {
    const result = this.#attempt(volume);
    if (result.ok) {
      volume.node = result.node;
      volume.isMounted = true;
      volume.delayMs = 0;
      if (!this.isMounted()) return;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const done of waiting) done();
      return;
    }
    this.#failed(volume, result.error);
    volume.delayMs =
      volume.delayMs === 0
        ? times.mountBackOffFirstMs
        : Math.min(volume.delayMs * 2, times.mountBackOffMaxMs);
    this.#tryAfter(volume, volume.delayMs);
  }
}
