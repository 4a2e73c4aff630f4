// Why a patch cannot be applied.

export type PatchFailureKind =
  /** 400: the patch is badly made. */
  | 'bad request'
  /** 422 without further words: the patch does not fit the object. */
  | 'unprocessable'
  /** 500: an error that the real server does not expect. */
  | 'internal';

/** Thrown while a patch is applied, and caught where patches are entered. */
export class PatchError extends Error {
  readonly kind: PatchFailureKind;

  constructor(kind: PatchFailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface PatchFailure {
  readonly ok: false;
  readonly kind: PatchFailureKind;
  readonly message: string;
}

/** Runs something that may throw PatchError. */
export function attempt<T>(run: () => T): { readonly ok: true; readonly value: T } | PatchFailure {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    return { ok: false, kind: error.kind, message: error.message };
  }
}

/** A value as Go's %v prints it: `map[a:1 b:[x y]]`, keys sorted. */
export function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (value === null || value === undefined) return '<nil>';
  if (typeof value !== 'object') return String(value as string | number | boolean);
  const pairs = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${key}:${goText(inner)}`);
  return `map[${pairs.join(' ')}]`;
}
