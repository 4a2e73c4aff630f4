// The syntax of nginx.conf: words, blocks, quotes and comments, with nginx's own words for what is wrong.

export interface Directive {
  readonly name: string;
  readonly words: readonly string[];
  /** Undefined for a simple directive, which ends with a semicolon. */
  readonly block: readonly Directive[] | undefined;
  readonly file: string;
  readonly line: number;
}

/** What `nginx -t` says after `[emerg]`. */
export class ConfigError extends Error {}

interface Token {
  readonly text: string;
  readonly kind: 'word' | '{' | '}' | ';';
  readonly line: number;
}

const maxDepth = 16;

/** Reads one file into directives. Throws ConfigError. */
export function parseConfig(file: string, text: string): readonly Directive[] {
  const tokens = tokenize(file, text);
  const state = { file, tokens, at: 0 };
  const directives = parseBlock(state, 0);
  return directives;
}

interface State {
  readonly file: string;
  readonly tokens: readonly Token[];
  at: number;
}

function parseBlock(state: State, depth: number): readonly Directive[] {
  const { file, tokens } = state;
  const directives: Directive[] = [];
  for (;;) {
    const first = tokens[state.at];
    const lastLine = tokens[tokens.length - 1]?.line ?? 1;
    if (first === undefined) {
      if (depth === 0) return directives;
      throw new ConfigError(`unexpected end of file, expecting "}" in ${file}:${lastLine}`);
    }
    state.at += 1;
    if (first.kind === '}') {
      if (depth > 0) return directives;
      throw new ConfigError(`unexpected "}" in ${file}:${first.line}`);
    }
    if (first.kind !== 'word') {
      throw new ConfigError(`unexpected "${first.kind}" in ${file}:${first.line}`);
    }
    const words: string[] = [];
    let next = tokens[state.at];
    while (next?.kind === 'word') {
      words.push(next.text);
      state.at += 1;
      next = tokens[state.at];
    }
    if (next === undefined) {
      const expecting = '";" or "}"';
      throw new ConfigError(
        `unexpected end of file, expecting ${expecting} in ${file}:${lastLine}`,
      );
    }
    if (next.kind === '}') {
      throw new ConfigError(
        `directive "${first.text}" is not terminated by ";" in ${file}:${next.line}`,
      );
    }
    state.at += 1;
    if (depth >= maxDepth) throw new ConfigError(`blocks too deep in ${file}:${first.line}`);
    const block = next.kind === '{' ? parseBlock(state, depth + 1) : undefined;
    directives.push({ name: first.text, words, block, file, line: first.line });
  }
}

function tokenize(file: string, text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\n') line += 1;
    if (/\s/.test(character)) {
      at += 1;
    } else if (character === '#') {
      while (at < text.length && text[at] !== '\n') at += 1;
    } else if (character === '{' || character === '}' || character === ';') {
      tokens.push({ text: character, kind: character, line });
      at += 1;
    } else {
      const word = readWord(text, at);
      if (word === undefined) {
        throw new ConfigError(`unexpected end of file, expecting ";" or "}" in ${file}:${line}`);
      }
      tokens.push({ text: word.text, kind: 'word', line });
      line += text.slice(at, word.end).split('\n').length - 1;
      at = word.end;
    }
  }
  return tokens;
}

/** A word, quoted or bare; a bare one may contain `${name}`. */
function readWord(text: string, start: number): { text: string; end: number } | undefined {
  const quote = text[start];
  let word = '';
  let at = start;
  if (quote === '"' || quote === "'") {
    for (at += 1; at < text.length && text[at] !== quote; at += 1) {
      if (text[at] === '\\' && (text[at + 1] === quote || text[at + 1] === '\\')) at += 1;
      else if (text[at] === '\\' && text[at + 1] === 'n') {
        at += 1;
        word += '\n';
        continue;
      }
      word += text[at] ?? '';
    }
    return at < text.length ? { text: word, end: at + 1 } : undefined;
  }
  let inVariable = false;
  for (; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '{' && text[at - 1] === '$') inVariable = true;
    else if (character === '}' && inVariable) inVariable = false;
    else if (/[\s;{}]/.test(character)) break;
    word += character;
  }
  return { text: word, end: at };
}
