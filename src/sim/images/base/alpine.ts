// The base of Alpine: busybox, and the accounts of the images that stand on it.
import type { BaseImage } from '../image.ts';
import { busyboxHttpd } from './busybox-httpd.ts';
import { commonFiles } from './common.ts';
import { shellFiles, toolFiles } from './tools.ts';

const release = `NAME="Alpine Linux"
ID=alpine
VERSION_ID=3.20.3
PRETTY_NAME="Alpine Linux v3.20"
`;

export const alpineBase: BaseImage = {
  name: 'alpine',
  files: () => ({
    ...commonFiles({
      passwd: ['nginx:x:101:101:nginx:/var/cache/nginx:/sbin/nologin'],
      group: ['nginx:x:101:'],
    }),
    ...toolFiles('busybox'),
    '/bin/httpd': { program: busyboxHttpd },
    ...shellFiles('ash'),
    '/etc/os-release': release,
    '/etc/alpine-release': '3.20.3\n',
  }),
};
