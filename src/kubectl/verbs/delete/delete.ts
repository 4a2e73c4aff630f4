// `kubectl delete` (kubectl/pkg/cmd/delete/delete.go): asks for deletion object by object, then waits until all are gone.
import type { KubeObject } from '#sim/api/objects.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure, withSource } from '../../failure.ts';
import { findResources, nothingNamed } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { metadataOf, nameOf, requestPath } from '../../resources/info.ts';
import { qualifiedKind } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { cascadeOf } from '../common/cascade.ts';
import type { DryRun } from '../common/dry-run.ts';
import { dryRunOf, dryRunSuffix } from '../common/dry-run.ts';
import { fileQuery } from '../common/files.ts';
import { waitForDeletion } from '../wait/deletion.ts';
import { askBeforeDeletion } from './interactive.ts';

export interface DeleteStyle {
  readonly gracePeriodSeconds: number;
  readonly force: boolean;
  readonly propagationPolicy: 'Background' | 'Foreground' | 'Orphan';
  readonly dryRun: DryRun;
  readonly ignoreNotFound: boolean;
  /** Only names are printed. */
  readonly short: boolean;
  readonly quiet: boolean;
}

/** An object whose deletion has begun; the uid tells it from a later one of the same name. */
export interface Deleted {
  readonly info: Info;
  readonly uid: string | undefined;
}

const forceWarning =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. ' +
  'The resource may continue to run on the cluster indefinitely.';

function gracePeriod(session: Session, dryRun: DryRun): { seconds: number; force: boolean } {
  const { flags, output } = session;
  let seconds = flags.number('grace-period');
  let force = flags.bool('force');
  if (flags.bool('now')) {
    if (seconds !== -1) throw new Failure('--now and --grace-period cannot be specified together');
    seconds = 1;
  }
  if (seconds === 0 && !force) {
    // A grace period of 0 without --force is what --now does, and the deletion is waited for.
    seconds = 1;
    force = false;
  }
  if (force && seconds < 0) seconds = 0;
  if (force && dryRun === 'none') output.errLine(forceWarning);
  return { seconds, force };
}

export function* deleteVerb(session: Session): Blocking<number> {
  const { flags, args } = session;
  const dryRun = dryRunOf(session);
  const policy = cascadeOf(session);
  const format = flags.text('output');
  if (format !== '' && format !== 'name') {
    throw new Failure(`unexpected -o output mode: ${format}. We only support '-o name'`);
  }
  const hasFiles = flags.list('filename').length > 0 || flags.text('kustomize') !== '';
  if (args.length === 0 && !hasFiles) throw new Failure(nothingNamed);
  if (flags.bool('all') && flags.text('selector') !== '') {
    throw new Failure('cannot set --all and --selector at the same time');
  }
  if (flags.bool('all') && flags.text('field-selector') !== '') {
    throw new Failure('cannot set --all and --field-selector at the same time');
  }
  const { seconds, force } = gracePeriod(session, dryRun);
  const usesSelector = flags.text('selector') !== '' || flags.text('field-selector') !== '';
  const ignoreNotFound = flags.bool('ignore-not-found') || usesSelector || flags.bool('all');
  const resources = findResources(session, {
    args,
    ...fileQuery(session),
    selector: flags.text('selector'),
    fieldSelector: flags.text('field-selector'),
    all: flags.bool('all'),
    allNamespaces: flags.bool('all-namespaces'),
    requireObject: false,
  });
  const style: DeleteStyle = {
    gracePeriodSeconds: seconds,
    force,
    propagationPolicy: policy,
    dryRun,
    ignoreNotFound,
    short: format === 'name',
    quiet: false,
  };
  if (flags.bool('interactive') && !(yield* askBeforeDeletion(session, resources.infos())))
    return 0;
  const deleted: Deleted[] = [];
  let found = 0;
  let failure: unknown;
  try {
    resources.visit((info) => {
      found += 1;
      const one = deleteOne(session, info, style);
      if (one !== undefined) deleted.push(one);
    });
  } catch (thrown) {
    failure = thrown;
  }
  if (failure !== undefined) throw failure;
  if (found === 0) session.output.out('No resources found\n');
  // Waiting for everything is the default; a forced deletion is not waited for unless asked.
  const waits = flags.bool('wait') && dryRun === 'none' && (!force || flags.given('wait'));
  if (waits) yield* waitForDeletion(session, deleted, flags.number('timeout'));
  return 0;
}

/** Deletes one object and says so; undefined when it was gone already and that is fine. */
export function deleteOne(session: Session, info: Info, style: DeleteStyle): Deleted | undefined {
  let answer: KubeObject;
  try {
    if (style.dryRun === 'client') {
      answer = session.api.request({ verb: 'get', ...requestPath(info) });
    } else {
      const { gracePeriodSeconds, propagationPolicy } = style;
      answer = session.api.request({
        verb: 'delete',
        ...requestPath(info),
        dryRun: style.dryRun === 'server' ? true : undefined,
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          ...(gracePeriodSeconds >= 0 ? { gracePeriodSeconds } : {}),
          propagationPolicy,
        },
      });
    }
  } catch (thrown) {
    if (style.ignoreNotFound && isGone(thrown)) return undefined;
    throw withSource(thrown, 'deleting', info.source);
  }
  if (!style.quiet) session.output.out(deletedText(info, style));
  return { info, uid: uidOf(answer) };
}

function isGone(thrown: unknown): boolean {
  return (thrown as { status?: { reason?: string } }).status?.reason === 'NotFound';
}

/** The uid of what was deleted: of the object, or of the Status that stands for it. */
function uidOf(answer: KubeObject): string | undefined {
  const details = answer['details'] as { uid?: string } | undefined;
  return metadataOf(answer).uid ?? details?.uid;
}

function deletedText(info: Info, style: DeleteStyle): string {
  if (style.short) return `${nameOf(info)}\n`;
  const forced = style.gracePeriodSeconds === 0 ? 'force ' : '';
  const kind = qualifiedKind({ ...info.mapping, kind: info.mapping.kind });
  return `${kind} ${JSON.stringify(info.name)} ${forced}deleted${dryRunSuffix(style.dryRun)}\n`;
}
