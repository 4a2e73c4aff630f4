// What every part of the API server works with, and what a request carries through all of them.
import type { Kind, KubeObject } from '../../api/objects.ts';
import type { Status } from '../../api/generated/types.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Random } from '../../runtime/random.ts';
import type { Resource } from '../../api/kinds.ts';
import type { FieldError } from '../../api/messages.ts';
import type { AnyStored } from '../store/entry.ts';
import type { Store } from '../store/store.ts';
import type { Result } from '../types.ts';

/** A body as an object of its kind, with what strict decoding has to say; or why it is none. */
export type Decoded =
  | { readonly ok: true; readonly object: KubeObject; readonly strictErrors: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** The rules about objects of one kind: decoding, defaults, validation, patches. */
export interface Schema {
  decode(kind: Kind, body: KubeObject): Decoded;
  /** The form in which an object is stored: what Go leaves out is absent, what it writes is there. */
  normalise<T extends KubeObject>(kind: Kind, object: T): T;
  setDefaults(kind: Kind, object: KubeObject): KubeObject;
  /** @returns every refused field in the order of the server; empty when the object is fine. */
  validateCreate(kind: Kind, object: AnyStored): readonly FieldError[];
  validateUpdate(kind: Kind, object: AnyStored, old: AnyStored): readonly FieldError[];
  /** Of the resize subresource of Pods. */
  validateResize(object: AnyStored, old: AnyStored): readonly FieldError[];
  validateStatusUpdate(kind: Kind, object: AnyStored, old: AnyStored): readonly FieldError[];
  /** The texts of Warning headers that a write of this object brings. */
  warnings(kind: Kind, object: AnyStored, old: AnyStored | undefined): readonly string[];
}

/** One write on its way through admission. */
export interface Attributes {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly info: StoredResource;
  /** '' for the object itself. */
  readonly subresource: string;
  /** '' for cluster-scoped kinds. */
  readonly namespace: string;
  /** '' when the name is to be generated. */
  readonly name: string;
  readonly object: KubeObject | undefined;
  readonly old: AnyStored | undefined;
  readonly options: WriteOptions;
}

/** The chain of admission plugins. */
export interface Admission {
  /** Lets each plugin change the object; the first refusal ends it. */
  admit(context: ServerContext, attributes: Attributes): Result<KubeObject>;
  /** Lets each plugin judge the finished object. */
  validate(context: ServerContext, attributes: Attributes): Status | undefined;
}

/** Hands out what objects of one cluster must not share: cluster IPs and node ports of Services. */
export interface Allocator {
  /** @param commit stores what was handed out; without it nothing is kept. */
  allocate(
    context: ServerContext,
    object: AnyStored,
    old: AnyStored | undefined,
  ): Result<{ readonly object: AnyStored; commit(): void }>;
  release(object: AnyStored): void;
}

export interface ServerContext {
  readonly clock: Clock;
  readonly store: Store;
  readonly schema: Schema;
  readonly admission: Admission;
  readonly services: Allocator;
  /** Whether objects say who manages their fields. */
  readonly tracksManagers: boolean;
  /** Draws uids. */
  readonly uids: Random;
  /** Draws the suffixes of generated names. */
  readonly names: Random;
}

/** A resource whose objects are stored. */
export type StoredResource = Resource & { readonly modelled: Kind };

/** How a write was asked for. */
export interface WriteOptions {
  /** The requester: a component or the learner. */
  readonly user: string;
  readonly dryRun: boolean;
  /** The name under which managedFields list the write. */
  readonly manager: string;
  /** The object comes with its managers (server-side apply). */
  readonly isTracked?: boolean;
  /** Collects the texts of Warning headers. */
  readonly warnings: string[];
}
