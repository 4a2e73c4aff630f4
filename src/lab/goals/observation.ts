// What a goal can look at: the cluster now, and what has happened since the lab began.
import type { KubeObject } from '#sim/api/objects.ts';

/** An Event of the cluster, by what it says. */
export interface SeenEvent {
  readonly atMs: number;
  readonly reason: string;
  /** `pod/web` */
  readonly on: string;
  readonly message: string;
}

/** A kubectl command that the learner gave and that has ended (or still runs: `exit` undefined). */
export interface SeenCommand {
  readonly atMs: number;
  readonly verb: string;
  /** Plural resource names and object names it was about, as far as its arguments say. */
  readonly resources: readonly string[];
  readonly names: readonly string[];
  readonly flags: readonly string[];
  readonly exit: number | undefined;
  readonly output: string;
}

/** A program that ran in a container of a Pod. */
export interface SeenProgram {
  readonly atMs: number;
  readonly pod: string;
  readonly container: string;
  readonly argv: readonly string[];
  readonly exit: number | undefined;
  readonly output: string;
}

export interface Observation {
  readonly nowMs: number;
  /** All objects of a kind, in the order of their keys. */
  list(kind: string): readonly KubeObject[];
  readonly events: readonly SeenEvent[];
  readonly commands: readonly SeenCommand[];
  readonly programs: readonly SeenProgram[];
  /** Predictions that were locked: prediction id to option id. */
  readonly predictions: ReadonlyMap<string, string>;
  /** What `changed` compares with: the first values seen, by object and path. Filled as conditions are looked at. */
  readonly firstValues: Map<string, string>;
}
