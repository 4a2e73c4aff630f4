// httpd:2.4, Apache on Debian.
import { debianBase } from '../base/debian.ts';
import { imageConfig, usualPath, type Image } from '../image.ts';
import { httpd, httpdVersion } from './server.ts';

const config = `Listen 80
DocumentRoot "/usr/local/apache2/htdocs"
`;

export const httpdImage: Image = {
  repository: 'docker.io/library/httpd',
  tags: ['2.4', httpdVersion, '2', 'latest', '2.4-alpine', 'alpine'],
  sizeBytes: 56_200_000,
  config: imageConfig({
    cmd: ['httpd-foreground'],
    env: [
      ['PATH', `/usr/local/apache2/bin:${usualPath}`],
      ['HTTPD_PREFIX', '/usr/local/apache2'],
      ['HTTPD_VERSION', httpdVersion],
    ],
    workingDir: '/usr/local/apache2',
    exposedPorts: [80],
    stopSignal: 'WINCH',
  }),
  base: debianBase,
  files: () => ({
    '/usr/local/bin/httpd-foreground': {
      text: '#!/bin/sh\nexec httpd -DFOREGROUND "$@"\n',
      mode: 0o755,
    },
    '/usr/local/apache2/bin/httpd': { program: httpd },
    '/usr/local/apache2/conf/httpd.conf': config,
    '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n',
  }),
};
