// The commands of an image, as files.
import { programsOf } from '../../kernel/commands/table.ts';
import type { Flavour } from '../../kernel/commands/base/command.ts';
import { sh } from '../../kernel/shell/sh.ts';
import type { ImageFiles } from '../image.ts';

/** All commands of a flavour in one folder. */
export function toolFiles(flavour: Flavour, folder = '/bin'): ImageFiles {
  const tools = Object.entries(programsOf(flavour));
  return Object.fromEntries(tools.map(([name, program]) => [`${folder}/${name}`, { program }]));
}

/** The shell: busybox ash by its two names, or dash, which stands in for bash where an image has that. */
export function shellFiles(flavour: Flavour): ImageFiles {
  const program = sh(flavour === 'gnu' ? 'dash' : 'ash');
  const other = flavour === 'gnu' ? '/bin/bash' : '/bin/ash';
  return { '/bin/sh': { program }, [other]: { program } };
}
