// `kubectl rollout history`.
import type { PodTemplateSpec } from '#sim/api/generated/types.ts';
import { writeTemplate } from '../../describe/template.ts';
import { DescribeWriter } from '../../describe/writer.ts';
import { Failure } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import { alignTabs, describeTabs } from '../../print/tabwriter.ts';
import { findResources } from '../../resources/builder.ts';
import { groupKind } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { fileQuery } from '../common/files.ts';
import type { Revision } from './revisions.ts';
import { revisionsOf } from './revisions.ts';
import { requireTarget } from './target.ts';

/** The template as history and undo show it: its tabs stay as they are. */
export function templateText(template: PodTemplateSpec | undefined): string {
  const writer = new DescribeWriter();
  writeTemplate(writer, template);
  return writer.raw();
}

function historyText(all: readonly Revision[], number: number): string {
  if (number > 0) {
    const found = all.find((revision) => revision.number === number);
    if (found === undefined) throw new Failure('unable to find the specified revision');
    return `with revision #${number}\n${templateText(found.template)}`;
  }
  if (all.length === 0) return '\nNo rollout history found.';
  const lines = all.map((revision) => `${revision.number}\t${revision.cause || '<none>'}\n`);
  return `\n${alignTabs(`REVISION\tCHANGE-CAUSE\n${lines.join('')}`, describeTabs)}`;
}

export function rolloutHistory(session: Session): number {
  const { flags, args, output } = session;
  requireTarget(session);
  const number = flags.number('revision');
  if (number < 0) throw new Failure(`revision must be a positive integer: ${number}`);
  findResources(session, {
    args,
    ...fileQuery(session),
    selector: flags.text('selector'),
    listsTypes: true,
    latest: true,
  }).visit((info) => {
    const all = revisionsOf(session, info);
    if (all === undefined) {
      throw new Failure(
        `no history viewer has been implemented for ${JSON.stringify(groupKind(info.mapping))}`,
      );
    }
    if (flags.text('output') !== '') {
      printRevisions(session, all, number);
      return;
    }
    output.out(printerFor(session, { operation: historyText(all, number) })(info.object));
  });
  return 0;
}

/** With a format the objects that hold the revisions are printed. */
function printRevisions(session: Session, all: readonly Revision[], number: number): void {
  const print = printerFor(session, { operation: '' });
  const wanted = number > 0 ? all.filter((revision) => revision.number === number) : all;
  if (wanted.length === 0) throw new Failure('unable to find the specified revision');
  for (const { source } of wanted) session.output.out(print(source));
}
