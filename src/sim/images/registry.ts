// The registries, as nodes reach them: what they have, how long a pull takes, and what goes wrong on the way.
import { findImage, hasRepository } from './catalogue.ts';
import type { Image } from './image.ts';
import { formatReference, type ImageReference } from './reference.ts';

/** How a registry can be troubled. */
export type RegistryTrouble =
  | { readonly kind: 'none' }
  /** Everything takes so many times as long. */
  | { readonly kind: 'slow'; readonly factor: number }
  /** Answers every request with an error. */
  | { readonly kind: 'broken' };

export interface PullPlan {
  /** Virtual milliseconds from the first request to the end. */
  readonly durationMs: number;
  readonly result: { readonly image: Image } | { readonly error: string };
}

/** To find out what a tag means. */
const resolveMs = 220;
/** When the layers are on the node already. */
const checkMs = 60;
const bytesPerMs = 25_000;
/** Unpacked layers are about two and a half times as large, and written at 100 MB/s. */
const unpackedBytesPerMs = 40_000;
/** containerd gives up on a host that does not answer. */
const dialTimeoutMs = 30_000;

export class Registries {
  #trouble: RegistryTrouble = { kind: 'none' };

  /** What ails all registries from now on. */
  setTrouble(trouble: RegistryTrouble): void {
    this.#trouble = trouble;
  }

  get trouble(): RegistryTrouble {
    return this.#trouble;
  }

  /**
   * What a pull from a node will come to.
   * @param node.isConnected whether the node reaches the world outside
   * @param node.hasLayers whether the image's layers are on the node
   */
  plan(
    reference: ImageReference,
    node: { readonly isConnected: boolean; readonly hasLayers: boolean },
  ): PullPlan {
    if (!node.isConnected) {
      const dial = `dial tcp: lookup ${hostOf(reference)}: i/o timeout`;
      return { durationMs: dialTimeoutMs, result: { error: requestFailure(reference, dial) } };
    }
    const trouble = this.#trouble;
    const factor = trouble.kind === 'slow' ? trouble.factor : 1;
    if (trouble.kind === 'broken') {
      return { durationMs: resolveMs, result: { error: serverFailure(reference) } };
    }
    const image = findImage(reference);
    if (image === undefined) {
      return { durationMs: resolveMs * factor, result: { error: notFound(reference) } };
    }
    const transferMs = image.sizeBytes / bytesPerMs + image.sizeBytes / unpackedBytesPerMs;
    const ownMs = node.hasLayers ? checkMs : resolveMs + transferMs;
    return { durationMs: Math.round(ownMs * factor), result: { image } };
  }
}

/** Docker Hub does not tell a repository that is not there from one that is private; other registries do. */
function notFound(reference: ImageReference): string {
  const name = formatReference(reference);
  if (reference.domain === 'docker.io' && !hasRepository(reference)) {
    const why =
      'pull access denied, repository does not exist or may require authorization: ' +
      'server message: insufficient_scope: authorization failed';
    return failure('Unknown', reference, why);
  }
  return failure('NotFound', reference, `${name}: not found`);
}

function serverFailure(reference: ImageReference): string {
  const url = manifestUrl(reference);
  return failure(
    'Unknown',
    reference,
    `unexpected status from HEAD request to ${url}: 503 Service Unavailable`,
  );
}

function requestFailure(reference: ImageReference, why: string): string {
  const url = manifestUrl(reference);
  return failure('Unknown', reference, `failed to do request: Head "${url}": ${why}`);
}

function failure(code: string, reference: ImageReference, why: string): string {
  const name = formatReference(reference);
  return (
    `rpc error: code = ${code} desc = failed to pull and unpack image "${name}": ` +
    `failed to resolve reference "${name}": ${why}`
  );
}

function hostOf({ domain }: ImageReference): string {
  return domain === 'docker.io' ? 'registry-1.docker.io' : domain;
}

function manifestUrl(reference: ImageReference): string {
  const { path, tag, digest } = reference;
  return `https://${hostOf(reference)}/v2/${path}/manifests/${digest ?? tag ?? 'latest'}`;
}
