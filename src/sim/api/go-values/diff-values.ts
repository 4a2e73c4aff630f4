// One value in a difference, as much of it as its place allows (google/go-cmp, report_reflect.go).
import { byteLength } from '../names.ts';
import { canonicalQuantity } from '../quantity.ts';
import { goQuantityOf } from '../validation/go-quantity.ts';
import { goQuote } from './quote.ts';
import { missing, openUnion } from './diff-tree.ts';
import { braces, ellipsis, line, nil, wrap, type Mark, type Row, type Text } from './diff-text.ts';
import { fieldValue, goType, isZero, type GoType, type Json, type JsonObject } from './types.ts';

/** `auto` names the types of structs, lists and maps only. */
export type Naming = 'always' | 'never' | 'auto';

export interface Style {
  readonly mark: Mark;
  readonly naming: Naming;
  /** How deep and how wide values may be; one less with each level. */
  readonly level: number;
  /** Values that can say what they are in a word are taken apart instead. */
  readonly isPlain: boolean;
}

const amountIn = (level: number): number => Math.min(16, Math.max(0, level));
/** How many parts of a whole are shown: 0, 4, 8, 16 ... */
export const mostParts = (level: number): number => ((1 << amountIn(level)) >> 1) << 2;

export const deeper = (style: Style): Style => ({ ...style, level: style.level - 1 });

const isComposite = ({ kind }: GoType): boolean =>
  kind === 'struct' ||
  kind === 'list' ||
  kind === 'map' ||
  kind === 'quantity' ||
  kind === 'intstr';

/** A node behind the name of its type, where the style asks for it. */
export function withType(style: Style, type: GoType, node: Text): Text {
  if (style.naming === 'never') return node;
  if (style.naming === 'auto') {
    if (!isComposite(type) || node === nil || style.mark === ' ') return node;
  }
  const name = type.kind === 'pointer' ? `(${type.name})` : type.name;
  const isWrapped = node.kind === 'wrap' && /^[({]/.test(node.prefix) && /[)}]$/.test(node.suffix);
  return wrap(name, isWrapped ? node : wrap('(', node, ')'));
}

/** A text of more lines than it may have or that is longer is cut. */
export function quotedText(style: Style, prefix: string, text: string): Text {
  const level = amountIn(style.level);
  const mostBytes = (1 << level) << 5;
  const lines = text.replace(/\n$/, '').split('\n');
  const isChange = style.mark === '-' || style.mark === '+';
  const isPrintable = lines.every(
    (one) =>
      !one.startsWith('"""') &&
      !one.startsWith('...') &&
      !/[^\P{C}\t]/u.test(one) &&
      byteLength(one) <= mostBytes,
  );
  if (isChange && lines.length >= 4 && isPrintable) {
    return tripleQuoted(style.mark, prefix, lines, (1 << level) << 2);
  }
  if (byteLength(text) > mostBytes + 3) {
    return line(`${prefix}${goQuote(text.slice(0, mostBytes))}...`);
  }
  return line(prefix + goQuote(text));
}

function tripleQuoted(mark: Mark, prefix: string, lines: readonly string[], most: number): Text {
  const row = (text: string): Row => ({ mark, value: line(text), noComma: true });
  const shown = lines.length > most ? lines.slice(0, most - 1) : lines;
  const left = lines.length - shown.length;
  const rest = left > 0 ? [row(`... // ${left} elided lines`)] : [];
  const fence = row(`${prefix}"""`);
  return wrap('(', { kind: 'list', rows: [fence, ...shown.map(row), ...rest, fence] }, ')');
}

/** Types whose values name themselves in one word. */
const namesItself = (type: GoType): boolean =>
  type.name === 'core.ResourceName' || (type.kind === 'pointer' && type.of.kind === 'quantity');

function formatQuantity(style: Style, text: string): Text {
  const { value, scale, isBig, text: kept, format } = goQuantityOf(text);
  const inner = deeper(style);
  const rows: Row[] = [];
  if (isBig) rows.push({ key: 'd', value: line(`s${goQuote(canonicalQuantity(text))}`) });
  else if (value !== 0n || scale !== 0) {
    const parts: Row[] = [];
    if (value !== 0n) parts.push({ key: 'value', value: line(String(value)) });
    if (scale !== 0) parts.push({ key: 'scale', value: line(String(scale)) });
    const shown = mostParts(inner.level) === 0 ? [{ value: ellipsis, noComma: true }] : parts;
    const name = style.mark === ' ' ? '' : 'resource.int64Amount';
    rows.push({ key: 'i', value: wrap(name, braces(shown)) });
  }
  if (kept !== '') rows.push({ key: 's', value: line(goQuote(kept)) });
  rows.push({ key: 'Format', value: line(goQuote(format)) });
  return braces(mostParts(style.level) === 0 ? [{ value: ellipsis, noComma: true }] : rows);
}

function formatParts(style: Style, parts: readonly (() => Row)[]): Text {
  const most = mostParts(style.level);
  const rows = parts.slice(0, most).map((part) => part());
  return braces(parts.length > most ? [...rows, { value: ellipsis, noComma: true }] : rows);
}

function formatStruct(style: Style, type: GoType & { readonly kind: 'struct' }, value: Json): Text {
  const object = (value ?? {}) as JsonObject;
  const inner: Style = { ...deeper(style), naming: 'auto' };
  const fields = type.fields.filter((field) => !isZero(field.type, fieldValue(object, field)));
  return formatParts(
    style,
    fields.map((field) => () => ({
      key: field.name,
      value: formatValue(inner, field.type, fieldValue(object, field)) ?? nil,
    })),
  );
}

function formatMap(style: Style, type: GoType & { readonly kind: 'map' }, value: JsonObject): Text {
  const inner: Style = { ...deeper(style), naming: 'never' };
  return formatParts(
    style,
    Object.keys(value)
      .sort()
      .map((key) => () => ({
        key: mapKey(type, key),
        value: formatValue(inner, type.of, value[key]) ?? nil,
      })),
  );
}

export const mapKey = (type: GoType, key: string): string =>
  `${type.name === 'core.ResourceList' ? 's' : ''}${goQuote(key)}`;

function formatPlain(style: Style, type: GoType, value: Json): Text {
  const isNone = value === undefined || value === null;
  switch (type.kind) {
    case 'string':
      return quotedText(style, '', (value ?? '') as string);
    case 'list': {
      if (isNone) return nil;
      const inner: Style = { ...deeper(style), naming: 'never' };
      const list = value as readonly Json[];
      const parts = list.map((one) => () => ({ value: formatValue(inner, type.of, one) ?? nil }));
      return formatParts(style, parts);
    }
    case 'map':
      return isNone ? nil : formatMap(style, type, value as JsonObject);
    case 'struct':
      return formatStruct(style, type, value);
    case 'quantity':
      return formatQuantity(style, (value ?? '0') as string);
    case 'intstr': {
      const union = goType('intstr.IntOrString');
      return formatStruct(style, union as GoType & { kind: 'struct' }, openUnion(value ?? 0));
    }
    default:
      return line(String(value ?? (type.kind === 'int' ? 0 : false)));
  }
}

/** @returns undefined for a value that the side does not have */
export function formatValue(style: Style, type: GoType, value: Json): Text | undefined {
  if (value === missing) return undefined;
  const isNone = value === undefined || value === null;
  if (!style.isPlain && namesItself(type) && !(type.kind === 'pointer' && isNone)) {
    return quotedText(
      style,
      's',
      type.kind === 'pointer' ? canonicalQuantity(value as string) : (value as string),
    );
  }
  if (type.kind === 'pointer') {
    if (isNone) return withType(style, type, nil);
    return wrap('&', formatValue(style, type.of, value) ?? nil);
  }
  return withType(style, type, formatPlain(style, type, value));
}
