// $(NAME) in commands, arguments and values of environment variables
// (third_party/forked/golang/expansion).

/**
 * Replaces `$(NAME)` where the name is known; `$$` is a dollar sign; anything else stays as
 * written.
 */
export function expand(text: string, lookUp: (name: string) => string | undefined): string {
  let result = '';
  let index = 0;
  while (index < text.length) {
    const char = text[index] as string;
    const next = text[index + 1];
    if (char !== '$' || next === undefined) {
      result += char;
      index += 1;
    } else if (next === '$') {
      result += '$';
      index += 2;
    } else if (next === '(') {
      const end = text.indexOf(')', index + 2);
      if (end < 0) return `${result}${text.slice(index)}`;
      const name = text.slice(index + 2, end);
      result += lookUp(name) ?? `$(${name})`;
      index = end + 1;
    } else {
      result += `$${next}`;
      index += 2;
    }
  }
  return result;
}
