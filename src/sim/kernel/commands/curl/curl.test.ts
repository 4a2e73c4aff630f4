import { beforeEach, describe, expect, it } from 'vitest';
import { NetworkBox } from '../net/testing.ts';

let box: NetworkBox;
beforeEach(() => {
  box = new NetworkBox('gnu');
});

describe('curl', () => {
  // What the real curl 7.88.1 prints for a server that answers in the same way.
  it.each([
    ['curl -sS web/ok', 'hello\n=> 0'],
    ['curl -s http://web/chunk', 'hello=> 0'],
    ['curl -sS web/close', 'bye\n=> 0'],
    ['curl -sS web/empty', 'curl: (52) Empty reply from server\n=> 52'],
    [
      'curl -sS web/short',
      'hellocurl: (18) transfer closed with 15 bytes remaining to read\n=> 18',
    ],
    ['curl -sS web/junk', 'curl: (1) Received HTTP/0.9 when not allowed\n=> 1'],
    ['curl -sS web/redir', '=> 0'],
    ['curl -sSL web/redir', 'hello\n=> 0'],
    ['curl -sSL --max-redirs 3 web/loop', 'curl: (47) Maximum (3) redirects followed\n=> 47'],
    ['curl -sSf web/404', 'curl: (22) The requested URL returned error: 404\n=> 22'],
    ['curl -sS web/404', 'no\n=> 0'],
    [
      'curl -sS --fail-with-body web/404',
      'no\ncurl: (22) The requested URL returned error: 404\n=> 22',
    ],
    [
      'curl -sSI web/404 -f',
      'HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\ncurl: (22) The requested URL returned error: 404\n=> 22',
    ],
    ['curl -sS -o /nope/x web/ok', 'curl: (23) Failure writing output to destination\n=> 23'],
    ["curl -sS -o out -w '%{http_code}\\n' web/ok; cat out", '200\nhello\n=> 0'],
    ['curl -sSO web', 'curl: (23) Failed writing received data to disk/application\n=> 23'],
    ['curl -sSO web/ok && cat ok', 'hello\n=> 0'],
    ['curl -sS foo://x', 'curl: (1) Protocol "foo" not supported or disabled in libcurl\n=> 1'],
    ['curl -sS http://web:99999/', 'curl: (3) URL using bad/illegal format or missing URL\n=> 3'],
    ['curl -sS http://nobody/', 'curl: (6) Could not resolve host: nobody\n=> 6'],
    ['curl -s http://nobody/', '=> 6'],
    [
      'curl -sS web:81',
      "curl: (7) Failed to connect to web port 81 after 0 ms: Couldn't connect to server\n=> 7",
    ],
    [
      'curl -sS --connect-timeout 2 far',
      'curl: (28) Failed to connect to far port 80 after 2000 ms: Timeout was reached\n=> 28',
    ],
    ['curl -sS -m 1.5 far', 'curl: (28) Connection timed out after 1500 milliseconds\n=> 28'],
    [
      'curl -sS -m 2 web/slow',
      'curl: (28) Operation timed out after 2000 milliseconds with 0 bytes received\n=> 28',
    ],
    [
      'curl -sS http://10.9.9.8',
      "curl: (7) Failed to connect to 10.9.9.8 port 80 after 3000 ms: Couldn't connect to server\n=> 7",
    ],
    ['curl -sS --resolve shop:80:10.244.1.5 shop/ok', 'hello\n=> 0'],
    ['curl -w x -s web:81', 'x=> 7'],
    ['curl', "curl: try 'curl --help' or 'curl --manual' for more information\n=> 2"],
    [
      'curl --foo x',
      "curl: option --foo: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n=> 2",
    ],
    [
      'curl --connect-timeout',
      "curl: option --connect-timeout: requires parameter\ncurl: try 'curl --help' or 'curl --manual' for more information\n=> 2",
    ],
    [
      'curl --connect-timeout x y',
      "curl: option --connect-timeout: expected a proper numerical parameter\ncurl: try 'curl --help' or 'curl --manual' for more information\n=> 2",
    ],
    [
      'curl -x p web',
      "curl: option -x: the installed libcurl version doesn't support this\ncurl: try 'curl --help' or 'curl --manual' for more information\n=> 2",
    ],
    ['curl -sS -k https://web/ok', 'hello\n=> 0'],
    [
      'curl -sS https://web:80/',
      'curl: (35) error:0A00010B:SSL routines::wrong version number\n=> 35',
    ],
    ['curl -sS --cacert /etc/ca.crt https://shop.example/ok', 'hello\n=> 0'],
    ['curl -s --cacert /etc/ca.crt https://web/ok', '=> 60'],
    [
      "curl -sSw '%{http_code} %{size_download} %{url_effective} %{remote_ip} %{num_redirects} %{content_type} %{exitcode}\\n' web/ok",
      'hello\n200 6 http://web/ok 10.244.1.5 0 text/plain 0\n=> 0',
    ],
    [
      "curl -s -o /dev/null -w '%{http_code} %{errormsg} %{nope}\\n' web:81",
      "000 Failed to connect to web port 81 after 0 ms: Couldn't connect to server \ncurl: unknown --write-out variable: 'nope'\n=> 7",
    ],
    ['curl -sS web/ok web/404', 'hello\nno\n=> 0'],
  ])('%s', (line, shown) => {
    expect(box.line(line)).toBe(shown);
  });

  it.each([
    [
      'curl -s -A me -u a:b -e ref -H A:b -H Accept: web/ok',
      'GET /ok HTTP/1.1\r\nHost: web\r\nAuthorization: Basic YTpi\r\nUser-Agent: me\r\nReferer: ref\r\nA: b\r\n\r\n',
    ],
    [
      'curl -s -d a=b -d c=d web/ok',
      'POST /ok HTTP/1.1\r\nHost: web\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\nContent-Length: 7\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n',
    ],
    [
      "curl -s -G --data-urlencode 'a=b c' web/ok",
      'GET /ok?a=b%20c HTTP/1.1\r\nHost: web\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n',
    ],
    [
      'curl -s -X DELETE web:80/ok',
      'DELETE /ok HTTP/1.1\r\nHost: web\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n',
    ],
    [
      'curl -s -H Host:shop web/ok',
      'GET /ok HTTP/1.1\r\nHost: shop\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n',
    ],
    [
      "curl -s --json '{}' web/ok",
      'POST /ok HTTP/1.1\r\nHost: web\r\nUser-Agent: curl/7.88.1\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: 2\r\n\r\n',
    ],
  ])('sends for %s what curl sends', (line, request) => {
    box.line(line);
    expect(box.line('cat requests')).toBe(`${request}=> 0`);
  });

  it('shows the conversation with -v', () => {
    expect(box.line('curl -sv -d a=b web/404')).toBe(
      [
        'no\n*   Trying 10.244.1.5:80...\n',
        '* Connected to web (10.244.1.5) port 80 (#0)\n',
        '> POST /404 HTTP/1.1\r\n> Host: web\r\n> User-Agent: curl/7.88.1\r\n> Accept: */*\r\n',
        '> Content-Length: 3\r\n> Content-Type: application/x-www-form-urlencoded\r\n> \r\n',
        '} [3 bytes data]\n',
        '< HTTP/1.1 404 Not Found\r\n< Content-Length: 3\r\n< \r\n',
        '{ [3 bytes data]\n',
        '* Connection #0 to host web left intact\n=> 0',
      ].join(''),
    );
    expect(box.line('curl -sv web:81')).toBe(
      [
        '*   Trying 10.244.1.5:81...\n',
        '* connect to 10.244.1.5 port 81 failed: Connection refused\n',
        "* Failed to connect to web port 81 after 0 ms: Couldn't connect to server\n",
        '* Closing connection 0\n=> 7',
      ].join(''),
    );
    expect(box.line('curl -sv nobody')).toBe(
      '* Could not resolve host: nobody\n* Closing connection 0\n=> 6',
    );
  });

  it('says why a certificate is not accepted', () => {
    const advice = `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.
=> 60`;
    expect(box.line('curl -sS https://shop.example/')).toBe(
      `curl: (60) SSL certificate problem: unable to get local issuer certificate\n${advice}`,
    );
    expect(box.line('curl -sS --cacert /etc/ca.crt https://web/')).toBe(
      `curl: (60) SSL: no alternative certificate subject name matches target host name 'web'\n${advice}`,
    );
    box.clock.advanceTo(Date.UTC(2026, 6, 1));
    expect(box.line('curl -sS --cacert /etc/ca.crt https://shop.example/')).toBe(
      `curl: (60) SSL certificate problem: certificate has expired\n${advice}`,
    );
  });

  it('shows its meter where the body does not go to a screen', () => {
    expect(box.line('curl web/ok')).toBe(
      `hello
  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
100     6  100     6    0     0   6000      0 --:--:-- --:--:-- --:--:--  6000
=> 0`,
    );
  });

  it('tries again after errors that may pass, later each time', () => {
    const startMs = box.clock.nowMs();
    expect(box.line('curl -sS --retry 2 web/500')).toBe('no\nno\nno\n=> 0');
    expect(Math.round((box.clock.nowMs() - startMs) / 1000)).toBe(3);
    expect(box.line('curl -S --no-progress-meter --retry 1 --retry-delay 5 web/500')).toBe(
      'no\nno\nWarning: Problem: HTTP error. Will retry in 5 seconds. 1 retry left.\n=> 0',
    );
    expect(box.line('curl -sS --retry 2 --retry-connrefused web:81')).toBe(
      "curl: (7) Failed to connect to web port 81 after 0 ms: Couldn't connect to server\n".repeat(
        3,
      ) + '=> 7',
    );
  });
});
