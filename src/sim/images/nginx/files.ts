// The files of the nginx images. Configuration and start script have the structure of the official image; texts are ours.
import type { ImageFiles } from '../image.ts';

const nginxConf = `user  nginx;
worker_processes  auto;
error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;
events {
    worker_connections  1024;
}
http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;
    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';
    access_log  /var/log/nginx/access.log  main;
    sendfile        on;
    keepalive_timeout  65;
    include /etc/nginx/conf.d/*.conf;
}
`;

const defaultConf = `server {
    listen       80;
    server_name  localhost;
    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

const entrypoint = `#!/bin/sh
# Runs what the container is told to run.
set -e
if [ "$1" = nginx ]; then
    echo "$0: Configuration complete; ready for start up"
fi
exec "$@"
`;

const page = (title: string): string =>
  `<!DOCTYPE html>\n<html>\n<head>\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n</body>\n</html>\n`;

/** What nginx brings along, but for its program. */
export const nginxFiles: ImageFiles = {
  '/docker-entrypoint.sh': { text: entrypoint, mode: 0o775 },
  '/docker-entrypoint.d': { directory: true },
  '/etc/nginx/nginx.conf': nginxConf,
  '/etc/nginx/conf.d/default.conf': defaultConf,
  '/etc/nginx/mime.types': 'types {\n    text/html  html htm;\n}\n',
  '/usr/share/nginx/html/index.html': page('Welcome to nginx!'),
  '/usr/share/nginx/html/50x.html': page('Error'),
  '/var/log/nginx/access.log': { link: '/dev/stdout' },
  '/var/log/nginx/error.log': { link: '/dev/stderr' },
  '/var/cache/nginx': { directory: true },
};
