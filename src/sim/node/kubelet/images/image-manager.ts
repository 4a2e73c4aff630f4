// Has images on the node before containers need them (pkg/kubelet/images/image_manager.go): policy,
// one pull at a time, and ever longer waits after pulls that failed.
import { formatReference, parseImageReference, withDefaultTag } from '../../../images/reference.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { ContainerRuntime, PullOutcome } from '../../cri/types.ts';
import type { ApiLink } from '../api-link.ts';
import { BackOff } from '../back-off.ts';
import { goDuration } from '../go-duration.ts';
import type { PodObject, SpecContainer } from '../pod.ts';
import { answer, type Task } from '../task.ts';
import { times } from '../times.ts';

export type ImageOutcome =
  { readonly ok: true } | { readonly ok: false; readonly reason: string; readonly message: string };

export interface ImageManagerOptions {
  readonly clock: Clock;
  readonly runtime: ContainerRuntime;
  readonly api: ApiLink;
}

export class ImageManager {
  readonly #options: ImageManagerOptions;
  readonly #backOff: BackOff;
  /** Why the last pull failed, by the key of the back-off. */
  readonly #failures = new Map<string, string>();
  /** Pulls that wait for the one under way (serializeImagePulls). */
  #queue: (() => void)[] = [];
  #isPulling = false;

  constructor(options: ImageManagerOptions) {
    this.#options = options;
    this.#backOff = new BackOff(options.clock, times.backOffFirstMs, times.backOffMaxMs);
  }

  /** Forgets what was remembered for a Pod that is gone. */
  forget(uid: string): void {
    this.#backOff.forget(`${uid}_`);
    for (const key of [...this.#failures.keys()]) {
      if (key.startsWith(`${uid}_`)) this.#failures.delete(key);
    }
  }

  /** Goes on when the container's image is there, or it is clear that it will not be for now. */
  *ensure(pod: PodObject, one: SpecContainer): Task<ImageOutcome> {
    const { api, runtime } = this.#options;
    const image = one.container.image ?? '';
    const parsed = parseImageReference(image);
    if (!parsed.ok) {
      const message = `Failed to apply default image tag "${image}": ${parsed.error}`;
      api.podEvent(pod, 'Warning', 'InspectFailed', message, one);
      return { ok: false, reason: 'InvalidImageName', message };
    }
    const reference = formatReference(withDefaultTag(parsed.reference));
    const policy = one.container.imagePullPolicy ?? 'IfNotPresent';
    const isPresent = runtime.imagePresent(reference) !== undefined;
    if (isPresent && policy !== 'Always') {
      const message = `Container image "${image}" already present on machine`;
      api.podEvent(pod, 'Normal', 'Pulled', message, one);
      return { ok: true };
    }
    if (policy === 'Never') {
      const message = `Container image "${image}" is not present with pull policy of Never`;
      api.podEvent(pod, 'Warning', 'ErrImageNeverPull', message, one);
      return { ok: false, reason: 'ErrImageNeverPull', message };
    }
    return yield* this.#pull(pod, one, image, reference);
  }

  *#pull(pod: PodObject, one: SpecContainer, image: string, reference: string): Task<ImageOutcome> {
    const { api, clock } = this.#options;
    const key = `${pod.metadata.uid}_${image}`;
    if (this.#backOff.isWaitingSinceUpdate(key)) {
      const told = `Back-off pulling image "${image}"`;
      api.podEvent(pod, 'Normal', 'BackOff', told, one);
      const message = `${told}: ${this.#failures.get(key) ?? ''}`;
      return { ok: false, reason: 'ImagePullBackOff', message };
    }
    this.#failures.delete(key);
    api.podEvent(pod, 'Normal', 'Pulling', `Pulling image "${image}"`, one);
    const askedMs = clock.nowMs();
    const outcome = yield* this.#inTurn(reference);
    if (!outcome.ok) {
      const told = `Failed to pull image "${image}": ${outcome.error}`;
      api.podEvent(pod, 'Warning', 'Failed', told, one);
      this.#backOff.next(key, clock.nowMs());
      this.#failures.set(key, `ErrImagePull: ${outcome.error}`);
      return { ok: false, reason: 'ErrImagePull', message: outcome.error };
    }
    const took = goDuration(Math.trunc(outcome.tookMs));
    const whole = goDuration(Math.trunc(clock.nowMs() - askedMs));
    const told = `Successfully pulled image "${image}" in ${took} (${whole} including waiting). Image size: ${outcome.sizeBytes} bytes.`;
    api.podEvent(pod, 'Normal', 'Pulled', told, one);
    return { ok: true };
  }

  /** Waits until no other pull is under way, then pulls. */
  *#inTurn(reference: string): Task<PullOutcome> {
    if (this.#isPulling) {
      yield* answer<undefined>((done) => {
        const go = (): void => done(undefined);
        this.#queue.push(go);
        return () => {
          this.#queue = this.#queue.filter((one) => one !== go);
        };
      });
    }
    this.#isPulling = true;
    try {
      return yield* answer<PullOutcome>((done) => {
        const pull = this.#options.runtime.pullImage(reference, done);
        return () => pull.cancel();
      });
    } finally {
      this.#isPulling = false;
      this.#queue.shift()?.();
    }
  }
}
