// Which Pod Security levels a namespace asks for, by its labels (pod-security-admission/api).
import type { FieldError } from '../../../api/messages.ts';
import { invalid } from '../../../api/messages.ts';

export type Level = 'privileged' | 'baseline' | 'restricted';

export interface LevelVersion {
  readonly level: Level;
  /** `latest`, or a minor version of release 1. */
  readonly version: 'latest' | number;
}

export type Mode = 'enforce' | 'audit' | 'warn';

export interface Policy {
  readonly levels: Readonly<Record<Mode, LevelVersion>>;
  /** What is wrong with the labels; empty when they can be read. */
  readonly errors: readonly FieldError[];
}

const prefix = 'pod-security.kubernetes.io/';
const modes: readonly Mode[] = ['enforce', 'audit', 'warn'];
const levels: readonly Level[] = ['privileged', 'baseline', 'restricted'];

/** Reads the labels; a level that cannot be read enforces `restricted`, the safe side. */
export function policyOf(labels: Readonly<Record<string, string>> = {}): Policy {
  const errors: FieldError[] = [];
  const read = (mode: Mode): LevelVersion => {
    const level = labels[prefix + mode];
    const version = labels[`${prefix}${mode}-version`];
    const known = levels.find((name) => name === level);
    if (level !== undefined && known === undefined) {
      const field = `metadata.labels[${prefix}${mode}]`;
      errors.push(invalid(field, level, `must be one of ${levels.join(', ')}`));
    }
    const minor = /^v1\.(0|[1-9]\d{0,8})$/.exec(version ?? '')?.[1];
    if (version !== undefined && version !== 'latest' && minor === undefined) {
      const field = `metadata.labels[${prefix}${mode}-version]`;
      errors.push(invalid(field, version, 'must be "latest" or "v1.x"'));
    }
    const fallback: Level = level !== undefined && mode === 'enforce' ? 'restricted' : 'privileged';
    return { level: known ?? fallback, version: minor === undefined ? 'latest' : Number(minor) };
  };
  const [enforce, audit, warn] = modes.map(read);
  const none: LevelVersion = { level: 'privileged', version: 'latest' };
  return {
    levels: { enforce: enforce ?? none, audit: audit ?? none, warn: warn ?? none },
    errors,
  };
}

/** `restricted:latest`, `baseline:v1.30`. */
export function formatLevel({ level, version }: LevelVersion): string {
  return `${level}:${version === 'latest' ? 'latest' : `v1.${version}`}`;
}

/** How strict a level is. */
export function strictness(level: Level): number {
  return levels.indexOf(level);
}
