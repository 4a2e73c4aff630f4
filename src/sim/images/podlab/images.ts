// The course's own images. All stand on busybox, so that one can look around in them.
import { busyboxBase } from '../base/busybox.ts';
import { imageConfig, type Image, type ImageConfig } from '../image.ts';
import type { Program } from '../../kernel/types.ts';
import { logShipper } from './log-shipper.ts';
import { metricsExporter } from './metrics-exporter.ts';
import { shopProgram } from './shop.ts';
import { tlsProxy } from './tls-proxy.ts';
import { crasher, deaf, leaker, slowStart } from './troublemakers.ts';

function podlabImage(
  name: string,
  tags: readonly string[],
  program: Program,
  config: Partial<ImageConfig> = {},
): Image {
  return {
    repository: `docker.io/podlab/${name}`,
    tags,
    sizeBytes: 9_400_000,
    config: imageConfig({ entrypoint: [`/app/${name}`], ...config }),
    base: busyboxBase,
    files: () => ({ [`/app/${name}`]: { program } }),
  };
}

const newest = ['1.0', '1', 'latest'];

export const podlabImages: readonly Image[] = [
  podlabImage('shop', ['1.0', '1'], shopProgram('1.0'), { exposedPorts: [8080] }),
  podlabImage('shop', ['2.0', '2', 'latest'], shopProgram('2.0'), { exposedPorts: [8080] }),
  podlabImage('log-shipper', newest, logShipper),
  podlabImage('metrics-exporter', newest, metricsExporter, { exposedPorts: [9100] }),
  podlabImage('tls-proxy', newest, tlsProxy, { exposedPorts: [8443] }),
  podlabImage('crasher', newest, crasher),
  podlabImage('leaker', newest, leaker),
  podlabImage('slow-start', newest, slowStart, { exposedPorts: [8080] }),
  podlabImage('deaf', newest, deaf),
];
