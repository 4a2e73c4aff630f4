import { describe, expect, it } from 'vitest';
import { certificateFileLine } from '../../kernel/commands/http/tls.ts';
import type { Image } from '../image.ts';
import { ImageBox } from '../testing.ts';
import { podlabImages } from './images.ts';

function image(name: string, tag = '1.0'): Image {
  const found = podlabImages.find(
    ({ repository, tags }) => repository === `docker.io/podlab/${name}` && tags.includes(tag),
  );
  if (found === undefined) throw new Error(name);
  return found;
}

describe("the course's own programs", () => {
  it('shop keeps a cart in its memory and logs every caller', () => {
    const box = new ImageBox(image('shop'));
    expect(box.get('http://localhost:8080/')).toBe('200 Podlab shop 1.0, served by box\n');
    expect(box.get('http://localhost:8080/healthz')).toBe('200 ok\n');
    expect(box.get('http://localhost:8080/cart?add=shirt')).toBe(
      '200 {"cart":{"shirt":1},"kept_in":"memory","served_by":"box"}\n',
    );
    expect(box.get('http://localhost:8080/whoami')).toBe('200 you are 127.0.0.1, I am 127.0.0.1\n');
    expect(box.get('http://localhost:8080/none')).toBe('404 nothing at /none\n');
    expect(box.log).toBe(
      [
        '2026-01-05T09:00:00Z shop 1.0 starting, cart in memory',
        '2026-01-05T09:00:00Z listening on 0.0.0.0:8080',
        '2026-01-05T09:00:00Z 127.0.0.1 GET / 200',
        '2026-01-05T09:00:00Z 127.0.0.1 GET /healthz 200',
        '2026-01-05T09:00:00Z 127.0.0.1 GET /cart?add=shirt 200',
        '2026-01-05T09:00:00Z 127.0.0.1 GET /whoami 200',
        '2026-01-05T09:00:00Z 127.0.0.1 GET /none 404',
        '',
      ].join('\n'),
    );
    box.signal('TERM');
    expect(box.main.exit?.code).toBe(0);
    expect(new ImageBox(image('shop', '2.0')).get('http://localhost:8080/version')).toBe(
      '200 2.0\n',
    );
  });

  it('shop is unready while its redis cannot be reached', () => {
    const box = new ImageBox(image('shop'), { env: { REDIS_ADDR: 'localhost:6379', PORT: '80' } });
    expect(box.get('http://localhost/healthz')).toBe('200 ok\n');
    expect(box.get('http://localhost/readyz')).toBe(
      '503 cannot reach localhost:6379: Connection refused\n',
    );
  });

  it('shop crashes and leaks when asked to', () => {
    const box = new ImageBox(image('shop'), { memoryLimitBytes: 64 * 1_048_576 });
    expect(box.get('http://localhost:8080/leak?mb=20')).toBe('200 leaking: 20 MiB kept for good\n');
    box.get('http://localhost:8080/leak?mb=40');
    expect(box.main.exit).toEqual({ code: 137, signal: 'KILL' });
    const other = new ImageBox(image('shop'));
    other.get('http://localhost:8080/crash?code=3');
    other.pass(50);
    expect(other.main.exit?.code).toBe(3);
  });

  it('log-shipper ships what another program writes, also after the file was begun anew', () => {
    const box = new ImageBox(image('log-shipper'), { env: { LOG_FILE: '/tmp/log' } });
    box.write('/tmp/log', 'one\ntwo\nhalf');
    box.pass(2000);
    box.write('/tmp/log', 'new\n');
    box.pass(2000);
    box.signal('TERM');
    expect(box.log).toBe(
      'log-shipper: following /tmp/log\nshipped: one\nshipped: two\nshipped: new\n' +
        'log-shipper: got SIGTERM, 3 lines shipped\n',
    );
  });

  it('metrics-exporter says whether its application answers', () => {
    const box = new ImageBox(image('metrics-exporter'));
    expect(box.get('http://localhost:9100/metrics')).toBe(
      '200 # TYPE exporter_target_up gauge\nexporter_target_up 0\n',
    );
    expect(box.log).toContain('http://localhost:8080/metrics: Connection refused\n');
  });

  it('tls-proxy speaks https alone and passes plain HTTP on', () => {
    const box = new ImageBox(image('tls-proxy'), { env: { UPSTREAM: 'http://localhost:9' } });
    expect(box.get('https://localhost:8443/')).toBe(
      '502 tls-proxy: http://localhost:9: Connection refused\n',
    );
    expect(box.get('http://localhost:8443/')).toBe(
      '400 Client sent an HTTP request to an HTTPS server.\n',
    );
    const line = certificateFileLine({
      subject: 'shop',
      issuer: 'shop',
      names: ['shop'],
      fromMs: 0,
      untilMs: 1000,
    });
    const own = { env: { TLS_CERT: '/tls/tls.crt' }, files: { '/tls/tls.crt': line } };
    expect(new ImageBox(image('tls-proxy'), own).log).toBe(
      'tls-proxy: https on port 8443 for shop, to http://127.0.0.1:8080\n',
    );
  });

  it('troublemakers make their trouble', () => {
    const crasher = new ImageBox(image('crasher'), { env: { EXIT_CODE: '7' } });
    crasher.pass(3000);
    expect(crasher.main.exit?.code).toBe(7);
    const leaker = new ImageBox(image('leaker'), { memoryLimitBytes: 20_000_000 });
    leaker.pass(10_000);
    expect(leaker.main.exit).toEqual({ code: 137, signal: 'KILL' });
    const slow = new ImageBox(image('slow-start'));
    expect(slow.get('http://localhost:8080/')).toBe('Connection refused');
    slow.pass(30_000);
    expect(slow.get('http://localhost:8080/healthz')).toBe('200 ok\n');
    const deaf = new ImageBox(image('deaf'));
    deaf.signal('TERM');
    expect([deaf.main.exit, deaf.log]).toEqual([
      undefined,
      'deaf: running, and staying\ndeaf: SIGTERM? I stay\n',
    ]);
  });
});
