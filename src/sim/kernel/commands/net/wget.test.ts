import { beforeEach, describe, expect, it } from 'vitest';
import { NetworkBox } from './testing.ts';

let box: NetworkBox;
beforeEach(() => {
  box = new NetworkBox();
});

describe('wget', () => {
  it.each([
    ['wget -qO- web/ok', 'hello\n=> 0'],
    ['wget -q -O /dev/null web/ok', '=> 0'],
    ['wget -qO- http://web.default.svc.cluster.local:80/', 'hello\n=> 0'],
    ['wget -qO- localhost/chunk', 'hello=> 0'],
    ['wget -qO- web/redir', 'hello\n=> 0'],
    ['wget -qO- web/loop', 'wget: too many redirections\n=> 1'],
    ['wget -qO- web/404', 'wget: server returned error: HTTP/1.1 404 Not Found\n=> 1'],
    ['wget -qO- nobody', "wget: bad address 'nobody'\n=> 1"],
    [
      'wget -qO- web:81',
      "wget: can't connect to remote host (10.244.1.5): Connection refused\n=> 1",
    ],
    ['wget -qO- -T 5 far', 'wget: download timed out\n=> 1'],
    ['wget -qO- -T 2 web/slow', 'wget: download timed out\n=> 1'],
    ['wget -qO- 10.9.9.8', "wget: can't connect to remote host (10.9.9.8): No route to host\n=> 1"],
    ['wget -qO- web/empty', 'wget: error getting response\n=> 1'],
    ['wget -qO- web/short', 'hellowget: connection closed prematurely\n=> 1'],
    ['wget -qO- ftp://web', 'wget: not an http or ftp url: ftp://web\n=> 1'],
    ['wget -qO- http://web:x/', "wget: bad port spec 'web:x/'\n=> 1"],
    ['wget -T x web', "wget: invalid number 'x'\n=> 1"],
    ['wget --spider web/ok', 'Connecting to web (10.244.1.5:80)\nremote file exists\n=> 0'],
    ['wget --spider -q web/404', 'wget: server returned error: HTTP/1.1 404 Not Found\n=> 1'],
    [
      'wget -qO- https://web/ok',
      'hello\nwget: note: TLS certificate validation not implemented\n=> 0',
    ],
    ['wget -qO- --no-check-certificate https://web/ok', 'hello\n=> 0'],
    ['wget -qO /nope/x web/ok', "wget: can't open '/nope/x': No such file or directory\n=> 1"],
  ])('%s', (line, shown) => {
    expect(box.line(line)).toBe(shown);
  });

  it('keeps the time limit', () => {
    const startMs = box.clock.nowMs();
    box.line('wget -qO- -T 5 far');
    expect(Math.round((box.clock.nowMs() - startMs) / 100)).toBe(50);
  });

  it('says where it saves, and does not overwrite what is there', () => {
    expect(box.line('wget web/ok; cat ok')).toBe(
      `hello
Connecting to web (10.244.1.5:80)
saving to 'ok'
ok                   100% |********************************|     6  0:00:00 ETA
'ok' saved
=> 0`,
    );
    expect(box.line('wget -q web/ok')).toBe("wget: can't open 'ok': File exists\n=> 1");
    expect(box.line('wget -O- web/ok')).toBe(
      `hello
Connecting to web (10.244.1.5:80)
writing to stdout
-                    100% |********************************|     6  0:00:00 ETA
written to stdout
=> 0`,
    );
  });

  it('shows the answers with -S', () => {
    expect(box.line('wget -q -S -O /dev/null web/redir')).toBe(
      `  HTTP/1.1 302 Found
  Location: /ok
  Content-Length: 0
  HTTP/1.1 200 OK
  Server: x
  Content-Type: text/plain
  Content-Length: 6
=> 0`,
    );
  });

  it('sends what busybox sends', () => {
    box.line("wget -qO- --header 'A: b' --post-data x=y web/ok");
    expect(box.line('cat requests')).toBe(
      'POST /ok HTTP/1.1\r\nHost: web\r\nUser-Agent: Wget\r\nConnection: close\r\nA: b\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\n=> 0',
    );
  });
});
