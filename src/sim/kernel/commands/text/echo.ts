// echo and yes.
import { unescape } from '../base/escapes.ts';
import type { Program } from '../../types.ts';

const chunkLength = 8192;

/** What echo prints: `-n` leaves out the newline, `-e` reads backslashes, `-E` does not; other words are text. */
export function echoText(words: readonly string[]): string {
  let newline = true;
  let escapes = false;
  let index = 0;
  for (; /^-[neE]+$/.test(words[index] ?? ''); index += 1) {
    for (const letter of (words[index] ?? '').slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const text = words.slice(index).join(' ');
  if (!escapes) return text + (newline ? '\n' : '');
  const unescaped = unescape(text, 'after-zero');
  return unescaped.text + (newline && !unescaped.stopped ? '\n' : '');
}

export const echo = (): Program =>
  function* (process) {
    yield* process.write(1, echoText(process.argv.slice(1)));
    return 0;
  };

export const yes = (): Program =>
  function* (process) {
    const line = `${process.argv.slice(1).join(' ') || 'y'}\n`;
    const chunk = line.repeat(Math.max(1, Math.floor(chunkLength / line.length)));
    for (;;) {
      yield* process.work(8);
      yield* process.write(1, chunk);
    }
  };
