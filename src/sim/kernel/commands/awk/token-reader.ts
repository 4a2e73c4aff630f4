// Steps through the words of an awk program.
import { AwkLexer, type Token } from './lexer.ts';
import { AwkError } from './tree.ts';

export class TokenReader {
  readonly #lexer: AwkLexer;
  #tokens: Token[];
  #index = 0;

  constructor(text: string) {
    this.#lexer = new AwkLexer(text);
    this.#tokens = [this.#lexer.next()];
  }

  protected get token(): Token {
    return this.#tokens[this.#index] as Token;
  }

  protected get following(): Token {
    if (this.#tokens.length <= this.#index + 1) this.#tokens.push(this.#lexer.next());
    return this.#tokens[this.#index + 1] as Token;
  }

  protected advance(): void {
    if (this.token.kind === 'end') return;
    if (this.#tokens.length <= this.#index + 1) this.#tokens.push(this.#lexer.next());
    this.#index += 1;
  }

  /** A place to come back to. */
  protected mark(): number {
    return this.#index;
  }

  protected reset(mark: number): void {
    this.#index = mark;
  }

  /** The current sign begins a regular expression: its text, and on to the token behind it. */
  protected takeRegex(): string {
    const source = this.#lexer.regexAt(this.token);
    this.#tokens.length = this.#index;
    this.#tokens.push(this.#lexer.next());
    return source;
  }

  protected isSign(text: string): boolean {
    return this.token.kind === 'sign' && this.token.text === text;
  }

  /** The current sign when it is one of these. */
  protected isOneOf(...texts: readonly string[]): string | undefined {
    const { kind, text } = this.token;
    return kind === 'sign' && texts.includes(text) ? text : undefined;
  }

  protected takeSign(text: string): boolean {
    if (!this.isSign(text)) return false;
    this.advance();
    return true;
  }

  protected takeWord(text: string): boolean {
    if (this.token.kind !== 'word' || this.token.text !== text) return false;
    this.advance();
    return true;
  }

  protected expectSign(text: string): void {
    if (!this.takeSign(text)) this.unexpected();
  }

  protected skipNewlines(): void {
    while (this.token.kind === 'newline') this.advance();
  }

  /** Newlines and semicolons between statements. */
  protected skipEnds(): void {
    while (this.token.kind === 'newline' || this.isSign(';')) this.advance();
  }

  protected atSimpleEnd(): boolean {
    const { kind } = this.token;
    return kind === 'newline' || kind === 'end' || this.isOneOf(';', '}') !== undefined;
  }

  protected unexpected(): never {
    const { kind, line, text } = this.token;
    throw new AwkError(`${line}: Unexpected token`, kind === 'end' ? 'end of file' : text.trim());
  }
}
