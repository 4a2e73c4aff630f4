// The commands of an image, as files.
import { packagePrograms, type Package } from '../../kernel/commands/table.ts';
import { sh } from '../../kernel/shell/sh.ts';
import type { ImageFiles } from '../image.ts';

/** All commands of a package in one folder. */
export function toolFiles(name: Package, folder = '/bin'): ImageFiles {
  const tools = Object.entries(packagePrograms(name));
  return Object.fromEntries(tools.map(([tool, program]) => [`${folder}/${tool}`, { program }]));
}

/** The shell: busybox ash by its two names, or dash, which stands in for bash where an image has that. */
export function shellFiles(dialect: 'ash' | 'dash'): ImageFiles {
  const program = sh(dialect);
  const other = dialect === 'dash' ? '/bin/bash' : '/bin/ash';
  return { '/bin/sh': { program }, [other]: { program } };
}
