import { describe, expect, it } from 'vitest';
import { formatReference, parseImageReference, withDefaultTag } from './reference.ts';

const read = (image: string): string => {
  const parsed = parseImageReference(image);
  return parsed.ok ? formatReference(withDefaultTag(parsed.reference)) : parsed.error;
};

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('image references', () => {
  it('fills in registry, library and tag as containerd does', () => {
    expect(
      [
        'nginx',
        'nginx:1.27',
        'podlab/shop:1.0',
        'registry.k8s.io/pause:3.10',
        'localhost/app',
        'localhost:5000/a/b:x',
        'index.docker.io/busybox',
        `nginx@${digest}`,
      ].map(read),
    ).toEqual([
      'docker.io/library/nginx:latest',
      'docker.io/library/nginx:1.27',
      'docker.io/podlab/shop:1.0',
      'registry.k8s.io/pause:3.10',
      'localhost/app:latest',
      'localhost:5000/a/b:x',
      'docker.io/library/busybox:latest',
      `docker.io/library/nginx@${digest}`,
    ]);
  });

  it('refuses a name in upper case in the words of the recording', () => {
    expect(read('Shop/Web:1.0')).toBe(
      `couldn't parse image name "Shop/Web:1.0": invalid reference format: repository name (Web) must be lowercase`,
    );
  });

  it('refuses what the grammar does not allow', () => {
    expect(
      [
        '',
        'nginx:',
        'a//b',
        'nginx 1.27',
        '-web',
        `nginx@${digest}00`,
        'nginx@md5:0',
        'web:a:b',
      ].map(read),
    ).toEqual([
      `couldn't parse image name "": invalid reference format`,
      `couldn't parse image name "nginx:": invalid reference format`,
      `couldn't parse image name "a//b": invalid reference format`,
      `couldn't parse image name "nginx 1.27": invalid reference format`,
      `couldn't parse image name "-web": invalid reference format`,
      `couldn't parse image name "nginx@${digest}00": invalid checksum digest length`,
      `couldn't parse image name "nginx@md5:0": invalid reference format`,
      `couldn't parse image name "web:a:b": invalid reference format`,
    ]);
  });
});
