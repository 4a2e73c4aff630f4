// The base of Debian. Its tools are busybox', and include those that the real images lack and every lesson wants (ps,
// ip, wget, nslookup): so were the images of the recorded cluster made, and one command says the same everywhere.
import type { BaseImage } from '../image.ts';
import { commonFiles } from './common.ts';
import { shellFiles, toolFiles } from './tools.ts';

const release = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
ID=debian
`;

export const debianBase: BaseImage = {
  name: 'debian',
  files: () => ({
    ...commonFiles({
      passwd: [
        'www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin',
        'nginx:x:101:101:nginx user:/nonexistent:/bin/false',
        'redis:x:999:999::/home/redis:/bin/sh',
      ],
      group: ['www-data:x:33:', 'nginx:x:101:', 'redis:x:999:'],
    }),
    ...toolFiles('busybox'),
    ...shellFiles('bash'),
    '/etc/os-release': release,
    '/etc/debian_version': '12.9\n',
  }),
};
