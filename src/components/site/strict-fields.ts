// A strict object schema whose complaint about an unknown field names the field to write instead.
import { z } from 'astro/zod';
import { nearest } from './nearest.ts';

/** Like `z.strictObject`, with messages for authors. */
export function strictFields<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      return (issue.keys as string[]).map((key) => unknownField(key, known)).join(' ');
    },
  });
}

function unknownField(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  return `unknown field "${key}"; ${near ? `write "${near}".` : `the fields are ${known.join(', ')}.`}`;
}
