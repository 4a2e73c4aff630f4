// The part of the API server that kubectl uses, and how it reaches one: handed in by whoever puts the parts together.
import type { ResourceInfo } from '#sim/apiserver/discovery/catalog.ts';
import type { KubeletStreams } from '#sim/apiserver/streaming.ts';
import type { WatchResult } from '#sim/apiserver/requests/watch.ts';
import type { ApiRequest, ApiResponse, WatchEvent } from '#sim/apiserver/types.ts';

/** What `/version` says. */
export interface ServerVersion {
  readonly major: string;
  readonly minor: string;
  readonly gitVersion: string;
  readonly gitCommit: string;
  readonly gitTreeState: string;
  readonly buildDate: string;
  readonly goVersion: string;
  readonly compiler: string;
  readonly platform: string;
}

/** One API server. Requests are answered at once; time passes in kubectl, not here. */
export interface KubectlServer extends KubeletStreams {
  /** Where it listens: `https://10.250.0.1:6443`. A kubeconfig that names another address reaches nothing. */
  readonly address: string;
  request(request: ApiRequest): ApiResponse;
  /** Events arrive by the clock, never inside this call. A Table request brings one Table per event. */
  watch(request: ApiRequest, onEvent: (event: WatchEvent) => void): WatchResult;
  /** Every resource in the order of discovery. */
  discovery(): readonly ResourceInfo[];
  version(): ServerVersion;
  /** A GET on a path outside the resources (`/healthz`, `/metrics`), for `get --raw`. */
  raw(path: string): { readonly code: number; readonly text: string };
}

/** Field descriptions for `explain`: the contents of src/sim/api/generated/docs.json. */
export type ExplainDocs = Readonly<
  Record<string, { readonly doc: string; readonly fields: Readonly<Record<string, string>> }>
>;

export interface KubectlOptions {
  /** How long a call takes, in virtual milliseconds: 50, and 90 for exec. */
  readonly callMs?: number | undefined;
  readonly execMs?: number | undefined;
  /** The field descriptions, or undefined while the host has not loaded them. */
  readonly docs?: (() => ExplainDocs | undefined) | undefined;
}
