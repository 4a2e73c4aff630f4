// Here-documents: their text follows the line on which they are asked for.
import { Source } from './source.ts';
import type { Redirection, Word } from './syntax.ts';
import { wordOf } from './syntax.ts';
import { ShellSyntaxError } from './syntax-error.ts';
import { PartList, readDoubleQuoted, type Readers } from './words.ts';

interface Expected {
  readonly redirection: Redirection;
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
}

export class HereDocuments {
  #expected: Expected[] = [];

  /** Notes that the text up to the delimiter will follow. Any quoting in the delimiter keeps the text as it is. */
  expect(redirection: Redirection, delimiter: Word, stripTabs: boolean): void {
    let text = delimiter.parts.length === 0 ? (delimiter.literal ?? '') : '';
    let quoted = false;
    for (const part of delimiter.parts) {
      if (part.kind !== 'text') continue;
      text += part.text;
      quoted ||= part.quoted;
    }
    this.#expected.push({ redirection, delimiter: text, quoted, stripTabs });
  }

  /** Reads the texts that were asked for on the line before. A missing delimiter is taken as there at the end. */
  readAll(source: Source, readers: Readers): void {
    const expected = this.#expected;
    if (expected.length === 0) return;
    this.#expected = [];
    for (const each of expected) {
      const firstLine = source.line;
      const text = readText(source, each);
      if (each.quoted) {
        each.redirection.target = wordOf([{ kind: 'text', text, quoted: true }]);
        continue;
      }
      const parts = new PartList();
      const inner = new Source(text, { firstLine, depth: source.depth, extended: source.extended });
      readDoubleQuoted(inner, parts, readers, true);
      each.redirection.target = parts.finish();
    }
  }
}

function readText(source: Source, { delimiter, stripTabs }: Expected): string {
  let text = '';
  for (;;) {
    if (source.atEnd) {
      if (!source.mayContinue) return text;
      throw new ShellSyntaxError(source.line, { token: 'end of file' }, true);
    }
    const end = source.text.indexOf('\n', source.at);
    const raw = source.text.slice(source.at, end < 0 ? source.text.length : end);
    source.at = end < 0 ? source.text.length : end + 1;
    source.line += 1;
    const line = stripTabs ? raw.replace(/^\t+/, '') : raw;
    if (line === delimiter) return text;
    text += end < 0 ? line : `${line}\n`;
  }
}
