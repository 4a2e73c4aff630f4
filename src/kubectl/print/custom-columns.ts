// `-o custom-columns`: a header and a path per column (kubectl/pkg/cmd/get/customcolumn.go).
import type { KubeObject } from '#sim/api/objects.ts';
import { Failure } from '../failure.ts';
import { goText } from '../jsonpath/go-value.ts';
import { JsonPath } from '../jsonpath/jsonpath.ts';
import { JsonPathError } from '../jsonpath/nodes.ts';
import { readFileText } from '../resources/files.ts';
import type { Session } from '../session.ts';
import { relaxedPath } from './relaxed-path.ts';
import { TabWriter, tableTabs } from './tabwriter.ts';

interface Column {
  readonly header: string;
  readonly path: JsonPath;
}

function column(header: string, path: string): Column {
  try {
    return { header, path: new JsonPath(relaxedPath(path)) };
  } catch (thrown) {
    if (thrown instanceof JsonPathError) throw new Failure(thrown.message);
    throw thrown;
  }
}

function cell(object: unknown, { path }: Column): string {
  let values: readonly unknown[];
  try {
    values = path.find(object)[0] ?? [];
  } catch (thrown) {
    if (thrown instanceof JsonPathError) throw new Failure(thrown.message);
    throw thrown;
  }
  if (values.length === 0) return '<none>';
  return values.map((value) => (value === null ? '<none>' : goText(value))).join(',');
}

function columnsPrinter(
  session: Session,
  columns: readonly Column[],
): (object: KubeObject) => string {
  const writer = new TabWriter(tableTabs);
  let wantsHeaders = !session.flags.bool('no-headers');
  return (object) => {
    const items = object['items'];
    const objects = Array.isArray(items) ? (items as KubeObject[]) : [object];
    const lines: string[] = [];
    if (wantsHeaders) lines.push(columns.map(({ header }) => header).join('\t'));
    wantsHeaders = false;
    for (const one of objects) lines.push(columns.map((part) => cell(one, part)).join('\t'));
    return writer.format(lines.map((line) => `${line}\n`).join(''));
  };
}

/** `NAME:.metadata.name,NODE:.spec.nodeName`. */
export function customColumns(session: Session, spec: string): (object: KubeObject) => string {
  if (spec === '') {
    throw new Failure('custom-columns format specified but no custom columns given');
  }
  const columns = spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) {
      throw new Failure(
        `unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`,
      );
    }
    return column(part.slice(0, colon), part.slice(colon + 1));
  });
  return columnsPrinter(session, columns);
}

/** A file with the headers on its first line and the paths below them. */
export function customColumnsOfFile(
  session: Session,
  path: string,
): (object: KubeObject) => string {
  if (path === '')
    throw new Failure('custom-columns-file format specified but no custom columns given');
  if (!session.process.files.exists(path)) {
    throw new Failure(`error reading template ${path}, open ${path}: no such file or directory`);
  }
  const words = readFileText(session.process, path)
    .split('\n')
    .map((line) => line.split(/\s+/).filter((word) => word !== ''))
    .filter((line) => line.length > 0);
  const [headers = [], paths = []] = words;
  if (headers.length !== paths.length || headers.length === 0) {
    throw new Failure(
      `number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    );
  }
  return columnsPrinter(
    session,
    headers.map((header, index) => column(header, paths[index] ?? '')),
  );
}
