// The environment of a container's processes.
import { usualPath, type ImageConfig } from '../../images/image.ts';
import type { ContainerConfig } from './types.ts';

/** The image's variables, the host name, then the Pod's own, which win. */
export function environmentOf(
  image: ImageConfig,
  config: ContainerConfig,
  hostname: string,
): readonly (readonly [string, string])[] {
  const env = new Map<string, string>([['PATH', usualPath]]);
  for (const [name, value] of image.env) env.set(name, value);
  env.set('HOSTNAME', hostname);
  if (config.tty) env.set('TERM', 'xterm');
  for (const [name, value] of config.env) env.set(name, value);
  return [...env];
}
