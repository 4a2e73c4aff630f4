// The one way to the words of the interface: `text('lesson.part', { number: 1, ... })`. A key that
// is not in content/strings/en.json does not compile. Scripts that run in the page import the area
// they need instead (`import { lesson } from '.../en.json'`) and `fill` it, so that only those
// words are shipped.
import en from '../../../content/strings/en.json';
import { fill, type Values } from './words.ts';

type Tree = { readonly [key: string]: string | Tree };
type Leaves<T, Before extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Before}${K}` : Leaves<T[K], `${Before}${K}.`>;
}[keyof T & string];

/** The address of a text, such as `lesson.part`. */
export type TextKey = Leaves<typeof en>;
type Counted<K extends string> = K extends `${infer Stem}.one` ? Stem : never;
/** The address of a text with a form for one and a form for more, such as `home.lessons`. */
export type CountedKey = Counted<TextKey>;

function find(key: string): string | Tree | undefined {
  let at: string | Tree | undefined = en;
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined;
  return at;
}

/** The text at `key`, its `{names}` replaced by `values`. */
export function text(key: TextKey, values: Values = {}): string {
  const found = find(key);
  if (typeof found !== 'string') throw new Error(`content/strings/en.json has no text "${key}"`);
  return fill(found, values);
}

/** A number that begins a heading: in words up to twelve. */
export function numberWord(count: number): string {
  const word = find(`numbers.${count}`);
  return typeof word === 'string' ? word : String(count);
}

/** The text at `key` in the form for `count`, which may be shown in words. */
export function counted(key: CountedKey, count: number, shown = String(count)): string {
  const found = find(key);
  if (typeof found !== 'object' || typeof found.one !== 'string' || typeof found.other !== 'string')
    throw new Error(`content/strings/en.json has no texts "${key}.one" and "${key}.other"`);
  return fill(count === 1 ? found.one : found.other, { count: shown });
}
