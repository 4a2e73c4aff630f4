// `-o go-template`: parsed when the command starts, run for each object.
import type { KubeObject } from '#sim/api/objects.ts';
import { Failure } from '../failure.ts';
import { goText } from '../jsonpath/go-value.ts';
import { toCompactJson } from '#sim/api/json-out.ts';
import type { Session } from '../session.ts';
import { Execution } from './execute.ts';
import type { TemplateNode } from './nodes.ts';
import { TemplateError } from './nodes.ts';
import { parseTemplate } from './parse.ts';

/** Renders objects by a template; a failure shows template and data on stdout, as the real client does. */
export function renderGoTemplate(
  session: Session,
  template: string,
): (object: KubeObject) => string {
  let nodes: readonly TemplateNode[];
  try {
    nodes = parseTemplate(template);
  } catch (thrown) {
    if (!(thrown instanceof TemplateError)) throw thrown;
    throw new Failure(`error parsing template ${template}, ${thrown.message}`);
  }
  return (object) => {
    const execution = new Execution(template);
    try {
      execution.run(nodes, object);
      return execution.output;
    } catch (thrown) {
      if (!(thrown instanceof TemplateError)) throw thrown;
      session.output.out(
        `${execution.output}Error executing template: ${thrown.message}. Printing more information for debugging ` +
          `the template:\n\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t${toCompactJson(object)}\n` +
          `\tobject given to template engine was:\n\t\t${goText(object)}\n\n`,
      );
      throw new Failure(`error executing template ${JSON.stringify(template)}: ${thrown.message}`);
    }
  };
}
