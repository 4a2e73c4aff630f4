// The order of keys in YAML that kubectl writes: letters last, numbers by their value (sorter.go of gopkg.in/yaml.v2).

const isLetter = (char: string): boolean => /\p{L}/u.test(char);
const isDigit = (char: string | undefined): boolean => char !== undefined && /\p{Nd}/u.test(char);

/** Negative where `a` comes before `b`. The order is not transitive, as in Go. */
export function compareYamlKeys(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [one = '', other = ''] = [left[at], right[at]];
    if (one === other) continue;
    return compareFrom(left, right, at, one, other);
  }
  return left.length - right.length;
}

function compareFrom(
  left: readonly string[],
  right: readonly string[],
  at: number,
  one: string,
  other: string,
): number {
  const [oneLetter, otherLetter] = [isLetter(one), isLetter(other)];
  const byCode = (one.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
  if (oneLetter && otherLetter) return byCode;
  if (oneLetter || otherLetter) return otherLetter ? -1 : 1;
  const lead = (one === '0' || other === '0') && followsNonZeroDigit(left, at) ? 1 : 0;
  const first = numberFrom(left, at, lead);
  const second = numberFrom(right, at, lead);
  if (first.value !== second.value) return first.value < second.value ? -1 : 1;
  return first.end === second.end ? byCode : first.end - second.end;
}

function followsNonZeroDigit(chars: readonly string[], at: number): boolean {
  for (let before = at - 1; before >= 0 && isDigit(chars[before]); before--) {
    if (chars[before] !== '0') return true;
  }
  return false;
}

function numberFrom(
  chars: readonly string[],
  from: number,
  lead: number,
): { readonly value: bigint; readonly end: number } {
  let value = BigInt(lead);
  let end = from;
  for (; isDigit(chars[end]); end++) {
    const digit = (chars[end]?.codePointAt(0) ?? 0x30) - 0x30;
    value = BigInt.asIntN(64, value * 10n + BigInt(digit));
  }
  return { value, end };
}
