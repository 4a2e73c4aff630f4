// How sed's l command shows a line.

/** A text with what cannot be seen as escapes. */
export function visible(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '\n': '\\n',
    '\t': '\\t',
    '\\': '\\\\',
    '\r': '\\r',
  };
  return [...text]
    .map(
      (one) =>
        named[one] ?? (one < ' ' ? `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}` : one),
    )
    .join('');
}
