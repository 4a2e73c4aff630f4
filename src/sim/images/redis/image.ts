// redis:7 on Debian; its data are in /data.
import { debianBase } from '../base/debian.ts';
import { imageConfig, usualPath, type Image } from '../image.ts';
import { redisCli } from './cli.ts';
import { redisServer, redisVersion } from './server.ts';

const entrypoint = `#!/bin/sh
# Options alone, or a configuration file alone, are meant for redis-server.
set -e
case "$1" in
    -*|*.conf) set -- redis-server "$@" ;;
esac
exec "$@"
`;

export const redis: Image = {
  repository: 'docker.io/library/redis',
  tags: ['7', '7.4', redisVersion, '7-bookworm', 'latest', '7-alpine', 'alpine'],
  sizeBytes: 45_110_000,
  config: imageConfig({
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['redis-server'],
    env: [
      ['PATH', usualPath],
      ['REDIS_VERSION', redisVersion],
    ],
    workingDir: '/data',
    exposedPorts: [6379],
  }),
  base: debianBase,
  files: () => ({
    '/usr/local/bin/docker-entrypoint.sh': { text: entrypoint, mode: 0o755 },
    '/usr/local/bin/redis-server': { program: redisServer },
    '/usr/local/bin/redis-cli': { program: redisCli },
    '/data': { directory: true, uid: 999, gid: 999 },
  }),
};
