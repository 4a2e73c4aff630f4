import { describe, expect, it } from 'vitest';
import { Registries, type RegistryTrouble } from '../../images/registry.ts';
import { Clock } from '../../runtime/clock.ts';
import { ImageStore } from './image-store.ts';
import type { PullOutcome } from './types.ts';

function store(options: { isConnected?: boolean; trouble?: RegistryTrouble } = {}) {
  const clock = new Clock({ startMs: 0 });
  const registries = new Registries();
  registries.setTrouble(options.trouble ?? { kind: 'none' });
  const isConnected = () => options.isConnected ?? true;
  const images = new ImageStore({ clock, registries, isConnected, preloaded: [] });
  const pull = (image: string) => {
    const startedMs = clock.nowMs();
    let outcome: PullOutcome | undefined;
    images.pull(image, (result) => (outcome = result));
    while (outcome === undefined && clock.step());
    return { outcome, tookMs: clock.nowMs() - startedMs };
  };
  return { images, pull };
}

describe('images on a node', () => {
  it('come with a pull, in a time that their size explains, and need next to none the second time', () => {
    const { images, pull } = store();
    expect(images.present('nginx:1.27')).toBeUndefined();
    const first = pull('nginx:1.27');
    expect(first.outcome).toMatchObject({ ok: true, sizeBytes: 72_404_038, tookMs: first.tookMs });
    expect(first.tookMs).toBe(4926);
    expect(images.present('docker.io/library/nginx:1.27')?.sizeBytes).toBe(72_404_038);
    expect(images.present('nginx:1.28')).toBeUndefined();
    expect(pull('nginx:1.27').tookMs).toBe(60);
    const digest = images.present('nginx:1.27')?.imageId ?? '';
    expect(images.present(digest)?.imageId).toBe(digest);
    expect(images.list()).toEqual([
      { names: [digest, 'docker.io/library/nginx:1.27'], sizeBytes: 72_404_038 },
    ]);
  });

  it('that do not exist fail in containerd’s words', () => {
    const { pull } = store();
    const error = (image: string) => {
      const { outcome } = pull(image);
      return outcome?.ok === false ? outcome.error : '';
    };
    expect(error('nginx:9.99')).toBe(
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:9.99": ' +
        'failed to resolve reference "docker.io/library/nginx:9.99": docker.io/library/nginx:9.99: not found',
    );
    expect(error('ngnix')).toBe(
      'rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/library/ngnix:latest": ' +
        'failed to resolve reference "docker.io/library/ngnix:latest": pull access denied, repository does not ' +
        'exist or may require authorization: server message: insufficient_scope: authorization failed',
    );
    expect(error('registry.k8s.io/paws:1')).toBe(
      'rpc error: code = NotFound desc = failed to pull and unpack image "registry.k8s.io/paws:1": ' +
        'failed to resolve reference "registry.k8s.io/paws:1": registry.k8s.io/paws:1: not found',
    );
  });

  it('cannot be had from a broken registry or without a cable, and slowly from a slow one', () => {
    const broken = store({ trouble: { kind: 'broken' } }).pull('busybox').outcome;
    expect(broken).toEqual({
      ok: false,
      error:
        'rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/library/busybox:latest": ' +
        'failed to resolve reference "docker.io/library/busybox:latest": unexpected status from HEAD request to ' +
        'https://registry-1.docker.io/v2/library/busybox/manifests/latest: 503 Service Unavailable',
    });
    expect(store({ isConnected: false }).pull('busybox').tookMs).toBe(30_000);
    const slow = store({ trouble: { kind: 'slow', factor: 10 } }).pull('busybox').tookMs;
    expect(slow).toBe(3604);
  });
});
