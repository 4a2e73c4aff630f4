// Tables of the server as text (cli-runtime/pkg/printers/tableprinter.go).
import type { KubeObject } from '#sim/api/objects.ts';
import { metadataOf } from '../resources/info.ts';

export interface ColumnDefinition {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly priority: number;
}

export interface TableRow {
  readonly cells: readonly unknown[];
  readonly object?: KubeObject | undefined;
}

export interface Table extends KubeObject {
  readonly columnDefinitions?: readonly ColumnDefinition[] | null;
  readonly rows?: readonly TableRow[];
}

export interface TableStyle {
  readonly wide: boolean;
  readonly headers: boolean;
  readonly namespace: boolean;
  /** `pod`: put before every name; '' for bare names. */
  readonly kindPrefix: string;
  readonly showLabels: boolean;
  readonly labelColumns: readonly string[];
  /** The first column tells of watch events. */
  readonly events: boolean;
}

export function isTable(object: KubeObject): object is Table {
  return object.kind === 'Table' && object.apiVersion?.startsWith('meta.k8s.io/') === true;
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const keys = Object.keys(labels).sort();
  return keys.length === 0 ? '<none>' : keys.map((key) => `${key}=${labels[key] ?? ''}`).join(',');
}

/** A cell on one line: what follows a line break is cut off. */
function cellText(value: unknown): string {
  const text = value === null || value === undefined ? '<none>' : String(value);
  const end = /[\f\n\r]/.exec(text)?.index;
  return (end === undefined ? text : `${text.slice(0, end)}...`).replaceAll('\x1b', '^[');
}

/** Prints tables of one resource, headers once. Cells are separated by tabs; a TabWriter aligns them. */
export class TablePrinter {
  readonly #style: TableStyle;
  #columns: readonly ColumnDefinition[] = [];
  #hasHeaders = false;

  constructor(style: TableStyle) {
    this.#style = style;
  }

  /** @param event the watch event that brought the table, where the style shows events. */
  print(table: Table, event = ''): string {
    // Events of a watch repeat no columns: theirs are null.
    const columns = table.columnDefinitions ?? [];
    if (columns.length > 0) this.#columns = columns;
    const rows = table.rows ?? [];
    if (rows.length === 0) return '';
    const lines: string[] = [];
    if (this.#style.headers && !this.#hasHeaders) lines.push(this.#header());
    this.#hasHeaders = true;
    for (const row of rows) lines.push(this.#row(row, event));
    return lines.map((line) => `${line}\n`).join('');
  }

  #shown(): readonly number[] {
    return this.#columns.flatMap((column, index) =>
      column.priority === 0 || this.#style.wide ? [index] : [],
    );
  }

  #header(): string {
    const { namespace, events, labelColumns, showLabels } = this.#style;
    const names: string[] = [];
    if (events) names.push('EVENT');
    if (namespace) names.push('NAMESPACE');
    for (const index of this.#shown()) names.push((this.#columns[index]?.name ?? '').toUpperCase());
    for (const label of labelColumns) {
      names.push((label.split('/').at(-1) ?? '').toUpperCase());
    }
    if (showLabels) names.push('LABELS');
    return names.join('\t');
  }

  #row({ cells, object = {} }: TableRow, event: string): string {
    const { namespace, events, labelColumns, showLabels, kindPrefix } = this.#style;
    const { namespace: own = '', labels = {} } = metadataOf(object);
    const texts: string[] = [];
    if (events) texts.push(event);
    if (namespace) texts.push(own);
    for (const index of this.#shown()) {
      const text = cellText(cells[index]);
      const isName =
        this.#columns[index]?.format === 'name' && this.#columns[index]?.type === 'string';
      texts.push(isName && kindPrefix !== '' ? `${kindPrefix}/${text}` : text);
    }
    for (const label of labelColumns) texts.push(labels[label] ?? '');
    if (showLabels) texts.push(labelsText(labels));
    return texts.join('\t');
  }
}
