import { describe, expect, it } from 'vitest';
import { catalogue, digestOf, findImage, repositoryDigest } from './catalogue.ts';
import { parseImageReference } from './reference.ts';
import { ImageBox } from './testing.ts';

const find = (image: string) => {
  const parsed = parseImageReference(image);
  return parsed.ok ? findImage(parsed.reference) : undefined;
};

describe('the catalogue', () => {
  it('has each tag of a repository once', () => {
    const names = catalogue.flatMap(({ repository, tags }) =>
      tags.map((tag) => `${repository}:${tag}`),
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(new Set(catalogue.map(digestOf)).size).toBe(catalogue.length);
  });

  it('has every image that the recordings and the course use', () => {
    const used = [
      'busybox:1.36',
      'nginx:1.27',
      'nginx:1.27-alpine',
      'nginx:1.28',
      'nginx',
      'httpd:2.4',
      'alpine',
      'redis:7',
      'curlimages/curl:8.10.1',
      'python:3.12-slim',
      'registry.k8s.io/pause:3.10',
      'podlab/shop:1.0',
      'podlab/shop:2.0',
      'podlab/log-shipper',
      'podlab/metrics-exporter',
      'podlab/tls-proxy',
      'podlab/crasher',
      'podlab/leaker',
      'podlab/slow-start',
      'podlab/deaf',
    ];
    expect(used.filter((image) => find(image) === undefined)).toEqual([]);
    expect(find('nginx:9.99')).toBeUndefined();
  });

  it('finds an image by its digest', () => {
    const [first] = catalogue;
    expect(first && find(repositoryDigest(first))).toBe(first);
  });

  it.each(catalogue.map((image) => [`${image.repository}:${image.tags[0] ?? ''}`, image] as const))(
    '%s starts',
    (_, image) => {
      const box = new ImageBox(image);
      box.pass(100);
      // Those without a terminal or a command to run end well; nobody is missing a program.
      expect([undefined, 0, 2]).toContain(box.main.exit?.code);
    },
  );
});
