// `kubectl events` (kubectl/pkg/cmd/events): the Events of a namespace or of one object, the latest last.
import { parseTime } from '#sim/runtime/time.ts';
import type { KubeEvent, Status } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import type { WatchEvent } from '#sim/apiserver/types.ts';
import { Queue } from '#sim/kernel/wait-queue.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { eventInterval } from '../../describe/events.ts';
import { Failure, StatusFailure } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import { TabWriter, tableTabs } from '../../print/tabwriter.ts';
import { metadataOf } from '../../resources/info.ts';
import { mappingFor } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';

const path = { group: '', version: 'v1', resource: 'events' } as const;

/** When an Event happened last, in milliseconds; Events of the new API have microseconds, the others whole seconds. */
function lastMs(event: KubeEvent): number {
  const text = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? '';
  return parseTime(text) ?? 0;
}

/** The field selector of `--for TYPE/NAME`. */
function involvedSelector(session: Session): string | undefined {
  const text = session.flags.text('for');
  if (text === '') return undefined;
  const [type, name, ...rest] = text.split('/');
  if (type === undefined || name === undefined || rest.length > 0 || type === '' || name === '') {
    throw new Failure('--for must be in resource/name form');
  }
  const mapping = mappingFor(session.resources(), type);
  const fields = [`involvedObject.kind=${mapping.kind}`, `involvedObject.name=${name}`];
  return fields.join(',');
}

function wantedTypes(session: Session): ReadonlySet<string> {
  const types = session.flags.list('types').map((type) => type.trim());
  for (const type of types) {
    if (!['normal', 'warning'].includes(type.toLowerCase())) {
      throw new Failure('valid --types are Normal or Warning');
    }
  }
  return new Set(types.map((type) => type.toLowerCase()));
}

export function* events(session: Session): Blocking<number> {
  const { flags, args, output } = session;
  if (args.length > 0) throw session.usage(`unknown command ${JSON.stringify(args[0])}`);
  const types = wantedTypes(session);
  const everywhere = flags.bool('all-namespaces');
  const namespace = everywhere ? undefined : session.namespace;
  const fieldSelector = involvedSelector(session);
  const list = session.api.request({ verb: 'list', ...path, namespace, fieldSelector });
  const isWanted = (event: KubeEvent): boolean =>
    types.size === 0 || types.has((event.type ?? '').toLowerCase());
  const found = ((list['items'] ?? []) as readonly KubeEvent[])
    .filter(isWanted)
    .toSorted((a, b) => lastMs(a) - lastMs(b));
  const watches = flags.bool('watch');
  if (found.length === 0 && !watches) {
    output.errLine(
      everywhere ? 'No events found.' : `No events found in ${session.namespace} namespace.`,
    );
    return 0;
  }
  const show = shower(session, everywhere);
  show(found);
  if (!watches) return 0;
  yield* output.flush();
  const arrived: WatchEvent[] = [];
  const changed = new Queue();
  const { resourceVersion } = metadataOf(list);
  const stop = session.api.watch(
    { verb: 'watch', ...path, namespace, fieldSelector, resourceVersion },
    (event) => {
      arrived.push(event);
      changed.wake();
    },
  );
  try {
    for (;;) {
      for (const event of arrived.splice(0)) {
        if (event.type === 'ERROR') throw new StatusFailure(event.object as Status);
        const object = event.object as unknown as KubeEvent;
        if (event.type !== 'DELETED' && event.type !== 'BOOKMARK' && isWanted(object)) {
          show([object]);
        }
      }
      yield* output.flush();
      if (arrived.length === 0) yield* session.process.waitFor([changed]);
    }
  } finally {
    stop();
  }
}

/** Prints batches of Events: as a table under one header, or in the format of `-o`. */
function shower(session: Session, everywhere: boolean): (batch: readonly KubeEvent[]) => void {
  const { output, flags } = session;
  if (flags.text('output') !== '') {
    const print = printerFor(session, { operation: '' });
    const asList = !flags.bool('watch');
    return (batch) => {
      if (!asList) for (const event of batch) output.out(print(event as unknown as KubeObject));
      else output.out(print({ apiVersion: 'v1', kind: 'EventList', metadata: {}, items: batch }));
    };
  }
  const writer = new TabWriter(tableTabs);
  let needsHeader = !flags.bool('no-headers');
  return (batch) => {
    const lines = batch.map((event) => row(session, event, everywhere));
    if (needsHeader) {
      lines.unshift(`${everywhere ? 'NAMESPACE\t' : ''}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE`);
      needsHeader = false;
    }
    if (lines.length > 0) output.out(writer.format(`${lines.join('\n')}\n`));
  };
}

function row(session: Session, event: KubeEvent, everywhere: boolean): string {
  const { kind = '', name = '' } = event.involvedObject;
  const cells = [
    eventInterval(event, session.nowMs()),
    event.type ?? '',
    event.reason ?? '',
    `${kind}/${name}`,
    (event.message ?? '').trim(),
  ];
  if (everywhere) cells.unshift(event.metadata.namespace ?? '');
  return cells.join('\t');
}
