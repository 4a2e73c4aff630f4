// What an image is to this simulator: names, size, configuration, and the files a container starts with.
// One file per image describes it; catalogue.ts lists them. To add one, copy busybox.ts and add it there.
import type { SignalName } from '../kernel/types.ts';
import type { TreeEntry } from '../kernel/vfs/tree.ts';

/** The OCI image configuration, as far as containers notice it. */
export interface ImageConfig {
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  /** In order; PATH is first in nearly every image. */
  readonly env: readonly (readonly [name: string, value: string])[];
  /** As in the image: a name or a number, with a group behind a colon; undefined is root. */
  readonly user: string | undefined;
  readonly workingDir: string;
  readonly exposedPorts: readonly number[];
  readonly stopSignal: SignalName;
}

export interface Image {
  /** Registry and repository: `docker.io/library/nginx`. */
  readonly repository: string;
  /** Every tag that means this image; the first is the one that names it. */
  readonly tags: readonly string[];
  /** Bytes that a pull transfers, as the event "Successfully pulled image" says. */
  readonly sizeBytes: number;
  readonly config: ImageConfig;
  /** The base that it is built on, undefined for an image from scratch. */
  readonly base: BaseImage | undefined;
  /** Its own files by absolute path; asked for once, when the first container needs them. */
  readonly files: () => ImageFiles;
}

/** Files by absolute path; folders on the way are made (root, 755). */
export type ImageFiles = Readonly<Record<string, TreeEntry>>;

/** What several images are built on: one tree, shared by all of them. */
export interface BaseImage {
  readonly name: string;
  readonly files: () => ImageFiles;
}

/** The PATH of nearly every image. */
export const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** A configuration with the usual values where nothing else is said. */
export function imageConfig(config: Partial<ImageConfig>): ImageConfig {
  return {
    entrypoint: [],
    cmd: [],
    env: [['PATH', usualPath]],
    user: undefined,
    workingDir: '/',
    exposedPorts: [],
    stopSignal: 'TERM',
    ...config,
  };
}
