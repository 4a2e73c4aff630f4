// Where in a file a field stands, for marks in the editor.
import type { ManifestDocument } from './documents.ts';
import type { YamlNode } from './nodes.ts';

export interface Place {
  /** From 1, in the whole file. */
  readonly line: number;
  readonly column: number;
  /** False where the field itself is not written and the place is that of what surrounds it. */
  readonly exact: boolean;
}

/**
 * The place of a field path as messages write it: `spec.containers[0].image`, `metadata.labels[app]`.
 * A key's place is that of the key; a list element's that of the element.
 * @returns undefined for a document written in JSON.
 */
export function placeOf(document: ManifestDocument, path: string): Place | undefined {
  if (document.root === undefined) return undefined;
  let node = document.root;
  let mark = node.start;
  let rest = path;
  while (rest !== '') {
    const step = stepInto(node, rest);
    if (step === undefined) break;
    ({ node, mark, rest } = step);
  }
  return { line: document.firstLine + mark.line + 1, column: mark.column + 1, exact: rest === '' };
}

interface Step {
  readonly node: YamlNode;
  readonly mark: YamlNode['start'];
  readonly rest: string;
}

function stepInto(from: YamlNode, path: string): Step | undefined {
  const node = from.kind === 'alias' ? from.target : from;
  if (node.kind === 'sequence') {
    const [whole = '', index = ''] = /^\[(\d+)\]/.exec(path) ?? [];
    const item = whole === '' ? undefined : node.items[Number(index)];
    return item && { node: item, mark: item.start, rest: path.slice(whole.length) };
  }
  if (node.kind !== 'mapping') return undefined;
  const bracketed = path.startsWith('[');
  const name = path.replace(/^[.[]/, '');
  let best: Step | undefined;
  let longest = -1;
  for (const [key, value] of node.pairs) {
    if (key.kind !== 'scalar' || key.text.length <= longest || !name.startsWith(key.text)) continue;
    const after = name.slice(key.text.length);
    if (bracketed ? !after.startsWith(']') : !/^(?:$|[.[])/.test(after)) continue;
    longest = key.text.length;
    best = { node: value, mark: key.start, rest: bracketed ? after.slice(1) : after };
  }
  return best;
}
