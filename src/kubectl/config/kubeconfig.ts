// A kubeconfig: clusters, users, contexts (client-go/tools/clientcmd/api/v1).
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

function named(entries: ReadonlyMap<string, unknown>, inner: string): readonly unknown[] | null {
  const names = [...entries.keys()].sort();
  return names.length === 0 ? null : names.map((name) => ({ [inner]: entries.get(name), name }));
}

/** The object that is written to the file and shown by `config view`. */
export function configObject(config: Omit<KubeConfig, 'namespace' | 'path'>): object {
  return {
    apiVersion: 'v1',
    clusters: named(config.clusters, 'cluster'),
    contexts: named(config.contexts, 'context'),
    'current-context': config.currentContext,
    kind: 'Config',
    ...config.extra,
    users: named(config.users, 'user'),
  };
}
