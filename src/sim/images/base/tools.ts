// The commands of an image, as files.
import { packagePrograms, type Package } from '../../kernel/commands/table.ts';
import { sh } from '../../kernel/shell/sh.ts';
import type { ImageFiles } from '../image.ts';

/** All commands of a package in one folder. */
export function toolFiles(name: Package, folder = '/bin'): ImageFiles {
  const tools = Object.entries(packagePrograms(name));
  return Object.fromEntries(tools.map(([tool, program]) => [`${folder}/${tool}`, { program }]));
}

/** The shell of busybox, as `sh` and by another name. */
export function shellFiles(other: 'ash' | 'bash'): ImageFiles {
  const program = sh('ash');
  return { '/bin/sh': { program }, [`/bin/${other}`]: { program } };
}
