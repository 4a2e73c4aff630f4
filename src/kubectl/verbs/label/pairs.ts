// `KEY=value` and `KEY-` after the resources of label and annotate (kubectl/pkg/cmd/util GetResourcesAndPairs).
import { Failure } from '../../failure.ts';

export interface SplitArgs {
  readonly resources: readonly string[];
  readonly pairs: readonly string[];
}

const isPair = (word: string): boolean =>
  (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-');

/** Splits args where the first pair stands; what names resources after it is refused. */
export function splitPairs(args: readonly string[], what: string): SplitArgs {
  const first = args.findIndex(isPair);
  if (first < 0) return { resources: args, pairs: [] };
  const pairs = args.slice(first);
  const stray = pairs.find((word) => !isPair(word));
  if (stray !== undefined) {
    throw new Failure(`all resources must be specified before ${what} changes: ${stray}`);
  }
  return { resources: args.slice(0, first), pairs };
}

export interface Changes {
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

const labelValueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

function checkLabelValue(spec: string, value: string): void {
  const problems: string[] = [];
  if (value.length > 63) problems.push('must be no more than 63 bytes');
  if (!/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value)) problems.push(labelValueRule);
  if (problems.length === 0) return;
  throw new Failure(`invalid label value: ${JSON.stringify(spec)}: ${problems.join(';')}`);
}

export function parseLabels(pairs: readonly string[]): Changes {
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const spec of pairs) {
    const [key = '', value, ...more] = spec.split('=');
    if (value === undefined) {
      remove.push(spec.slice(0, -1));
      continue;
    }
    if (more.length > 0) throw new Failure(`invalid label spec: ${spec}`);
    checkLabelValue(spec, value);
    set.set(key, value);
  }
  if (remove.some((key) => set.has(key))) {
    throw new Failure('can not both modify and remove a label in the same command');
  }
  return { set, remove };
}

export function parseAnnotations(pairs: readonly string[]): Changes {
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const spec of pairs) {
    const equals = spec.indexOf('=');
    if (equals > 0) set.set(spec.slice(0, equals), spec.slice(equals + 1));
    else remove.push(spec.slice(0, -1));
  }
  const both = remove.filter((key) => set.has(key));
  if (both.length > 0) {
    throw new Failure(
      `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
    );
  }
  return { set, remove };
}
