// `kubectl config` on contexts: which there are, which one counts, making, renaming and deleting them.
import type { ContextEntry } from '../../config/kubeconfig.ts';
import { Exit, Failure } from '../../failure.ts';
import { TabWriter, tableTabs } from '../../print/tabwriter.ts';
import type { Session } from '../../session.ts';
import { exactArgs, openConfig, saveConfig } from './change.ts';

export function currentContext(session: Session): number {
  const { currentContext: name } = session.config;
  if (name === '') throw new Failure('current-context is not set');
  session.output.line(name);
  return 0;
}

export function getContexts(session: Session): number {
  const { config, flags, args, output } = session;
  const format = flags.text('output');
  if (format !== '' && format !== 'name') {
    throw new Failure(
      `--output ${format} is not available in kubectl config get-contexts; resetting to default output format`,
    );
  }
  const names = args.length === 0 ? [...config.contexts.keys()].sort() : args;
  const known = names.filter((name) => config.contexts.has(name));
  const missing = names.filter((name) => !config.contexts.has(name));
  if (format === 'name') output.out(known.map((name) => `${name}\n`).join(''));
  else {
    const lines = known.map((name) => {
      const { cluster = '', user = '', namespace = '' } = config.contexts.get(name) ?? {};
      const mark = name === config.currentContext ? '*' : '';
      return [mark, name, cluster, user, namespace].join('\t');
    });
    if (!flags.bool('no-headers')) lines.unshift('CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE');
    output.out(new TabWriter(tableTabs).format(lines.map((line) => `${line}\n`).join('')));
  }
  if (missing.length === 0) return 0;
  const errors = missing.map((name) => `context ${name} not found`);
  throw new Exit(1, errors.length === 1 ? `error: ${errors[0] ?? ''}` : errors.join('\n'));
}

export function useContext(session: Session): number {
  const [name = ''] = exactArgs(session, 1);
  const { path, parts } = openConfig(session);
  if (!session.config.contexts.has(name)) {
    throw new Failure(`no context exists with the name: ${JSON.stringify(name)}`);
  }
  saveConfig(session, path, { ...parts, currentContext: name });
  session.output.line(`Switched to context ${JSON.stringify(name)}.`);
  return 0;
}

export function setContext(session: Session): number {
  const { args, flags, output } = session;
  const isCurrent = flags.bool('current');
  if (args.length > 1) exactArgs(session, 1);
  if (isCurrent && args.length > 0) {
    throw new Failure('you cannot specify both a context name and --current');
  }
  if (!isCurrent && (args[0] ?? '') === '') {
    throw new Failure('you must specify a non-empty context name or --current');
  }
  const { path, parts } = openConfig(session);
  const name = isCurrent ? session.config.currentContext : (args[0] ?? '');
  if (isCurrent && name === '') throw new Failure('no current context is set');
  const old = parts.contexts.get(name);
  const fields: Record<string, unknown> = { ...old };
  for (const flag of ['cluster', 'user', 'namespace']) {
    if (flags.given(flag)) fields[flag] = flags.text(flag);
  }
  if (fields['namespace'] === '') delete fields['namespace'];
  parts.contexts.set(name, fields as ContextEntry);
  saveConfig(session, path, parts);
  const done = old === undefined ? 'created' : 'modified';
  output.line(`Context ${JSON.stringify(name)} ${done}.`);
  return 0;
}

export function renameContext(session: Session): number {
  const [from = '', to = ''] = exactArgs(session, 2);
  const { path, parts } = openConfig(session);
  const entry = parts.contexts.get(from);
  if (entry === undefined) {
    throw new Failure(`cannot rename the context "${from}", it's not in ${path}`);
  }
  if (parts.contexts.has(to)) {
    throw new Failure(
      `cannot rename the context "${from}", the context "${to}" already exists in ${path}`,
    );
  }
  parts.contexts.delete(from);
  parts.contexts.set(to, entry);
  if (parts.currentContext === from) parts.currentContext = to;
  saveConfig(session, path, parts);
  session.output.line(`Context "${from}" renamed to "${to}".`);
  return 0;
}

export function deleteContext(session: Session): number {
  const [name = ''] = exactArgs(session, 1);
  const { path, parts } = openConfig(session);
  if (!parts.contexts.has(name)) {
    throw new Failure(`cannot delete context ${name}, not in ${path}`);
  }
  if (parts.currentContext === name) {
    session.output.errLine(
      'warning: this removed your active context, use "kubectl config use-context" to select a different one',
    );
  }
  parts.contexts.delete(name);
  saveConfig(session, path, parts);
  session.output.line(`deleted context ${name} from ${path}`);
  return 0;
}
