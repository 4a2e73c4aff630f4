// Texts in a difference.
import { byteLength } from '../names.ts';
import { quoted } from '../messages.ts';

/** In double quotes, or in back quotes where that spares escapes (google/go-cmp, formatString). */
export function goQuote(text: string): string {
  const plain = quoted(text);
  if (byteLength(plain) === byteLength(text) + 2) return plain;
  return /^[^`\n]*$/.test(text) && !/[^\P{C}\t]/u.test(text) ? `\`${text}\`` : plain;
}
