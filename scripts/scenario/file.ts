// Scenario files: YAML as tests/recordings/compare/FORMAT.md describes it.
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { load } from 'js-yaml';

export type Step =
  | { readonly run: string; readonly for?: string; readonly stdin?: string }
  | { readonly wait: string }
  | { readonly until: { readonly run: string; readonly equals: string; readonly timeout?: string } }
  | { readonly sleep: string }
  | { readonly node: Readonly<Record<string, string>> };

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly exclusive: boolean;
  readonly metrics: boolean;
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly (Step & { readonly setup?: true })[];
}

interface Raw {
  readonly title?: string;
  readonly exclusive?: boolean;
  readonly metrics?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly setup?: readonly Step[];
  readonly lines?: readonly (string | Step)[];
}

/** Milliseconds of `90s`, `2m`, `500ms`. */
export function spanMs(text: string): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim());
  if (found === null) throw new Error(`"${text}" is no duration; write one such as 90s or 2m`);
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[found[2] ?? 's'] ?? 1000;
  return Number(found[1]) * unit;
}

/** The file's base name, or the folder two levels up where it is called scenario.yaml. */
function nameOf(path: string): string {
  const base = basename(path).replace(/\.ya?ml$/, '');
  return base === 'scenario' ? basename(dirname(dirname(path))) : base;
}

/** Reads a scenario; throws with the file's name and what is wrong. */
export function readScenario(path: string): Scenario {
  const text = readFileSync(path, 'utf8');
  const raw = load(text) as Raw | null;
  if (raw === null || typeof raw !== 'object') throw new Error(`${path}: no scenario in it`);
  const setup = (raw.setup ?? []).map((step) => ({ ...step, setup: true as const }));
  const lines = (raw.lines ?? []).map((line) => (typeof line === 'string' ? { run: line } : line));
  const steps = [...setup, ...(raw.steps ?? []), ...lines];
  if (steps.length === 0) throw new Error(`${path}: neither "steps" nor "lines"`);
  return {
    name: nameOf(path),
    title: raw.title ?? '',
    text,
    exclusive: raw.exclusive === true,
    metrics: raw.metrics === true,
    files: raw.files ?? {},
    steps,
  };
}
