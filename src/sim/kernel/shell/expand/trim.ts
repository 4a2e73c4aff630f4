// ${x%pattern}, ${x##pattern}, ${x/pattern/text}.
import { globMatches, hasGlob, unescapeGlob } from '../../glob.ts';

/** Removes the part of the value that fits, from an end; the longest for `##` and `%%`. */
export function trim(value: string, pattern: string, operator: '%' | '%%' | '#' | '##'): string {
  if (!hasGlob(pattern)) return trimLiteral(value, unescapeGlob(pattern), operator);
  const { length } = value;
  for (let i = 0; i <= length; i += 1) {
    if (operator === '#' || operator === '##') {
      const end = operator === '#' ? i : length - i;
      if (globMatches(pattern, value.slice(0, end))) return value.slice(end);
    } else {
      const start = operator === '%' ? length - i : i;
      if (globMatches(pattern, value.slice(start))) return value.slice(0, start);
    }
  }
  return value;
}

function trimLiteral(value: string, text: string, operator: string): string {
  if (operator.startsWith('#')) return value.startsWith(text) ? value.slice(text.length) : value;
  return value.endsWith(text) ? value.slice(0, value.length - text.length) : value;
}

/** How much a replacement may try, in characters compared; what is beyond stays as it is. */
const maxTries = 2_000_000;

/** Replaces the first or every longest part that fits. */
export function replace(value: string, pattern: string, text: string, all: boolean): string {
  if (pattern === '') return value;
  if (!hasGlob(pattern)) {
    const plain = unescapeGlob(pattern);
    if (all) return value.replaceAll(plain, () => text);
    const at = value.indexOf(plain);
    return at < 0 ? value : value.slice(0, at) + text + value.slice(at + plain.length);
  }
  let result = '';
  let at = 0;
  let tries = 0;
  while (at < value.length) {
    let end = value.length;
    while (end > at && tries < maxTries && !globMatches(pattern, value.slice(at, end))) {
      tries += end - at;
      end -= 1;
    }
    if (tries >= maxTries) break;
    if (end === at) {
      result += value[at] ?? '';
      at += 1;
      continue;
    }
    result += text;
    at = end;
    if (!all) break;
  }
  return result + value.slice(at);
}
