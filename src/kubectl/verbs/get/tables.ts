// The tables of `get`: which one is asked of the server, and how its rows become lines.
import type { ResourceInfo } from '#sim/apiserver/discovery/catalog.ts';
import type { ApiRequest } from '#sim/apiserver/types.ts';
import { noSuchFormat } from '../../print/printer.ts';
import type { Table } from '../../print/table-printer.ts';
import { isTable, TablePrinter } from '../../print/table-printer.ts';
import { TabWriter, tableTabs } from '../../print/tabwriter.ts';
import { asksForManyTypes } from '../../resources/arguments.ts';
import type { Info } from '../../resources/info.ts';
import { qualifiedKind } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { sortRows } from './sort.ts';

/** Whether the output is a table for people. */
export function wantsTable(session: Session): boolean {
  const format = session.flags.text('output');
  if (format === 'wide') return true;
  return format === '' && session.flags.text('template') === '';
}

/** Sorting needs whole objects, labels their metadata; the server sends metadata unless told otherwise. */
export function tableQuery(session: Session): ApiRequest['table'] {
  return { includeObject: session.flags.text('sort-by') === '' ? 'Metadata' : 'Object' };
}

export class TableOutput {
  readonly #session: Session;
  readonly #withKind: boolean;
  readonly #writer = new TabWriter(tableTabs);
  #printer: TablePrinter | undefined;
  #mapping: ResourceInfo | undefined;

  constructor(session: Session, infos: readonly Info[]) {
    this.#session = session;
    const kinds = new Set(infos.map((info) => info.mapping));
    this.#withKind =
      session.flags.bool('show-kind') || asksForManyTypes(session.args) || kinds.size > 1;
  }

  /** Prints all tables, those of one resource under one header; returns whether nothing was printed. */
  print(infos: readonly Info[]): boolean {
    const { output, flags } = this.#session;
    const before = output.outLength;
    let text = '';
    const flush = (): void => {
      if (text === '') return;
      const separated = output.outLength > before && !flags.bool('no-headers');
      output.out(`${separated ? '\n' : ''}${this.#writer.format(text)}`);
      text = '';
    };
    for (const info of infos) {
      if (info.mapping !== this.#mapping) {
        flush();
        this.#writer.forget();
      }
      if (!isTable(info.object)) throw noSuchFormat(flags.text('output'));
      text += this.line(info.mapping, sortRows(this.#session, info.object), '');
    }
    flush();
    return output.outLength === before;
  }

  /** The lines of one table, cells separated by tabs. */
  line(mapping: ResourceInfo, table: Table, event: string): string {
    if (this.#printer === undefined || mapping !== this.#mapping) {
      this.#printer = this.#printerOf(mapping);
      this.#mapping = mapping;
    }
    return this.#printer.print(table, event);
  }

  /** Aligns lines, with widths that only grow while it is the same table. */
  align(text: string): string {
    return this.#writer.format(text);
  }

  #printerOf(mapping: ResourceInfo): TablePrinter {
    const { flags } = this.#session;
    return new TablePrinter({
      wide: flags.text('output') === 'wide',
      headers: !flags.bool('no-headers'),
      namespace: flags.bool('all-namespaces') && mapping.namespaced,
      kindPrefix: this.#withKind ? qualifiedKind(mapping) : '',
      showLabels: flags.bool('show-labels'),
      labelColumns: flags.list('label-columns'),
      events: flags.bool('output-watch-events'),
    });
  }
}
