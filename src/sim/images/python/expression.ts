// Sums and products of whole and decimal numbers, as they stand in small scripts: `48*1024*1024`, `2**20 + 1`.

const maxLength = 200;

/** The value, or undefined when the text is anything else. */
export function parseExpression(text: string): number | undefined {
  if (text.length > maxLength || !/^[\d.+*() _-]+$/.test(text)) return undefined;
  const tokens = text.replaceAll('_', '').match(/\*\*|[-+*()]|\d+(?:\.\d+)?/g) ?? [];
  const state = { tokens, at: 0 };
  const value = sum(state);
  return state.at === tokens.length ? value : undefined;
}

interface State {
  readonly tokens: readonly string[];
  at: number;
}

function sum(state: State): number | undefined {
  let value = product(state);
  for (;;) {
    const operator = state.tokens[state.at];
    if (value === undefined || (operator !== '+' && operator !== '-')) return value;
    state.at += 1;
    const right = product(state);
    value = right === undefined ? undefined : operator === '+' ? value + right : value - right;
  }
}

function product(state: State): number | undefined {
  let value = power(state);
  while (value !== undefined && state.tokens[state.at] === '*') {
    state.at += 1;
    const right = power(state);
    value = right === undefined ? undefined : value * right;
  }
  return value;
}

function power(state: State): number | undefined {
  const base = atom(state);
  if (base === undefined || state.tokens[state.at] !== '**') return base;
  state.at += 1;
  const exponent = power(state);
  return exponent === undefined ? undefined : base ** exponent;
}

function atom(state: State): number | undefined {
  const token = state.tokens[state.at];
  state.at += 1;
  if (token === undefined) return undefined;
  if (token === '(') {
    const value = sum(state);
    if (state.tokens[state.at] !== ')') return undefined;
    state.at += 1;
    return value;
  }
  return /^\d/.test(token) ? Number(token) : undefined;
}
