// The commands of an image, as files.
import { programsOf } from '../../kernel/commands/table.ts';
import type { Flavour } from '../../kernel/commands/base/command.ts';
import type { ImageFiles } from '../image.ts';

/** All commands of a flavour in one folder. */
export function toolFiles(flavour: Flavour, folder = '/bin'): ImageFiles {
  const tools = Object.entries(programsOf(flavour));
  return Object.fromEntries(tools.map(([name, program]) => [`${folder}/${name}`, { program }]));
}
