// The paper of `describe`: lines with an indent of two blanks per level, aligned at their tabs when all is written.
import { alignTabs, describeTabs } from '../print/tabwriter.ts';

export class DescribeWriter {
  #text = '';
  #done = '';

  /** Text as it is; may hold several lines. */
  text(text: string): void {
    this.#text += text;
  }

  /** One line at a level of indent. */
  line(level: number, text: string): void {
    this.#text += `${'  '.repeat(level)}${text}\n`;
  }

  /** `Label:\tvalue` at a level. */
  field(level: number, label: string, value: string | number | boolean): void {
    this.line(level, `${label}:\t${String(value)}`);
  }

  /** Ends the block: what follows is aligned for itself. */
  flush(): void {
    this.#done += alignTabs(this.#text, describeTabs);
    this.#text = '';
  }

  /** All that was written since the last flush, tabs as they are. */
  raw(): string {
    return this.#text;
  }

  toString(): string {
    this.flush();
    return this.#done;
  }
}
