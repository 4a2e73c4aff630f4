// `kubectl get -w`: what there is, then each change until the user or the server ends it.
import type { KubeObject } from '#sim/api/objects.ts';
import type { Status } from '#sim/api/generated/types.ts';
import type { WatchEvent } from '#sim/apiserver/types.ts';
import { Queue } from '#sim/kernel/wait-queue.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure, StatusFailure } from '../../failure.ts';
import type { Printer } from '../../print/printer.ts';
import type { Table } from '../../print/table-printer.ts';
import { parseArguments } from '../../resources/arguments.ts';
import type { Query } from '../../resources/builder.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { collectionPath, metadataOf } from '../../resources/info.ts';
import { typesOf } from '../../resources/from-server.ts';
import type { Session } from '../../session.ts';
import { TableOutput } from './tables.ts';

function refuseMany(session: Session, query: Query): void {
  if ((query.filenames ?? []).length > 0) return;
  const { types, names, pairs } = parseArguments(query.args);
  const isMany = types.length > 0 ? typesOf(session, types).length > 1 : pairs.length > 1;
  if (isMany || names.length > 1) {
    throw new Failure('you may only specify a single resource type');
  }
}

/** Shows what there is (unless only changes are wanted), and where the watch begins. */
function showPresent(
  session: Session,
  query: Query,
  show: (info: Info, event: string) => void,
): Info {
  const infos = findResources(session, { ...query, flatten: false, limit: 0 }).infos();
  const [first] = infos;
  if (infos.length !== 1 || first === undefined) {
    throw new Failure(
      `watch is only supported on individual resources and resource collections - ${infos.length} resources were found`,
    );
  }
  if (!session.flags.bool('watch-only')) show(first, 'ADDED');
  return first;
}

export function* watchResources(
  session: Session,
  query: Query,
  printer: Printer | undefined,
): Blocking<number> {
  refuseMany(session, query);
  const { output } = session;
  const show = shower(session, printer);
  const first = showPresent(session, query, show);
  yield* output.flush();
  const events: WatchEvent[] = [];
  const arrived = new Queue();
  const path = collectionPath(first);
  const stop = session.api.watch(
    {
      verb: 'watch',
      ...path,
      namespace: first.namespace === '' ? undefined : first.namespace,
      labelSelector: query.selector || undefined,
      fieldSelector:
        first.name === '' ? query.fieldSelector || undefined : `metadata.name=${first.name}`,
      resourceVersion: metadataOf(first.object).resourceVersion,
      table: query.table,
    },
    (event) => {
      events.push(event);
      arrived.wake();
    },
  );
  try {
    for (;;) {
      for (const event of events.splice(0)) {
        if (event.type === 'ERROR') throw new StatusFailure(event.object as Status);
        if (event.type !== 'BOOKMARK') show({ ...first, object: event.object }, event.type);
      }
      yield* output.flush();
      if (events.length === 0) yield* session.process.waitFor([arrived]);
    }
  } finally {
    stop();
  }
}

/** Prints one event, or the list at the beginning, in the format of the command. */
function shower(
  session: Session,
  printer: Printer | undefined,
): (info: Info, event: string) => void {
  const { output, flags } = session;
  if (printer === undefined) {
    const tables = new TableOutput(session, []);
    return (info, event) => {
      output.out(tables.align(tables.line(info.mapping, info.object as Table, event)));
    };
  }
  return (info, event) => {
    const items = info.object['items'];
    const objects = Array.isArray(items) ? (items as KubeObject[]) : [info.object];
    for (const object of objects) {
      const shown = flags.bool('output-watch-events') ? { type: event, object } : object;
      output.out(printer(shown as KubeObject));
    }
  };
}
