// Why the last try to start a container failed, by Pod and container (pkg/kubelet/reason_cache.go).

export interface StartFailure {
  /** What shows as the waiting reason: ErrImagePull, CrashLoopBackOff ... */
  readonly reason: string;
  readonly message: string;
  /** When a container that waits after a crash may start again. */
  readonly untilMs?: number;
}

export class StartFailures {
  readonly #byPod = new Map<string, Map<string, StartFailure>>();

  get(uid: string, container: string): StartFailure | undefined {
    return this.#byPod.get(uid)?.get(container);
  }

  /** Takes over what a sync of the Pod brought: undefined for a container that started. */
  update(uid: string, results: ReadonlyMap<string, StartFailure | undefined>): void {
    const known = this.#byPod.get(uid) ?? new Map<string, StartFailure>();
    for (const [container, failure] of results) {
      if (failure === undefined) known.delete(container);
      else known.set(container, failure);
    }
    if (known.size > 0) this.#byPod.set(uid, known);
    else this.#byPod.delete(uid);
  }

  /** A container of the Pod whose wait is over at a time. */
  startsAt(uid: string, atMs: number): string | undefined {
    for (const [container, { untilMs }] of this.#byPod.get(uid) ?? []) {
      if (untilMs !== undefined && untilMs <= atMs) return container;
    }
    return undefined;
  }

  forget(uid: string): void {
    this.#byPod.delete(uid);
  }
}
