// What turns objects into the text of `-o`, picked by its word (cli-runtime/pkg/genericclioptions).
import type { KubeObject } from '#sim/api/objects.ts';
import { Failure } from '../failure.ts';
import { renderGoTemplate } from '../gotemplate/render.ts';
import { goSyntax } from '../jsonpath/go-value.ts';
import { JsonPath } from '../jsonpath/jsonpath.ts';
import { JsonPathError } from '../jsonpath/nodes.ts';
import { omit } from '../omit.ts';
import { metadataOf } from '../resources/info.ts';
import { objectName } from './name.ts';
import type { Session } from '../session.ts';
import { toJson } from '#sim/api/json-out.ts';
import { toYaml } from '#sim/api/yaml-out.ts';
import { customColumns, customColumnsOfFile } from './custom-columns.ts';
import { typedJson } from './json.ts';

/** Gives the text of an object; stateful where the text depends on what came before. */
export type Printer = (object: KubeObject) => string;

export interface PrinterOptions {
  /** What `-o name` and no format at all say after the name: `created`, `deleted`; '' for the bare name. */
  readonly operation: string;
  /** Typed objects keep their order of fields in JSON; those of the server are sorted. */
  readonly typed?: boolean | undefined;
  /** Whether the command knows `wide` and custom columns, as `get` does. */
  readonly columns?: boolean | undefined;
}

const baseFormats = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'name',
  'template',
  'templatefile',
  'yaml',
];

/** The refusal of a format that a command does not know. */
export function noSuchFormat(format: string, allowed: readonly string[] = baseFormats): Failure {
  const known = [...allowed].sort().join(',');
  return new Failure(
    `unable to match a printer suitable for the output format ${JSON.stringify(format)}, allowed formats are: ${known}`,
  );
}

function withoutManagedFields(object: KubeObject): KubeObject {
  const items = object['items'];
  if (Array.isArray(items)) {
    return { ...object, items: (items as KubeObject[]).map(withoutManagedFields) };
  }
  if (object.metadata?.managedFields === undefined) return object;
  return { ...object, metadata: omit(metadataOf(object), 'managedFields') };
}

/** Splits `jsonpath={.x}` into format and template; the template may also come from `--template`. */
function formatOf(session: Session): { format: string; template: string | undefined } {
  const text = session.flags.text('output');
  const equals = text.indexOf('=');
  const template = session.flags.text('template');
  const format = equals < 0 ? text : text.slice(0, equals);
  if (equals >= 0 && takesTemplate(format)) return { format, template: text.slice(equals + 1) };
  if (text === '' && template !== '') return { format: 'go-template', template };
  return { format: text, template: template === '' ? undefined : template };
}

const takesTemplate = (format: string): boolean =>
  /^(go-template|template|jsonpath|custom-columns)/.test(format);

function templateText(session: Session, template: string | undefined, isFile: boolean): string {
  if (template === undefined || template === '') {
    throw new Failure('template format specified but no template given');
  }
  if (!isFile) return template;
  if (!session.process.files.exists(template)) {
    throw new Failure(
      `error reading --template ${template}, open ${template}: no such file or directory`,
    );
  }
  return session.process.files.readText(template);
}

function jsonPathPrinter(session: Session, template: string, asJson: boolean): Printer {
  let path: JsonPath;
  try {
    path = new JsonPath(template, session.flags.bool('allow-missing-template-keys'));
  } catch (thrown) {
    if (!(thrown instanceof JsonPathError)) throw thrown;
    throw new Failure(`error parsing jsonpath ${template}, ${thrown.message}`);
  }
  return (object) => {
    try {
      return asJson ? path.json(object) : path.text(object);
    } catch (thrown) {
      if (!(thrown instanceof JsonPathError)) throw thrown;
      throw new Failure(
        `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${thrown.message}. ` +
          `Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n` +
          `\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n\n`,
      );
    }
  };
}

function yamlPrinter(prepare: (object: KubeObject) => KubeObject): Printer {
  let count = 0;
  return (object) => {
    count += 1;
    return `${count > 1 ? '---\n' : ''}${toYaml(prepare(object))}`;
  };
}

/** Lists are named item by item. */
function namePrinter(operation: string): Printer {
  return (object) => {
    const items = object['items'];
    const objects = Array.isArray(items) ? (items as KubeObject[]) : [object];
    const suffix = operation === '' ? '' : ` ${operation}`;
    return objects.map((one) => `${objectName(one)}${suffix}\n`).join('');
  };
}

/** The printer for `-o` and `--template`; without them objects are named with the operation. */
export function printerFor(session: Session, options: PrinterOptions): Printer {
  const { format, template } = formatOf(session);
  const keepsManaged = session.flags.bool('show-managed-fields');
  const prepare = keepsManaged ? (object: KubeObject) => object : withoutManagedFields;
  switch (format.toLowerCase()) {
    case '':
      return namePrinter(options.operation);
    case 'name':
      return namePrinter('');
    case 'json': {
      const write = options.typed === true ? typedJson : toJson;
      return (object) => write(prepare(object));
    }
    case 'yaml':
      return yamlPrinter(prepare);
    case 'jsonpath':
    case 'jsonpath-as-json':
    case 'jsonpath-file': {
      const text = templateText(session, template, format === 'jsonpath-file');
      return jsonPathPrinter(session, text, format === 'jsonpath-as-json');
    }
    case 'go-template':
    case 'template':
    case 'go-template-file':
    case 'templatefile': {
      const text = templateText(session, template, format.endsWith('file'));
      return renderGoTemplate(session, text);
    }
    case 'custom-columns':
    case 'custom-columns-file':
      if (options.columns !== true) break;
      return format === 'custom-columns'
        ? customColumns(session, template ?? '')
        : customColumnsOfFile(session, template ?? '');
  }
  const columns = ['custom-columns', 'custom-columns-file', 'wide'];
  throw noSuchFormat(session.flags.text('output'), [
    ...baseFormats,
    ...(options.columns === true ? columns : []),
  ]);
}
