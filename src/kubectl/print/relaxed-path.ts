// Paths as custom columns and --sort-by take them: braces and the leading dot may be left out.
import { Failure } from '../failure.ts';

/** `a.b`, `.a.b`, `{a.b}` and `{.a.b}` all become `{.a.b}` (cli-runtime get.RelaxedJSONPathExpression). */
export function relaxedPath(text: string): string {
  if (text === '') return text;
  const found = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text);
  if (found === null) {
    throw new Failure(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    );
  }
  return `{.${found[1] ?? found[2] ?? ''}}`;
}
