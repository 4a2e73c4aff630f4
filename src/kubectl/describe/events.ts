// The Events at the end of a description.
import type { KubeEvent } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { metadataOf } from '../resources/info.ts';
import type { Session } from '../session.ts';
import { ageOf } from './values.ts';
import type { DescribeWriter } from './writer.ts';

const notSet = (time: string | null | undefined): boolean => (time ?? '') === '';

/** `3m`, or `38s (x12 over 3m43s)` for what repeats. */
export function eventInterval(event: KubeEvent, nowMs: number): string {
  const first = notSet(event.eventTime)
    ? ageOf(event.firstTimestamp, nowMs)
    : ageOf(event.eventTime, nowMs);
  const { series, count = 0 } = event;
  if (series !== undefined && series !== null) {
    return `${ageOf(series.lastObservedTime, nowMs)} (x${series.count ?? 0} over ${first})`;
  }
  if (count > 1) return `${ageOf(event.lastTimestamp, nowMs)} (x${count} over ${first})`;
  return first;
}

/** Events sorted by when they happened last. */
export function sortedEvents(events: readonly KubeEvent[]): readonly KubeEvent[] {
  const last = (event: KubeEvent): string => event.lastTimestamp ?? '';
  return events.toSorted((a, b) => (last(a) < last(b) ? -1 : last(a) > last(b) ? 1 : 0));
}

/** The Events of one object, by its name and uid. */
export function eventsOf(session: Session, object: KubeObject): readonly KubeEvent[] {
  const { name = '', namespace = '', uid } = metadataOf(object);
  return eventsAbout(session, namespace, { name, namespace, uid });
}

export interface Involved {
  readonly name: string;
  readonly namespace: string;
  readonly uid?: string | undefined;
  readonly kind?: string | undefined;
}

export function eventsAbout(
  session: Session,
  namespace: string,
  involved: Involved,
): readonly KubeEvent[] {
  const fields = [
    `involvedObject.name=${involved.name}`,
    ...(involved.namespace === '' ? [] : [`involvedObject.namespace=${involved.namespace}`]),
    ...(involved.kind === undefined ? [] : [`involvedObject.kind=${involved.kind}`]),
    ...(involved.uid === undefined ? [] : [`involvedObject.uid=${involved.uid}`]),
  ];
  const list = session.api.request({
    verb: 'list',
    group: '',
    version: 'v1',
    resource: 'events',
    namespace: namespace === '' ? undefined : namespace,
    fieldSelector: fields.join(','),
  });
  return (list['items'] ?? []) as readonly KubeEvent[];
}

/** Writes the Events, or `<none>`; nothing when they are not wanted. */
export function writeEvents(
  session: Session,
  writer: DescribeWriter,
  events: readonly KubeEvent[],
): void {
  if (!session.flags.bool('show-events')) return;
  if (events.length === 0) {
    writer.line(0, 'Events:\t<none>');
    return;
  }
  writer.flush();
  writer.text('Events:\n  Type\tReason\tAge\tFrom\tMessage\n');
  writer.line(1, '----\t------\t----\t----\t-------');
  for (const event of sortedEvents(events)) {
    const source = event.source?.component || (event.reportingComponent ?? '');
    const interval = eventInterval(event, session.nowMs());
    const message = (event.message ?? '').trim();
    writer.line(
      1,
      `${event.type ?? ''}\t${event.reason ?? ''}\t${interval}\t${source}\t${message}`,
    );
  }
}

/** Fetches and writes the Events of an object. */
export function describeEvents(session: Session, writer: DescribeWriter, object: KubeObject): void {
  if (session.flags.bool('show-events')) writeEvents(session, writer, eventsOf(session, object));
}
