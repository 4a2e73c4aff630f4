// `kubectl get` (kubectl/pkg/cmd/get/get.go): tables from the server, or objects in another format; then watching.
import type { KubeObject } from '#sim/api/objects.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Exit, isNotFound, throwCollected } from '../../failure.ts';
import type { Printer } from '../../print/printer.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources } from '../../resources/builder.ts';
import type { Query, Resources } from '../../resources/builder.ts';
import type { Session } from '../../session.ts';
import { getRaw } from './raw.ts';
import { sortObjects } from './sort.ts';
import { tableQuery, TableOutput, wantsTable } from './tables.ts';
import { watchResources } from './watch.ts';

const nothingAsked =
  'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n' +
  'error: Required resource not specified.\n' +
  'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\n' +
  "See 'kubectl get -h' for help and examples";

export function get(session: Session): Blocking<number> | number {
  const { flags, args } = session;
  if (flags.text('raw') !== '') return getRaw(session);
  if (flags.bool('watch-only') && flags.text('output') === 'wide') void 0;
  const filenames = flags.list('filename');
  if (args.length === 0 && filenames.length === 0 && flags.text('kustomize') === '') {
    throw new Exit(1, nothingAsked);
  }
  if (flags.bool('output-watch-events') && !flags.bool('watch') && !flags.bool('watch-only')) {
    throw session.usage(
      '--output-watch-events option can only be used with --watch or --watch-only',
    );
  }
  const isTable = wantsTable(session);
  const printer = isTable ? undefined : printerFor(session, { operation: '', columns: true });
  const query = getQuery(session, isTable);
  if (flags.bool('watch') || flags.bool('watch-only'))
    return watchResources(session, query, printer);
  const resources = findResources(session, query);
  if (printer !== undefined) printObjects(session, resources, printer);
  else printTables(session, resources);
  return 0;
}

function getQuery(session: Session, isTable: boolean): Query {
  const { flags, args } = session;
  return {
    args,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    selector: flags.text('selector'),
    fieldSelector: flags.text('field-selector'),
    allNamespaces: flags.bool('all-namespaces'),
    listsTypes: true,
    latest: true,
    limit: flags.number('chunk-size'),
    subresource: flags.text('subresource'),
    table: isTable ? tableQuery(session) : undefined,
  };
}

function printTables(session: Session, resources: Resources): void {
  const { output, flags } = session;
  const { infos, failures } = resources.collect();
  const kept = flags.bool('ignore-not-found')
    ? failures.filter((failure) => !isNotFound(failure))
    : failures;
  const tables = new TableOutput(session, infos);
  const isSilent = tables.print(infos);
  if (isSilent && !flags.bool('ignore-not-found') && kept.length === 0) {
    const inNamespace =
      !flags.bool('all-namespaces') && infos.every((info) => info.mapping.namespaced);
    output.errLine(
      inNamespace ? `No resources found in ${session.namespace} namespace.` : 'No resources found',
    );
  }
  throwCollected(kept);
}

function printObjects(session: Session, resources: Resources, printer: Printer): void {
  const { output, flags } = session;
  const { infos, failures } = resources.collect();
  const [failure] = failures;
  const ignores = flags.bool('ignore-not-found');
  if (resources.single && failure !== undefined) {
    if (ignores && isNotFound(failure)) return;
    throw failure;
  }
  const kept = ignores ? failures.filter((one) => !isNotFound(one)) : failures;
  if (infos.length === 0 && ignores) {
    throwCollected(kept);
    return;
  }
  const [only] = infos;
  const objects = sortObjects(
    session,
    infos.map((info) => info.object),
  );
  if (resources.single && infos.length === 1 && only !== undefined)
    output.out(printer(only.object));
  else {
    const list: KubeObject = {
      apiVersion: 'v1',
      items: objects,
      kind: 'List',
      metadata: { resourceVersion: '' },
    };
    output.out(printer(list));
  }
  throwCollected(kept);
}
