import { describe, expect, it } from 'vitest';
import { busybox } from './busybox.ts';
import { agnhostImage } from './agnhost/image.ts';
import { httpdImage } from './httpd/image.ts';
import { pythonImage } from './python/image.ts';
import { ImageBox } from './testing.ts';

describe('Apache', () => {
  it('serves its page, logs, and stops on WINCH', () => {
    const box = new ImageBox(httpdImage, { argv: ['httpd', '-DFOREGROUND'] });
    expect(box.get('http://localhost/')).toBe('200 <html><body><h1>It works!</h1></body></html>\n');
    expect(box.get('http://localhost/no')).toMatch(/^404 /);
    box.signal('WINCH');
    expect(box.main.exit?.code).toBe(0);
    expect(box.log).toBe(
      [
        "AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using 127.0.0.1. Set the 'ServerName' directive globally to suppress this message",
        '[Mon Jan 05 09:00:00.001000 2026] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/2.4.65 (Unix) configured -- resuming normal operations',
        '127.0.0.1 - - [05/Jan/2026:09:00:00 +0000] "GET / HTTP/1.1" 200 45',
        '127.0.0.1 - - [05/Jan/2026:09:00:00 +0000] "GET /no HTTP/1.1" 404 90',
        '[Mon Jan 05 09:00:00.052000 2026] [mpm_event:notice] [pid 1:tid 1] AH00491: caught SIGWINCH, shutting down gracefully',
        '',
      ].join('\n'),
    );
  });
});

describe('Python', () => {
  const run = (...words: string[]) =>
    new ImageBox(pythonImage, { argv: ['python3', '-m', 'http.server'] }).exec([
      'python3',
      ...words,
    ]);

  it('serves a folder, and as process 1 does not hear TERM', () => {
    const box = new ImageBox(pythonImage, {
      argv: ['python3', '-m', 'http.server', '8080', '-d', '/www'],
      files: { '/www/a.txt': 'hello\n' },
    });
    expect(box.get('http://localhost:8080/a.txt')).toBe('200 hello\n');
    expect(box.get('http://localhost:8080/')).toContain('<li><a href="a.txt">a.txt</a></li>');
    expect(box.get('http://localhost:8080/b')).toMatch(/^404 /);
    expect(box.log).toBe(
      '127.0.0.1 - - [05/Jan/2026 09:00:00] "GET /a.txt HTTP/1.1" 200 -\n' +
        '127.0.0.1 - - [05/Jan/2026 09:00:00] "GET / HTTP/1.1" 200 -\n' +
        '127.0.0.1 - - [05/Jan/2026 09:00:00] code 404, message File not found\n' +
        '127.0.0.1 - - [05/Jan/2026 09:00:00] "GET /b HTTP/1.1" 404 -\n',
    );
    box.signal('TERM');
    expect(box.main.exit).toBeUndefined();
  });

  it('runs the few statements it knows and refuses the rest by name', () => {
    expect(run('-c', 'x=bytearray(48*1024*1024); import time; time.sleep(5)').tookMs).toBe(5001);
    expect(run('-c', 'print("hi")\nprint(2**10+1)').stdout).toBe('hi\n1025\n');
    expect(run('-c', 'import sys; sys.exit(3)').status?.code).toBe(3);
    expect(run('-c', 'open("x")').stderr).toBe(
      'python3: this simulator does not run Python: open("x")\n',
    );
    expect(run('app.py').stderr).toBe(
      'python3: this simulator knows only -m http.server and -c, not: app.py\n',
    );
  });
});

describe('agnhost', () => {
  it('tells who asks and ends when asked to', () => {
    const box = new ImageBox(agnhostImage, { argv: ['/agnhost', 'netexec', '--http-port=80'] });
    expect(box.get('http://localhost/hostname')).toBe('200 box');
    expect(box.get('http://localhost/echo?msg=a+b')).toBe('200 a b');
    box.get('http://localhost/exit?code=4');
    box.pass(50);
    expect(box.main.exit?.code).toBe(4);
  });

  it('is well for ten seconds as liveness', () => {
    const box = new ImageBox(agnhostImage, { argv: ['/agnhost', 'liveness'] });
    expect(box.get('http://localhost:8080/healthz')).toBe('200 ok');
    box.pass(11_000);
    expect(box.get('http://localhost:8080/healthz')).toMatch(/^500 error: 11\./);
  });
});

describe('busybox httpd', () => {
  const files = { '/www/index.html': 'hello\n', '/www/sub/a.txt': 'text\n' };

  it('serves a folder, and as process 1 does not hear TERM', () => {
    const box = new ImageBox(busybox, { argv: ['httpd', '-f', '-p', '8080', '-h', '/www'], files });
    expect(box.get('http://localhost:8080/')).toBe('200 hello\n');
    expect(box.get('http://localhost:8080/sub/a.txt')).toBe('200 text\n');
    expect(box.get('http://localhost:8080/sub')).toBe('302 ');
    expect(box.get('http://localhost:8080/none')).toBe(
      '404 <HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\n' +
        'The requested URL was not found\n</BODY></HTML>\n',
    );
    box.signal('TERM');
    expect(box.main.exit).toBeUndefined();
    expect(box.log).toBe('');
  });

  it('goes to the background, and says what keeps it from starting', () => {
    const box = new ImageBox(busybox, {
      argv: ['sh', '-c', 'httpd -p 127.0.0.1:80 -h /www; sleep 100'],
      files,
    });
    expect(box.get('http://localhost/')).toBe('200 hello\n');
    expect(box.exec(['httpd', '-p', '80']).stderr).toBe('httpd: bind: Address already in use\n');
    expect(box.exec(['httpd', '-f', '-h', '/no']).stderr).toBe(
      "httpd: can't change directory to '/no': No such file or directory\n",
    );
  });
});
