// The text of rendered markup, for commands that authors write as code blocks.

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
  '#x22': '"',
  '#x26': '&',
  '#x3C': '<',
  '#x3E': '>',
  '#x60': '`',
  '#x7B': '{',
  '#x7D': '}',
};

/** What a reader would copy: tags gone, character references resolved. */
export function plainText(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
