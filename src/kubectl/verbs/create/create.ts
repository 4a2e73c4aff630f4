// `kubectl create -f` (kubectl/pkg/cmd/create/create.go); the generators are subcommands of their own.
import { Exit, Failure, withSource } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { metadataOf } from '../../resources/info.ts';
import type { Session } from '../../session.ts';
import { dryRunOf, dryRunSuffix, fieldValidationOf } from '../common/dry-run.ts';
import { checkManifest, fileQuery, requireFiles } from '../common/files.ts';
import { withLastApplied } from '../common/last-applied.ts';
import { createObject } from '../common/write.ts';

export function create(session: Session): number {
  const { flags, args, output } = session;
  if (args.length > 0) throw session.usage(`Unexpected args: [${args.join(' ')}]`);
  if (flags.bool('edit')) {
    throw new Exit(
      1,
      'error: unknown flag: --edit\nReal kubectl has "kubectl create --edit"; this lab does not.',
    );
  }
  requireFiles(session);
  const dryRun = dryRunOf(session);
  const fieldValidation = fieldValidationOf(session);
  const print = printerFor(session, { operation: `created${dryRunSuffix(dryRun)}` });
  const resources = findResources(session, {
    args: [],
    ...fileQuery(session),
    selector: flags.text('selector'),
    check: fieldValidation === 'Ignore' ? undefined : checkManifest,
  });
  let count = 0;
  resources.visit((info) => {
    const object = flags.bool('save-config') ? withLastApplied(info.object) : info.object;
    let created: Info = { ...info, object };
    if (dryRun !== 'client') {
      const fieldManager = flags.text('field-manager');
      try {
        const answer = createObject(session, created, { dryRun, fieldManager, fieldValidation });
        created = { ...created, name: metadataOf(answer).name ?? info.name, object: answer };
      } catch (thrown) {
        throw withSource(thrown, 'creating', info.source);
      }
    }
    count += 1;
    output.out(print(created.object));
  });
  if (count === 0) throw new Failure('no objects passed to create');
  return 0;
}
