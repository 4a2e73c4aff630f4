// Every image that the simulated registries have.
import type { Image } from './image.ts';
import { agnhostImage } from './agnhost/image.ts';
import { alpine } from './alpine.ts';
import { busybox } from './busybox.ts';
import { httpdImage } from './httpd/image.ts';
import { nginx127, nginx127Alpine, nginx128, nginx128Alpine } from './nginx/images.ts';
import { pause } from './pause.ts';
import { podlabImages } from './podlab/images.ts';
import { pythonImage } from './python/image.ts';
import { redis } from './redis/image.ts';
import type { ImageReference } from './reference.ts';
import { repositoryOf } from './reference.ts';
import { curlImage } from './curl.ts';
import { contentDigest } from './digest.ts';

/** To add an image, write a file like busybox.ts and name it here. */
export const catalogue: readonly Image[] = [
  agnhostImage,
  alpine,
  busybox,
  curlImage,
  httpdImage,
  nginx127,
  nginx127Alpine,
  nginx128,
  nginx128Alpine,
  pause,
  ...podlabImages,
  pythonImage,
  redis,
];

const byRepository = new Map<string, Image[]>();
for (const image of catalogue) {
  const images = byRepository.get(image.repository) ?? [];
  byRepository.set(image.repository, [...images, image]);
}

/** Whether a registry has a repository of that name at all. */
export function hasRepository(reference: ImageReference): boolean {
  return byRepository.has(repositoryOf(reference));
}

/** The image that a reference means: by digest where it has one, else by tag (`latest` without). */
export function findImage(reference: ImageReference): Image | undefined {
  const images = byRepository.get(repositoryOf(reference)) ?? [];
  if (reference.digest !== undefined) {
    return images.find((image) => digestOf(image) === reference.digest);
  }
  return images.find((image) => image.tags.includes(reference.tag ?? 'latest'));
}

/** The digest of an image's manifest: always the same for the same image. */
export function digestOf(image: Image): string {
  return `sha256:${contentDigest(`manifest ${image.repository}:${image.tags[0] ?? ''}`)}`;
}

/** The image's own id: the digest of its configuration. */
export function imageIdOf(image: Image): string {
  return `sha256:${contentDigest(`config ${image.repository}:${image.tags[0] ?? ''}`)}`;
}

/** `docker.io/library/nginx@sha256:…`: what the kubelet shows as the image ID of a container. */
export function repositoryDigest(image: Image): string {
  const known = repositoryDigests.get(image);
  if (known !== undefined) return known;
  const digest = `${image.repository}@${digestOf(image)}`;
  repositoryDigests.set(image, digest);
  return digest;
}

/** One text for all containers of an image. */
const repositoryDigests = new Map<Image, string>();
