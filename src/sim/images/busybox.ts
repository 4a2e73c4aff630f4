// busybox:1.36. The simplest image; copy this file to add another one:
// 1. repository and tags; 2. the size of a pull; 3. what of the configuration is not usual; 4. base and own files.
import { busyboxBase } from './base/busybox.ts';
import { imageConfig, type Image } from './image.ts';

export const busybox: Image = {
  repository: 'docker.io/library/busybox',
  tags: ['1.36', '1.36.1', '1', 'stable', 'latest', '1.35', '1.37', 'musl', 'glibc'],
  sizeBytes: 2_160_406,
  config: imageConfig({ cmd: ['sh'] }),
  base: busyboxBase,
  files: () => ({}),
};
