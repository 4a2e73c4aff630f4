// The base of busybox: its tools and next to nothing else.
import type { BaseImage } from '../image.ts';
import { busyboxHttpd } from './busybox-httpd.ts';
import { commonFiles } from './common.ts';
import { shellFiles, toolFiles } from './tools.ts';

export const busyboxBase: BaseImage = {
  name: 'busybox',
  files: () => ({
    ...commonFiles({ passwd: ['www-data:x:33:33:www-data:/var/www:/bin/false'] }),
    ...toolFiles('busybox'),
    '/bin/httpd': { program: busyboxHttpd },
    ...shellFiles('ash'),
  }),
};
