// How a text of content/strings gets its values. Small, because scripts in the page use it too.

export type Values = Readonly<Record<string, string | number>>;

/** `{name}` in the text becomes the value of that name; a name without a value is a bug. */
export function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`text "${text}" needs a value for {${name}}`);
    return String(value);
  });
}
