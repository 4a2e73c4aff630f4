// alpine: busybox with musl and a package manager that has nowhere to go.
import { alpineBase } from './base/alpine.ts';
import { imageConfig, type Image } from './image.ts';

export const alpine: Image = {
  repository: 'docker.io/library/alpine',
  tags: ['3.20', '3.19', '3.21', '3.22', '3', 'latest'],
  sizeBytes: 3_623_844,
  config: imageConfig({ cmd: ['/bin/sh'] }),
  base: alpineBase,
  files: () => ({}),
};
