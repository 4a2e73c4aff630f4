// Objects that kubectl makes itself, with their fields in the order of the Go types: that is the order of `-o json`.
import type { KubeObject } from '#sim/api/objects.ts';
import type { Session } from '../../session.ts';

export type Labels = Readonly<Record<string, string>>;

export interface MetaParts {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly labels?: Labels | undefined;
  readonly annotations?: Labels | undefined;
}

const orNothing = (labels: Labels | undefined): Labels | undefined =>
  labels === undefined || Object.keys(labels).length === 0 ? undefined : labels;

/** ObjectMeta of an object that no server has seen. */
export function typedMeta({ name, namespace, labels, annotations }: MetaParts): object {
  return dropEmpty({
    name,
    namespace: namespace || undefined,
    creationTimestamp: null,
    labels: orNothing(labels),
    annotations: orNothing(annotations),
  });
}

/** The namespace that goes into generated objects: only one that was asked for. */
export function generatedNamespace(session: Session): string | undefined {
  return session.namespaceEnforced ? session.namespace : undefined;
}

/** The object without fields that are undefined. */
export function dropEmpty<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

/** A typed object: kind and apiVersion first, as TypeMeta stands in Go. */
export function typedObject(
  kind: string,
  apiVersion: string,
  metadata: object,
  rest: Readonly<Record<string, unknown>>,
): KubeObject {
  return { kind, apiVersion, metadata, ...dropEmpty(rest) } as unknown as KubeObject;
}
