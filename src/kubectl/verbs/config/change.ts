// Reading and writing the kubeconfig file that `config` changes.
import { toYaml } from '#sim/api/yaml-out.ts';
import type { ConfigParts } from '../../config/kubeconfig.ts';
import { configObject, emptyParts } from '../../config/kubeconfig.ts';
import { readConfigFile } from '../../config/load.ts';
import { Exit } from '../../failure.ts';
import { commandHelp } from '../../help/help.ts';
import type { Session } from '../../session.ts';

/** The file's parts, to be changed and saved. */
export function openConfig(session: Session): {
  readonly path: string;
  readonly parts: ConfigParts;
} {
  const { path } = session.config;
  return { path, parts: readConfigFile(session.process, path) ?? emptyParts() };
}

export function saveConfig(session: Session, path: string, parts: ConfigParts): void {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const { files } = session.process;
  if (folder !== '' && !files.exists(folder)) files.mkdir(folder, { parents: true, mode: 0o755 });
  files.writeText(path, toYaml(configObject(parts)), { mode: 0o600 });
}

/** The args, of which there must be so many; else the help is shown and they are refused. */
export function exactArgs(session: Session, count: number): readonly string[] {
  const { args } = session;
  if (args.length === count) return args;
  session.output.out(commandHelp(session, session.command));
  throw new Exit(1, `error: Unexpected args: [${args.join(' ')}]`);
}
