// The latest result of each probe by container (pkg/kubelet/prober/results).

export type ProbeResult = 'success' | 'failure' | 'unknown';

export interface ProbeUpdate {
  readonly uid: string;
  readonly containerId: string;
  readonly result: ProbeResult;
}

export class ProbeResults {
  readonly #results = new Map<string, ProbeResult>();
  readonly #onUpdate: (update: ProbeUpdate) => void;

  /** @param onUpdate told whenever a container's result becomes another */
  constructor(onUpdate: (update: ProbeUpdate) => void) {
    this.#onUpdate = onUpdate;
  }

  get(containerId: string): ProbeResult | undefined {
    return this.#results.get(containerId);
  }

  set(containerId: string, result: ProbeResult, uid: string): void {
    if (this.#results.get(containerId) === result) return;
    this.#results.set(containerId, result);
    this.#onUpdate({ uid, containerId, result });
  }

  remove(containerId: string): void {
    this.#results.delete(containerId);
  }
}
