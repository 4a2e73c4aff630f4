// What `--for` can wait for, as tests on an object (kubectl/pkg/cmd/wait).
import type { KubeObject } from '#sim/api/objects.ts';
import { Failure } from '../../failure.ts';
import { goText } from '../../jsonpath/go-value.ts';
import { JsonPath } from '../../jsonpath/jsonpath.ts';
import { JsonPathError } from '../../jsonpath/nodes.ts';
import { relaxedPath } from '../../print/relaxed-path.ts';

export type Test = (object: KubeObject) => boolean;

export type Condition =
  | { readonly kind: 'delete' }
  | { readonly kind: 'create' }
  | { readonly kind: 'test'; readonly holds: Test };

interface StatusCondition {
  readonly type?: string;
  readonly status?: string;
  readonly observedGeneration?: number;
}

interface Status {
  readonly conditions?: readonly StatusCondition[];
  readonly observedGeneration?: number;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A condition of the status has a value, and tells of the present generation. */
function conditionTest(name: string, value: string): Test {
  return ({ metadata, status }) => {
    const { conditions = [], observedGeneration } = (status ?? {}) as Status;
    const condition = conditions.find(({ type = '' }) => same(type, name));
    if (condition === undefined) return false;
    const observed = condition.observedGeneration ?? observedGeneration;
    const generation = metadata?.generation;
    if (generation !== undefined && observed !== undefined && observed < generation) return false;
    return same(condition.status ?? '', value);
  };
}

function jsonPathTest(parts: readonly string[]): Test {
  if (parts.length > 2) {
    throw new Failure(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  }
  const expression = relaxedPath(parts[0] ?? '');
  const wanted = parts[1];
  if (expression === '') throw new Failure('jsonpath expression cannot be empty');
  if (wanted === '') {
    throw new Failure(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  }
  const path = inWords(() => new JsonPath(expression));
  const value = wanted?.replace(/^['"]+|['"]+$/g, '');
  return (object) => {
    const results = inWords(() => path.find(object));
    const [values] = results;
    if (values === undefined || values.length === 0) return false;
    if (results.length > 1) {
      throw new Failure('given jsonpath expression matches more than one list');
    }
    if (values.length > 1) {
      throw new Failure('given jsonpath expression matches more than one value');
    }
    if (value === undefined) return true;
    const [found] = values;
    if (typeof found === 'object' && found !== null) {
      throw new Failure('jsonpath leads to a nested object or list which is not supported');
    }
    return goText(found).trim() === value.trim();
  };
}

function inWords<T>(action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof JsonPathError) throw new Failure(thrown.message);
    throw thrown;
  }
}

/** Reads the value of `--for`. */
export function parseCondition(text: string): Condition {
  const lower = text.toLowerCase();
  if (lower === 'delete') return { kind: 'delete' };
  if (lower === 'create') return { kind: 'create' };
  if (text.startsWith('condition=')) {
    const rest = text.slice('condition='.length);
    const equals = rest.indexOf('=');
    const name = equals < 0 ? rest : rest.slice(0, equals);
    return {
      kind: 'test',
      holds: conditionTest(name, equals < 0 ? 'true' : rest.slice(equals + 1)),
    };
  }
  if (text.startsWith('jsonpath=')) {
    return { kind: 'test', holds: jsonPathTest(text.split('=').slice(1)) };
  }
  throw new Failure(`unrecognized condition: ${JSON.stringify(text)}`);
}
