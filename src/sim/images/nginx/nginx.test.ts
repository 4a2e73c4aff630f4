import { describe, expect, it } from 'vitest';
import { ImageBox } from '../testing.ts';
import { nginx127 } from './images.ts';

const argv = ['nginx', '-g', 'daemon off;'];
const start = (conf?: string, more: ConstructorParameters<typeof ImageBox>[1] = {}) =>
  new ImageBox(nginx127, {
    argv,
    ...more,
    ...(conf === undefined ? {} : { files: { '/etc/nginx/conf.d/default.conf': conf } }),
  });
const page = (title: string) =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n` +
  '<hr><center>nginx/1.27.5</center>\r\n</body>\r\n</html>\r\n';

describe('nginx', () => {
  it('says at its start what the real one says, with a worker per CPU', () => {
    expect(start().log).toBe(
      [
        '2026/01/05 09:00:00 [notice] 1#1: using the "epoll" event method',
        '2026/01/05 09:00:00 [notice] 1#1: nginx/1.27.5',
        '2026/01/05 09:00:00 [notice] 1#1: OS: Linux 6.1.0-18-amd64',
        '2026/01/05 09:00:00 [notice] 1#1: getrlimit(RLIMIT_NOFILE): 1048576:1048576',
        '2026/01/05 09:00:00 [notice] 1#1: start worker processes',
        '2026/01/05 09:00:00 [notice] 1#1: start worker process 2',
        '2026/01/05 09:00:00 [notice] 1#1: start worker process 3',
        '',
      ].join('\n'),
    );
  });

  it('serves its page and logs the caller', () => {
    const box = start();
    box.takeLog();
    expect(box.get('http://localhost/')).toBe(
      '200 <!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n' +
        '<body>\n<h1>Welcome to nginx!</h1>\n</body>\n</html>\n',
    );
    expect(box.takeLog()).toBe(
      '127.0.0.1 - - [05/Jan/2026:09:00:00 +0000] "GET / HTTP/1.1" 200 121 "-" "-" "-"\n',
    );
  });

  it('answers what is not there with its own page and a line in the error log', () => {
    const box = start();
    box.takeLog();
    expect(box.get('http://localhost/nothing')).toBe(`404 ${page('404 Not Found')}`);
    expect(box.takeLog().replace(/\d#\d/, '2#2')).toBe(
      '2026/01/05 09:00:00 [error] 2#2: *1 open() "/usr/share/nginx/html/nothing" failed ' +
        '(2: No such file or directory), client: 127.0.0.1, server: localhost, ' +
        'request: "GET /nothing HTTP/1.1", host: "localhost"\n' +
        '127.0.0.1 - - [05/Jan/2026:09:00:00 +0000] "GET /nothing HTTP/1.1" 404 153 "-" "-" "-"\n',
    );
  });

  it('serves new files at once and a folder only with an index', () => {
    const box = start();
    box.write('/usr/share/nginx/html/index.html', 'hello\n');
    expect(box.get('http://localhost/')).toBe('200 hello\n');
    box.box.space.files().unlink('/usr/share/nginx/html/index.html');
    expect(box.get('http://localhost/')).toBe(`403 ${page('403 Forbidden')}`);
  });

  it('tries five times to bind a port that is taken, half a second apart, and gives up', () => {
    const box = start();
    const second = box.exec(argv);
    const emerg = '[emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)';
    const pid = /(\d+#\d+): bind/.exec(second.stderr)?.[1] ?? '';
    const time = '2026/01/05 09:00:00';
    const attempt =
      `${time} ${emerg.replace(']', `] ${pid}:`)}\nnginx: ${emerg}\n` +
      `${time} [notice] ${pid}: try again to bind() after 500ms\n`;
    expect(second.stderr).toBe(
      `${attempt.repeat(5)}${time} [emerg] ${pid}: still could not bind()\n` +
        'nginx: [emerg] still could not bind()\n',
    );
    expect(second.status?.code).toBe(1);
    expect(Math.round(second.tookMs / 100)).toBe(25);
  });

  it('leaves at once on TERM, and on QUIT when it has nothing to do', () => {
    for (const signal of ['TERM', 'QUIT'] as const) {
      const box = start();
      box.signal(signal);
      expect(box.main.exit).toEqual({ code: 0, signal: undefined });
    }
    const box = start();
    expect(box.exec(['nginx', '-s', 'quit']).status?.code).toBe(0);
    box.pass(100);
    expect(box.main.exit?.code).toBe(0);
  });

  it('returns, redirects and adds headers as configured', () => {
    const box = start(`server {
      listen 8080;
      add_header X-Shop yes;
      location = /healthz { return 200 "ok from $hostname\\n"; }
      location /old/ { return 301 /new; }
      location / { return 404; }
    }`);
    expect(box.get('http://localhost:8080/healthz')).toBe('200 ok from box\n');
    expect(box.get('http://localhost:8080/old/x')).toBe(`301 ${page('301 Moved Permanently')}`);
    expect(box.get('http://localhost:8080/')).toBe(`404 ${page('404 Not Found')}`);
    expect(box.get('http://localhost/')).toBe('Connection refused');
  });

  it('passes requests on, and answers 502 while nobody listens there', () => {
    const box = start(`server {
      listen 80;
      location /api/ { proxy_pass http://127.0.0.1:8081/v1/; proxy_set_header X-Real-IP $remote_addr; }
      location /dead { proxy_pass http://127.0.0.1:9; }
    }
    server {
      listen 127.0.0.1:8081;
      location / { return 200 "$request_uri for $http_x_real_ip\\n"; }
    }`);
    expect(box.get('http://localhost/api/cart?id=3')).toBe('200 /v1/cart?id=3 for 127.0.0.1\n');
    box.takeLog();
    expect(box.get('http://localhost/dead')).toBe(`502 ${page('502 Bad Gateway')}`);
    expect(
      box
        .takeLog()
        .split('\n')[0]
        ?.replace(/\d+#\d+: \*\d+/, '2#2: *1'),
    ).toBe(
      '2026/01/05 09:00:00 [error] 2#2: *1 connect() failed (111: Connection refused) while connecting to ' +
        'upstream, client: 127.0.0.1, server: , request: "GET /dead HTTP/1.1", ' +
        'upstream: "http://127.0.0.1:9/dead", host: "localhost"',
    );
  });

  it('takes a new configuration on reload, and keeps the old one when the new is wrong', () => {
    const box = start('server { listen 80; location / { return 200 one; } }');
    box.write(
      '/etc/nginx/conf.d/default.conf',
      'server { listen 80; location / { return 200 two; } }',
    );
    expect(box.get('http://localhost/')).toBe('200 one');
    expect(box.exec(['nginx', '-s', 'reload']).status?.code).toBe(0);
    box.pass(100);
    expect(box.get('http://localhost/')).toBe('200 two');
    box.write('/etc/nginx/conf.d/default.conf', 'server { nonsense; }');
    box.takeLog();
    const refused = box.exec(['nginx', '-s', 'reload']);
    expect(refused.stderr.split('\n')[1]).toBe(
      'nginx: [emerg] unknown directive "nonsense" in /etc/nginx/conf.d/default.conf:1',
    );
    box.signal('HUP');
    expect(box.get('http://localhost/')).toBe('200 two');
  });

  it('checks a configuration and refuses what it does not model by name', () => {
    const box = start();
    const test = (conf: string) => {
      box.write('/etc/nginx/conf.d/default.conf', conf);
      return box
        .exec(['nginx', '-t'])
        .stderr.split('\n')
        .filter((line) => line.startsWith('nginx:'));
    };
    const file = '/etc/nginx/nginx.conf';
    const where = '/etc/nginx/conf.d/default.conf:1';
    const failed = `nginx: configuration file ${file} test failed`;
    expect(test('server { listen 80; }')).toEqual([
      `nginx: the configuration file ${file} syntax is ok`,
      `nginx: configuration file ${file} test is successful`,
    ]);
    expect(test('server { listen 80 }')).toEqual([
      `nginx: [emerg] directive "listen" is not terminated by ";" in ${where}`,
      failed,
    ]);
    expect(test('server { listen 80;')).toEqual([
      `nginx: [emerg] unexpected end of file, expecting "}" in ${where}`,
      failed,
    ]);
    expect(test('server { rewrite ^ /x; }')).toEqual([
      `nginx: [emerg] directive "rewrite" is not modelled by this simulator in ${where}`,
      failed,
    ]);
    expect(test('server { location / { proxy_pass http://nobody; } }')).toEqual([
      'nginx: [emerg] host not found in upstream "nobody"',
      failed,
    ]);
  });

  it('cannot start on a read-only root, or as somebody else, in its own words', () => {
    expect(start(undefined, { readOnlyRoot: true }).log).toBe(
      '2026/01/05 09:00:00 [emerg] 1#1: mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)\n' +
        'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)\n',
    );
    expect(start(undefined, { uid: 1000 }).log.split('\n')[1]).toBe(
      'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (13: Permission denied)',
    );
  });
});
