// `kubectl config view`: the merged kubeconfig, with secrets left out unless asked for.
import type { ConfigParts, KubeConfig } from '../../config/kubeconfig.ts';
import { configObject } from '../../config/kubeconfig.ts';
import { Failure } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import type { Session } from '../../session.ts';

type Entry = Readonly<Record<string, unknown>>;

const redacted: Readonly<Record<string, string>> = {
  token: 'REDACTED',
  password: 'REDACTED',
  'certificate-authority-data': 'DATA+OMITTED',
  'client-certificate-data': 'DATA+OMITTED',
  'client-key-data': 'DATA+OMITTED',
};

function withoutSecrets(entries: ReadonlyMap<string, Entry>): Map<string, Entry> {
  return new Map(
    [...entries].map(([name, entry]) => [
      name,
      Object.fromEntries(
        Object.entries(entry).map(([field, value]) => [field, redacted[field] ?? value]),
      ),
    ]),
  );
}

const only = <T>(entries: ReadonlyMap<string, T>, name: string | undefined): Map<string, T> =>
  new Map([...entries].filter(([key]) => key === name));

/** The current context and what it uses. */
function minified(config: KubeConfig): ConfigParts {
  const { currentContext, extra } = config;
  if (currentContext === '') throw new Failure('current-context must exist in order to minify');
  const context = config.contexts.get(currentContext);
  if (context === undefined) throw new Failure(`cannot locate context ${currentContext}`);
  return {
    clusters: only(config.clusters, context.cluster),
    users: only(config.users, context.user),
    contexts: only(config.contexts, currentContext),
    currentContext,
    extra: { ...extra },
  };
}

export function viewConfig(session: Session): number {
  const { args, config, flags, output } = session;
  if (args.length > 0) throw session.usage(`unexpected arguments: [${args.join(' ')}]`);
  const print = printerFor(session, { operation: '', typed: true });
  const parts = flags.bool('minify') ? minified(config) : config;
  const shows = flags.bool('raw') || flags.bool('flatten');
  const shown = shows
    ? parts
    : {
        ...parts,
        clusters: withoutSecrets(parts.clusters),
        users: withoutSecrets(parts.users),
      };
  output.out(print(configObject(shown)));
  return 0;
}
