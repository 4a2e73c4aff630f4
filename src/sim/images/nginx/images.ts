// nginx in two versions, each on Debian and on Alpine.
import { alpineBase } from '../base/alpine.ts';
import { debianBase } from '../base/debian.ts';
import { toolFiles } from '../base/tools.ts';
import { imageConfig, usualPath, type BaseImage, type Image } from '../image.ts';
import { nginxFiles } from './files.ts';
import { nginxProgram } from './main.ts';

interface Flavour {
  readonly version: string;
  readonly tags: readonly string[];
  readonly sizeBytes: number;
  readonly base: BaseImage;
}

function nginxImage({ version, tags, sizeBytes, base }: Flavour): Image {
  return {
    repository: 'docker.io/library/nginx',
    tags,
    sizeBytes,
    config: imageConfig({
      entrypoint: ['/docker-entrypoint.sh'],
      cmd: ['nginx', '-g', 'daemon off;'],
      env: [
        ['PATH', usualPath],
        ['NGINX_VERSION', version],
      ],
      exposedPorts: [80],
      stopSignal: 'QUIT',
    }),
    base,
    files: () => ({
      ...toolFiles('curl', '/usr/bin'),
      ...nginxFiles,
      '/usr/sbin/nginx': { program: nginxProgram(version) },
    }),
  };
}

export const nginx127 = nginxImage({
  version: '1.27.5',
  tags: ['1.27', '1.27.5'],
  sizeBytes: 72_404_038,
  base: debianBase,
});

export const nginx127Alpine = nginxImage({
  version: '1.27.5',
  tags: ['1.27-alpine', '1.27.5-alpine'],
  sizeBytes: 20_958_160,
  base: alpineBase,
});

export const nginx128 = nginxImage({
  version: '1.28.0',
  tags: ['1.28', '1.28.0', 'stable', '1', 'latest'],
  sizeBytes: 72_223_946,
  base: debianBase,
});

export const nginx128Alpine = nginxImage({
  version: '1.28.0',
  tags: ['1.28-alpine', 'stable-alpine', 'alpine'],
  sizeBytes: 22_652_390,
  base: alpineBase,
});
