// What is wrong with an author's YAML file, a line per mistake: file, field, and what to write.
import type { z } from 'zod';
import { nearest } from './nearest.ts';
import { fieldsAt } from './schema-keys.ts';

type Issue = z.core.$ZodIssue;

interface Subject {
  readonly data: unknown;
  readonly schema: z.core.$ZodType;
}

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  object: 'fields',
  record: 'fields',
  string: 'a text',
};

/**
 * `content/…/lab.yaml: goals[2] ("same-name"): unknown field "mising"; write "missing"`, a line for
 * each mistake.
 */
export function explainIssues(
  path: string,
  data: unknown,
  schema: z.core.$ZodType,
  error: z.ZodError,
): string {
  const issues = error.issues.flatMap(meant);
  const suggested = issues.flatMap((issue) =>
    suggestions(schema, issue).map(({ place, field }) => [...place, field].join('.')),
  );
  return issues
    .filter((issue) => !(isAbsent(data, issue.path) && suggested.includes(issue.path.join('.'))))
    .map((issue) => `${path}: ${explain({ data, schema }, issue)}`)
    .join('\n');
}

/** Of a choice that fits nothing, the mistakes inside the alternative that was meant. */
function meant(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const near = issue.errors.filter((issues) => issues.length > 0 && isNear(issues));
  const inside = near.length === 1 ? (near[0] ?? []) : [];
  if (inside.length === 0) return [issue];
  return inside.flatMap((inner) => meant({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** Whether an alternative's fields are there, apart from misspelt ones: then it was meant. */
function isNear(issues: readonly Issue[]): boolean {
  const inside = issues.filter(({ path }) => path.length > 0).map(({ path }) => String(path[0]));
  return issues
    .filter(({ path }) => path.length === 0)
    .every(
      (issue) =>
        issue.code === 'unrecognized_keys' &&
        issue.keys.every((key) => nearest(key, inside) !== undefined),
    );
}

function isAbsent(data: unknown, path: readonly PropertyKey[]): boolean {
  let at = data;
  for (const key of path) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
  }
  return at === undefined;
}

/** For each unknown field the known one that is nearest to it. */
function suggestions(schema: z.core.$ZodType, issue: Issue) {
  if (issue.code !== 'unrecognized_keys') return [];
  const known = fieldsAt(schema, issue.path);
  return issue.keys.flatMap((key) => {
    const field = nearest(key, known);
    return field === undefined ? [] : [{ place: issue.path, field }];
  });
}

function explain({ data, schema }: Subject, issue: Issue): string {
  const place = placeOf(data, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsAt(schema, issue.path);
    const complaints = issue.keys.map((key) => {
      const near = nearest(key, known);
      const advice = near ? `write "${near}"` : `it may have ${known.join(', ')}`;
      return `unknown field "${key}"; ${advice}`;
    });
    return `${place}: ${complaints.join('; ')}`;
  }
  if (issue.code === 'invalid_type') {
    const kind = kinds[issue.expected] ?? `a value of type ${issue.expected}`;
    const state = isAbsent(data, issue.path) ? 'is missing' : 'is something else';
    return `${place}: ${state}; write ${kind}`;
  }
  // Zod's words for a value out of a list, such as "Invalid option: expected one of …".
  const choices = /expected (?:one of )?(.*)$/i.exec(issue.message)?.[1]?.replaceAll(' | ', '|');
  const isChoice = issue.code === 'invalid_value' || issue.message.includes('discriminator');
  if (isChoice && choices) {
    return `${place}: write ${choices.replace(/['"]/g, '').split('|').join(' or ')}`;
  }
  return `${place}: ${issue.message}`;
}

/** `goals[2].when ("same-name")`: the path as one reads it, with the id of what stands there. */
function placeOf(data: unknown, path: readonly PropertyKey[]): string {
  let at: unknown = data;
  let id = '';
  let place = '';
  for (const key of path) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
    const own = typeof at === 'object' && at !== null ? Reflect.get(at, 'id') : undefined;
    if (typeof own === 'string') id = own;
    place += typeof key === 'number' ? `[${key}]` : `${place === '' ? '' : '.'}${String(key)}`;
  }
  return `${place || 'the file'}${id && ` ("${id}")`}`;
}
