// A kubeconfig: clusters, users, contexts (client-go/tools/clientcmd/api/v1).
import type { KubeObject } from '#sim/api/objects.ts';
import { omit } from '../omit.ts';

export interface ClusterEntry {
  readonly server?: string;
  readonly [field: string]: unknown;
}

export interface ContextEntry {
  readonly cluster?: string;
  readonly user?: string;
  readonly namespace?: string;
  readonly [field: string]: unknown;
}

export type UserEntry = Readonly<Record<string, unknown>>;

export interface KubeConfig {
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
  /** As the file says it, or as `--context` overrides it. */
  readonly currentContext: string;
  /** Everything else at the top of the file (`preferences`). */
  readonly extra: Readonly<Record<string, unknown>>;
  /** The file that changes are written to, as the user named it. */
  readonly path: string;
  /** The namespace of the current context, or `default`. */
  namespace(): string;
}

export interface ConfigParts {
  clusters: Map<string, ClusterEntry>;
  users: Map<string, UserEntry>;
  contexts: Map<string, ContextEntry>;
  currentContext: string;
  extra: Record<string, unknown>;
}

export const emptyParts = (): ConfigParts => ({
  clusters: new Map(),
  users: new Map(),
  contexts: new Map(),
  currentContext: '',
  extra: { preferences: {} },
});

type Named = Readonly<Record<string, unknown>>;

function readNamed<T>(value: unknown, inner: string): Map<string, T> {
  const entries = new Map<string, T>();
  if (!Array.isArray(value)) return entries;
  for (const entry of value as readonly unknown[]) {
    if (typeof entry !== 'object' || entry === null) continue;
    const named = entry as Named;
    const name = named['name'];
    if (typeof name === 'string') entries.set(name, (named[inner] ?? {}) as T);
  }
  return entries;
}

/** Reads the object that a kubeconfig file holds. */
export function partsOf(value: unknown): ConfigParts {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return emptyParts();
  const { clusters, users, contexts, 'current-context': current, ...rest } = value as Named;
  const extra = omit(rest, 'apiVersion', 'kind');
  return {
    clusters: readNamed<ClusterEntry>(clusters, 'cluster'),
    users: readNamed<UserEntry>(users, 'user'),
    contexts: readNamed<ContextEntry>(contexts, 'context'),
    currentContext: typeof current === 'string' ? current : '',
    extra: { preferences: {}, ...extra },
  };
}

const clusterFields = [
  'server',
  'tls-server-name',
  'insecure-skip-tls-verify',
  'certificate-authority',
  'certificate-authority-data',
  'proxy-url',
  'disable-compression',
];
const userFields = [
  'client-certificate',
  'client-certificate-data',
  'client-key',
  'client-key-data',
  'token',
  'tokenFile',
  'as',
  'username',
  'password',
];
const contextFields = ['cluster', 'user', 'namespace'];

/** The fields that `config set` knows, by the part of the file. */
export const knownFields: Readonly<Record<string, readonly string[]>> = {
  clusters: clusterFields,
  users: userFields,
  contexts: contextFields,
};

/** The entry with its fields in the order of the Go type. */
function ordered(entry: Readonly<Record<string, unknown>>, fields: readonly string[]): object {
  const known = fields.filter((field) => Object.hasOwn(entry, field));
  const other = Object.keys(entry).filter((field) => !fields.includes(field));
  return Object.fromEntries([...known, ...other].map((field) => [field, entry[field]]));
}

function listed(
  entries: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  inner: string,
  fields: readonly string[],
): readonly object[] | null {
  const names = [...entries.keys()].sort();
  if (names.length === 0) return null;
  return names.map((name) => ({ name, [inner]: ordered(entries.get(name) ?? {}, fields) }));
}

/** A cluster's server is written even when it is empty. */
function withServer(clusters: ReadonlyMap<string, ClusterEntry>): Map<string, ClusterEntry> {
  return new Map([...clusters].map(([name, entry]) => [name, { server: '', ...entry }]));
}

/** The object that is written to the file and shown by `config view`, in the order of the Go type. */
export function configObject(config: ConfigParts | KubeConfig): KubeObject {
  return {
    kind: 'Config',
    apiVersion: 'v1',
    ...config.extra,
    clusters: listed(withServer(config.clusters), 'cluster', clusterFields),
    users: listed(config.users, 'user', userFields),
    contexts: listed(config.contexts, 'context', contextFields),
    'current-context': config.currentContext,
  };
}
