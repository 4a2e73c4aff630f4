// An Event as a small record: the object of the API is built when somebody reads it.
import type { KubeEvent, ObjectReference } from '../../api/generated/types.ts';
import { Random } from '../../runtime/random.ts';
import { formatMicroTime, formatTime } from '../../runtime/time.ts';
import type { AnyStored } from '../store/entry.ts';
import { CompactObject } from '../store/entry.ts';

/** What is the same in every state of one Event. */
export interface EventIdentity {
  readonly namespace: string;
  readonly name: string;
  /** Makes the uid. */
  readonly uidSeed: number;
  readonly createdMs: number;
  readonly regarding: ObjectReference;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  /** Who reports: `kubelet`, `default-scheduler`. */
  readonly component: string;
  /** The machine it runs on; '' for controllers. */
  readonly host: string;
  /** What the reporter did (`Binding`): set for Events of the newer API alone. */
  readonly action: string | undefined;
}

/** How often the Event has happened: counted in place (core/v1), or as a series (events.k8s.io). */
export type Occurrences =
  | {
      readonly kind: 'counted';
      readonly count: number;
      readonly firstMs: number;
      readonly lastMs: number;
    }
  | {
      readonly kind: 'series';
      readonly count: number;
      readonly firstMs: number;
      readonly lastMs: number;
    };

export class CompactEvent extends CompactObject {
  readonly identity: EventIdentity;
  readonly message: string;
  readonly occurrences: Occurrences;
  readonly revision: number;

  constructor(
    identity: EventIdentity,
    message: string,
    occurrences: Occurrences,
    revision: number,
  ) {
    super();
    this.identity = identity;
    this.message = message;
    this.occurrences = occurrences;
    this.revision = revision;
  }

  get namespace(): string {
    return this.identity.namespace;
  }

  get name(): string {
    return this.identity.name;
  }

  /** The object of core/v1, also for Events that were written through events.k8s.io. */
  expand(): AnyStored {
    const { identity, occurrences } = this;
    const common = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: identity.name,
        namespace: identity.namespace,
        uid: new Random(identity.uidSeed, 'event').uuid(),
        resourceVersion: String(this.revision),
        creationTimestamp: formatTime(identity.createdMs),
      },
      involvedObject: identity.regarding,
      reason: identity.reason,
      message: this.message,
      type: identity.type,
    };
    const times =
      occurrences.kind === 'series'
        ? this.#seriesFields(occurrences)
        : this.#countFields(occurrences);
    return { ...common, ...times } as unknown as AnyStored;
  }

  #countFields({ count, firstMs, lastMs }: Occurrences): Partial<KubeEvent> {
    const { component, host } = this.identity;
    return {
      source: host === '' ? { component } : { component, host },
      firstTimestamp: formatTime(firstMs),
      lastTimestamp: formatTime(lastMs),
      count,
      eventTime: null as unknown as undefined,
      reportingComponent: component,
      reportingInstance: host,
    };
  }

  #seriesFields({ count, firstMs, lastMs }: Occurrences): Partial<KubeEvent> {
    const { component, host, action } = this.identity;
    return {
      source: {},
      firstTimestamp: null as unknown as undefined,
      lastTimestamp: null as unknown as undefined,
      eventTime: formatMicroTime(firstMs),
      action,
      ...(count > 1 ? { series: { count, lastObservedTime: formatMicroTime(lastMs) } } : {}),
      reportingComponent: component,
      reportingInstance: `${component}-${host}`,
    };
  }
}
