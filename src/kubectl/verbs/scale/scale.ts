// `kubectl scale` (kubectl/pkg/cmd/scale): sets the replicas of the scale subresource, under conditions if asked.
import type { KubeObject } from '#sim/api/objects.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure, throwCollected } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { metadataOf, requestPath } from '../../resources/info.ts';
import type { Session } from '../../session.ts';
import type { DryRun } from '../common/dry-run.ts';
import { dryRunOf, dryRunSuffix } from '../common/dry-run.ts';
import { fileQuery } from '../common/files.ts';
import { waitForObject } from '../wait/object.ts';

interface Scale extends KubeObject {
  readonly spec?: { readonly replicas?: number };
}

export function* scale(session: Session): Blocking<number> {
  const { flags, args, output } = session;
  const replicas = flags.number('replicas');
  if (replicas < 0) {
    throw new Failure(
      'The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
    );
  }
  if (flags.number('current-replicas') < -1) {
    throw new Failure('The --current-replicas must specify an integer of -1 or greater');
  }
  const dryRun = dryRunOf(session);
  const print = printerFor(session, { operation: `scaled${dryRunSuffix(dryRun)}` });
  const { infos, failures } = findResources(session, {
    args,
    ...fileQuery(session),
    selector: flags.text('selector'),
    all: flags.bool('all'),
    listsTypes: flags.bool('all') || flags.text('selector') !== '',
    latest: false,
  }).collect();
  if (flags.text('resource-version') !== '' && infos.length > 1) {
    throw new Failure('cannot use --resource-version with multiple resources');
  }
  if (infos.length === 0) {
    const why = failures.map((failure) => failure.message).join(', ');
    throw new Failure(`no objects passed to scale${why === '' ? '' : ` ${why}`}`);
  }
  for (const info of infos) {
    if (dryRun !== 'client') yield* scaleOne(session, info, replicas, dryRun);
    output.out(print(info.object));
  }
  throwCollected(failures);
  return 0;
}

function* scaleOne(session: Session, info: Info, replicas: number, dryRun: DryRun): Blocking<void> {
  const { flags } = session;
  checkConditions(session, info);
  session.api.request({
    verb: 'patch',
    ...requestPath(info),
    subresource: 'scale',
    patchType: 'application/merge-patch+json',
    body: { spec: { replicas } },
    dryRun: dryRun === 'server' ? true : undefined,
  });
  const timeoutMs = flags.number('timeout');
  if (timeoutMs <= 0 || dryRun !== 'none') return;
  yield* session.output.flush();
  const isDone = ({ spec, status }: KubeObject): boolean =>
    (spec as Scale['spec'])?.replicas === replicas &&
    ((status as { replicas?: number } | undefined)?.replicas ?? 0) === replicas;
  yield* waitForObject(session, info, isDone, session.nowMs() + timeoutMs);
}

/** What the object must look like for the change to be made. */
function checkConditions(session: Session, info: Info): void {
  const { flags } = session;
  const wanted = flags.number('current-replicas');
  const version = flags.text('resource-version');
  if (wanted < 0 && version === '') return;
  const present = session.api.request({
    verb: 'get',
    ...requestPath(info),
    subresource: 'scale',
  }) as Scale;
  const { resourceVersion = '' } = metadataOf(present);
  if (version !== '' && version !== resourceVersion) {
    throw new Failure(`Expected resource version to be ${version}, was ${resourceVersion}`);
  }
  const replicas = present.spec?.replicas ?? 0;
  if (wanted >= 0 && wanted !== replicas) {
    throw new Failure(`Expected replicas to be ${wanted}, was ${replicas}`);
  }
}
