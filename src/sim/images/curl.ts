// curlimages/curl: curl on Alpine, as a user without rights.
import { alpineBase } from './base/alpine.ts';
import { toolFiles } from './base/tools.ts';
import { imageConfig, usualPath, type Image } from './image.ts';

const version = '8.10.1';

export const curlImage: Image = {
  repository: 'docker.io/curlimages/curl',
  tags: [version, '8.11.1', '8.12.1', '8.16.0', 'latest'],
  sizeBytes: 9_260_000,
  config: imageConfig({
    entrypoint: ['/entrypoint.sh'],
    cmd: ['curl'],
    env: [
      ['PATH', usualPath],
      ['CURL_VERSION', version.replaceAll('.', '_')],
    ],
    user: 'curl_user',
    workingDir: '/home/curl_user',
  }),
  base: alpineBase,
  files: () => ({
    ...toolFiles('curl', '/usr/bin'),
    '/entrypoint.sh': {
      text: '#!/bin/sh\n# Options alone are meant for curl.\ncase "$1" in\n    -*) set -- curl "$@" ;;\nesac\nexec "$@"\n',
      mode: 0o755,
    },
    '/home/curl_user': { directory: true, uid: 100, gid: 101 },
    '/etc/passwd':
      'root:x:0:0:root:/root:/bin/sh\ncurl_user:x:100:101:Linux User,,,:/home/curl_user:/bin/sh\n',
    '/etc/group': 'root:x:0:\ncurl_group:x:101:curl_user\n',
  }),
};
