// Which kubeconfig counts: `--kubeconfig`, else the files of $KUBECONFIG merged, else ~/.kube/config.
import { isErrno } from '#sim/kernel/errno.ts';
import type { Process } from '#sim/kernel/types.ts';
import { Failure } from '../failure.ts';
import type { Flags } from '../flags/values.ts';
import { parseYaml } from '../yaml.ts';
import type { ConfigParts, KubeConfig } from './kubeconfig.ts';
import { emptyParts, partsOf } from './kubeconfig.ts';

/** The files that may hold the config, first come first counted. */
export function configPaths(process: Process, flags: Flags): readonly string[] {
  const flag = flags.text('kubeconfig');
  if (flag !== '') return [flag];
  const paths = (process.env.get('KUBECONFIG') ?? '').split(':').filter((path) => path !== '');
  if (paths.length > 0) return paths;
  return [`${process.env.get('HOME') ?? ''}/.kube/config`];
}

/** One file's content; undefined when there is no such file. */
export function readConfigFile(process: Process, path: string): ConfigParts | undefined {
  let text: string;
  try {
    text = process.files.readText(path);
  } catch (thrown) {
    if (isErrno(thrown) && thrown.code === 'ENOENT') return undefined;
    if (isErrno(thrown)) {
      const why = thrown.message.toLowerCase();
      throw new Failure(`error loading config file "${path}": open ${path}: ${why}`);
    }
    throw thrown;
  }
  const parsed = parseYaml(text);
  if (parsed.ok) return partsOf(parsed.value);
  throw new Failure(`error loading config file "${path}": ${parsed.error}`);
}

function addMissing<T>(into: Map<string, T>, from: ReadonlyMap<string, T>): void {
  for (const [name, entry] of from) if (!into.has(name)) into.set(name, entry);
}

/**
 * Reads and merges what flags and environment name; nothing there is an empty config.
 * @param mustExist a file named by the flag has to be there (the `config` commands may make it).
 */
export function loadConfig(process: Process, flags: Flags, mustExist: boolean): KubeConfig {
  const paths = configPaths(process, flags);
  const merged = emptyParts();
  let path = paths[0] ?? '';
  let found = false;
  for (const candidate of paths) {
    const parts = readConfigFile(process, candidate);
    if (parts === undefined) continue;
    if (!found) path = candidate;
    found = true;
    addMissing(merged.clusters, parts.clusters);
    addMissing(merged.users, parts.users);
    addMissing(merged.contexts, parts.contexts);
    if (merged.currentContext === '') merged.currentContext = parts.currentContext;
    merged.extra = { ...parts.extra, ...merged.extra };
  }
  if (!found && mustExist && flags.given('kubeconfig')) {
    throw new Failure(`stat ${path}: no such file or directory`);
  }
  const asked = flags.text('context');
  const currentContext = asked === '' ? merged.currentContext : asked;
  return {
    ...merged,
    currentContext,
    path,
    namespace: () => merged.contexts.get(currentContext)?.namespace || 'default',
  };
}
