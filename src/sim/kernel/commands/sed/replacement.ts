// The right side of sed's s command.
import type { RegexMatch } from '../../regex/regex.ts';
import type { ReplacementPart, Substitution } from './script.ts';

/** Takes a replacement apart. */
export function parseReplacement(text: string): readonly ReplacementPart[] {
  const parts: ReplacementPart[] = [];
  let plain = '';
  const push = (part: ReplacementPart): void => {
    if (plain !== '') parts.push({ kind: 'text', text: plain });
    plain = '';
    parts.push(part);
  };
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index] ?? '';
    if (letter === '&') push({ kind: 'group', group: 0 });
    else if (letter !== '\\') plain += letter;
    else {
      index += 1;
      const next = text[index] ?? '\\';
      if (next >= '0' && next <= '9') push({ kind: 'group', group: Number(next) });
      else if (isCaseLetter(next)) push({ kind: 'case', letter: next });
      else plain += next === 'n' ? '\n' : next === 't' ? '\t' : next;
    }
  }
  if (plain !== '') parts.push({ kind: 'text', text: plain });
  return parts;
}

type CaseLetter = 'U' | 'L' | 'u' | 'l' | 'E';

function isCaseLetter(letter: string): letter is CaseLetter {
  return 'ULulE'.includes(letter);
}

/** The text a match is replaced by. */
export function replacementText(parts: readonly ReplacementPart[], match: RegexMatch): string {
  let result = '';
  let mode: CaseLetter = 'E';
  let once: CaseLetter | undefined;
  for (const part of parts) {
    if (part.kind === 'case') {
      if (part.letter === 'u' || part.letter === 'l') once = part.letter;
      else mode = part.letter;
      continue;
    }
    let text = part.kind === 'text' ? part.text : (match.groups[part.group] ?? '');
    if (mode === 'U') text = text.toUpperCase();
    if (mode === 'L') text = text.toLowerCase();
    if (once !== undefined && text !== '') {
      const first = once === 'u' ? text.slice(0, 1).toUpperCase() : text.slice(0, 1).toLowerCase();
      text = first + text.slice(1);
      once = undefined;
    }
    result += text;
  }
  return result;
}

/** Replaces in a text; undefined when nothing matched. `find` is the pattern in force. */
export function substitute(
  text: string,
  { global, occurrence, replacement }: Substitution,
  find: (text: string, from: number) => RegexMatch | undefined,
): string | undefined {
  let result = '';
  let copied = 0;
  let seen = 0;
  let replaced = false;
  let at = 0;
  while (at <= text.length) {
    const match = find(text, at);
    if (match === undefined) break;
    // An empty match right behind the last one does not count.
    const counts = match.end > match.start || match.start > copied || seen === 0 || !replaced;
    if (counts) seen += 1;
    if (counts && seen >= occurrence) {
      result += text.slice(copied, match.start) + replacementText(replacement, match);
      copied = match.end;
      replaced = true;
      if (!global) break;
    }
    at = match.end > match.start ? match.end : match.end + 1;
  }
  return replaced ? result + text.slice(copied) : undefined;
}
