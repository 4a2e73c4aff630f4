// Objects of kinds without a description of their own: every field with a readable label.
import type { KubeObject } from '#sim/api/objects.ts';
import { goText } from '../jsonpath/go-value.ts';
import type { Session } from '../session.ts';
import { describeEvents } from './events.ts';
import { writeAnnotations, writeLabels } from './values.ts';
import { DescribeWriter } from './writer.ts';

const skipped = [
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
];
const acronyms = ['API', 'URL', 'UID', 'OSB', 'GUID'];

/** `lastTransitionTime` as `Last Transition Time`; names with other signs stay. */
export function smartLabel(field: string): string {
  if (!/^[\p{L}-]*$/u.test(field)) return field;
  const parts = field.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[^\p{L}]+/gu) ?? [];
  return parts
    .map((part) => {
      const upper = part.toUpperCase();
      if (acronyms.includes(upper)) return upper;
      return part.slice(0, 1).toUpperCase() + part.slice(1).toLowerCase();
    })
    .join(' ');
}

function writeFields(
  writer: DescribeWriter,
  level: number,
  content: Readonly<Record<string, unknown>>,
  path: string,
): void {
  for (const field of Object.keys(content).sort()) {
    const value = content[field];
    const place = `${path}.${field}`;
    if (skipped.includes(place)) continue;
    const label = smartLabel(field);
    if (Array.isArray(value)) {
      writer.line(level, `${label}:`);
      for (const item of value as readonly unknown[]) writeItem(writer, level + 1, item, place);
    } else if (typeof value === 'object' && value !== null) {
      writer.line(level, `${label}:`);
      writeFields(writer, level + 1, value as Readonly<Record<string, unknown>>, place);
    } else writer.field(level, label, goText(value));
  }
}

function writeItem(writer: DescribeWriter, level: number, item: unknown, path: string): void {
  if (typeof item === 'object' && item !== null && !Array.isArray(item)) {
    writeFields(writer, level, item as Readonly<Record<string, unknown>>, path);
  } else writer.line(level, goText(item));
}

export function describeGeneric(session: Session, object: KubeObject): string {
  const { metadata = {} } = object;
  const writer = new DescribeWriter();
  writer.field(0, 'Name', metadata.name ?? '');
  writer.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  writeFields(writer, 0, object, '');
  describeEvents(session, writer, object);
  return writer.toString();
}
