// `kubectl apply` (kubectl/pkg/cmd/apply/apply.go): object by object, merged here or by the server.
import type { KubeObject } from '#sim/api/objects.ts';
import { Exit, Failure, isFailure, throwCollected } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { metadataOf } from '../../resources/info.ts';
import type { Session } from '../../session.ts';
import type { DryRun } from '../common/dry-run.ts';
import { dryRunOf, dryRunSuffix, fieldValidationOf } from '../common/dry-run.ts';
import { checkManifest, fileQuery, requireFiles } from '../common/files.ts';
import type { WriteStyle } from '../common/write.ts';
import { applyHere } from './client-side.ts';
import { applyThere } from './server-side.ts';

/** What became of an object: the word that is printed, and the object afterwards. */
export interface Applied {
  readonly operation: 'created' | 'configured' | 'unchanged' | 'serverside-applied';
  readonly object: KubeObject;
}

function validate(session: Session, dryRun: DryRun): void {
  const { flags, args } = session;
  const serverSide = flags.bool('server-side');
  if (args.length > 0) throw session.usage(`Unexpected args: [${args.join(' ')}]`);
  requireFiles(session);
  if (flags.bool('force-conflicts') && !serverSide) {
    throw new Failure('--force-conflicts only works with --server-side');
  }
  if (dryRun === 'client' && serverSide) {
    throw new Failure(
      "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
    );
  }
  if (flags.bool('force') && serverSide) {
    throw new Failure('--force cannot be used with --server-side');
  }
  if (dryRun === 'server' && flags.bool('force')) {
    throw new Failure('--dry-run=server cannot be used with --force');
  }
  if (flags.bool('prune')) {
    throw new Exit(
      1,
      'error: unknown flag: --prune\nReal kubectl has "kubectl apply --prune"; this lab does not.',
    );
  }
}

function styleOf(session: Session, dryRun: DryRun): WriteStyle {
  const { flags } = session;
  const serverSide = flags.bool('server-side');
  const given = flags.given('field-manager') || !serverSide;
  return {
    dryRun,
    fieldManager: given ? flags.text('field-manager') : 'kubectl',
    fieldValidation: fieldValidationOf(session),
    subresource: flags.text('subresource'),
    force: serverSide ? flags.bool('force-conflicts') : undefined,
  };
}

export function apply(session: Session): number {
  const { flags, output } = session;
  const dryRun = dryRunOf(session);
  validate(session, dryRun);
  const style = styleOf(session, dryRun);
  const format = flags.text('output');
  const printsObjects = format !== '' && format !== 'name';
  const suffix = dryRunSuffix(dryRun);
  const objectPrinter = printerFor(session, { operation: '' });
  const { infos, failures } = findResources(session, {
    args: [],
    ...fileQuery(session),
    selector: flags.text('selector'),
    check: style.fieldValidation === 'Ignore' ? undefined : checkManifest,
  }).collect();
  if (infos.length === 0 && failures.length === 0) throw new Failure('no objects passed to apply');
  const collected = [...failures];
  const results: KubeObject[] = [];
  for (const info of infos) {
    try {
      refuseGeneratedNames(info);
      const result = flags.bool('server-side')
        ? applyThere(session, info, style)
        : applyHere(session, info, style);
      results.push(result.object);
      warnIfDeleting(session, result);
      if (printsObjects) continue;
      const print = printerFor(session, { operation: `${result.operation}${suffix}` });
      output.out(print(result.object));
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      collected.push(thrown);
      results.push(info.object);
    }
  }
  throwCollected(collected);
  const [first] = results;
  if (printsObjects && first !== undefined) {
    const list = { apiVersion: 'v1', items: results, kind: 'List', metadata: {} } as KubeObject;
    output.out(objectPrinter(results.length > 1 ? list : first));
  }
  return 0;
}

function refuseGeneratedNames(info: Info): void {
  const { generateName = '' } = metadataOf(info.object);
  if (info.name === '' && generateName !== '') {
    throw new Failure(`from ${generateName}: cannot use generate name with apply`);
  }
}

/** An object that is on its way out takes no more notice of what is applied. */
function warnIfDeleting(session: Session, { object, operation }: Applied): void {
  const { name = '', deletionTimestamp } = metadataOf(object);
  if (!deletionTimestamp || operation === 'created') return;
  session.output.errLine(
    `Warning: Detected changes to resource ${name} which is currently being deleted.`,
  );
}
