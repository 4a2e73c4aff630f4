// The images on a node: what was pulled, and pulls under way.
import { digestOf, findImage, imageIdOf, repositoryDigest } from '../../images/catalogue.ts';
import type { Image } from '../../images/image.ts';
import {
  formatReference,
  parseImageReference,
  repositoryOf,
  withDefaultTag,
} from '../../images/reference.ts';
import type { Registries } from '../../images/registry.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { ContainerRuntime, PullOutcome } from './types.ts';

export interface ImageStoreOptions {
  readonly clock: Clock;
  readonly registries: Registries;
  /** Whether the node reaches the registries now. */
  readonly isConnected: () => boolean;
  /** Images that are on the node from the start. */
  readonly preloaded: readonly Image[];
}

export class ImageStore {
  readonly #options: ImageStoreOptions;
  readonly #byName = new Map<string, Image>();

  constructor(options: ImageStoreOptions) {
    this.#options = options;
    for (const image of options.preloaded) {
      for (const tag of image.tags) this.#byName.set(`${image.repository}:${tag}`, image);
    }
  }

  /** The image on this node that a reference means. */
  find(image: string): Image | undefined {
    const parsed = parseImageReference(image);
    if (!parsed.ok) return undefined;
    const reference = withDefaultTag(parsed.reference);
    if (reference.digest === undefined) return this.#byName.get(formatReference(reference));
    const repository = repositoryOf(reference);
    return [...this.#byName.values()].find(
      (each) => each.repository === repository && digestOf(each) === reference.digest,
    );
  }

  present(image: string): ReturnType<ContainerRuntime['imagePresent']> {
    const found = this.find(image);
    if (found === undefined) return undefined;
    const { sizeBytes, config } = found;
    return { imageId: repositoryDigest(found), sizeBytes, user: config.user?.split(':')[0] };
  }

  /** Pulls; the node's kubelet sees to it that pulls come one after the other. */
  pull(image: string, done: (outcome: PullOutcome) => void): { cancel(): void } {
    const { clock, registries, isConnected } = this.#options;
    const parsed = parseImageReference(image);
    if (!parsed.ok) {
      const error = `rpc error: code = Unknown desc = failed to parse image reference: ${parsed.error}`;
      return clock.after(0, () => done({ ok: false, error }));
    }
    const reference = withDefaultTag(parsed.reference);
    const wanted = findImage(reference);
    const hasLayers = wanted !== undefined && [...this.#byName.values()].includes(wanted);
    const plan = registries.plan(reference, { isConnected: isConnected(), hasLayers });
    return clock.after(
      plan.durationMs,
      () => {
        const { result, durationMs } = plan;
        if ('error' in result) return done({ ok: false, error: result.error });
        this.#byName.set(formatReference(reference), result.image);
        done({
          ok: true,
          imageRef: repositoryDigest(result.image),
          sizeBytes: result.image.sizeBytes,
          tookMs: durationMs,
          waitedMs: durationMs,
        });
      },
      hasLayers ? undefined : `pull of ${image}`,
    );
  }

  /** What node.status.images lists: largest first. */
  list(): readonly { readonly names: readonly string[]; readonly sizeBytes: number }[] {
    const names = new Map<Image, string[]>();
    for (const [name, image] of this.#byName) {
      names.set(image, [...(names.get(image) ?? []), name]);
    }
    return [...names]
      .map(([image, tags]) => ({
        names: [repositoryDigest(image), ...tags],
        sizeBytes: image.sizeBytes,
      }))
      .sort(
        (a, b) => b.sizeBytes - a.sizeBytes || ((a.names[0] ?? '') < (b.names[0] ?? '') ? -1 : 1),
      );
  }

  /** The image's own id, for container statuses that show it. */
  idOf(image: Image): string {
    return imageIdOf(image);
  }
}
