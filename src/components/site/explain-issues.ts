// What is wrong with an author's YAML file, a line per mistake: file, field, and what to write.
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** `content/…/lab.yaml: goals[2] ("same-name"): unknown field "mising"`, a line for each mistake. */
export function explainIssues(path: string, data: unknown, error: z.ZodError): string {
  return error.issues.map((issue) => `${path}: ${explain(data, issue)}`).join('\n');
}

function explain(data: unknown, issue: Issue): string {
  const place = placeOf(data, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `"${key}"`).join(', ');
    return `${place}: unknown ${issue.keys.length === 1 ? 'field' : 'fields'} ${keys}`;
  }
  if (issue.code === 'invalid_union') {
    const nearestBranch = closest(issue);
    if (nearestBranch)
      return explain(data, { ...nearestBranch, path: [...issue.path, ...nearestBranch.path] });
  }
  return `${place}: ${issue.message}`;
}

/** Of a union's branches the one that fits but for one mistake: that mistake is the author's. */
function closest(issue: z.core.$ZodIssueInvalidUnion): Issue | undefined {
  const single = issue.errors.filter((issues) => issues.length === 1 && isInside(issues[0]));
  return single.length === 1 ? single[0]?.[0] : undefined;
}

const isInside = (issue: Issue | undefined) => (issue?.path.length ?? 0) > 0;

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
