// `kubectl replace` (kubectl/pkg/cmd/replace): whole objects, in place or deleted and made anew.
import type { Blocking } from '#sim/kernel/types.ts';
import { Exit, Failure, isFailure, isNotFound, throwCollected, withSource } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import type { Query } from '../../resources/builder.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { requestPath } from '../../resources/info.ts';
import type { Session } from '../../session.ts';
import { cascadeOf } from '../common/cascade.ts';
import { dryRunOf, dryRunSuffix, fieldValidationOf } from '../common/dry-run.ts';
import { checkManifest, fileQuery, requireFiles } from '../common/files.ts';
import { readLastApplied, withLastApplied } from '../common/last-applied.ts';
import type { WriteStyle } from '../common/write.ts';
import { createObject, replaceObject } from '../common/write.ts';
import { deleteOne } from '../delete/delete.ts';

/** How often `--force` looks whether the old object is gone, and for how long at most. */
const pollMs = 1000;
const defaultTimeoutMs = 300_000;

function validate(session: Session): void {
  const { flags } = session;
  const force = flags.bool('force');
  if (flags.text('raw') !== '') {
    throw new Exit(
      1,
      'error: unknown flag: --raw\nReal kubectl has "kubectl replace --raw"; this lab does not.',
    );
  }
  requireFiles(session);
  if (flags.number('grace-period') >= 0 && !force) {
    throw new Failure('--grace-period must have --force specified');
  }
  if (flags.number('timeout') !== 0 && !force) {
    throw new Failure('--timeout must have --force specified');
  }
}

/** The object with the annotation of apply where it is asked for, or was there before. */
function withAnnotation(session: Session, info: Info): Info {
  const wants = session.flags.bool('save-config') || readLastApplied(info.object) !== undefined;
  return wants ? { ...info, object: withLastApplied(info.object) } : info;
}

export function* replace(session: Session): Blocking<number> {
  const { flags, output } = session;
  const dryRun = dryRunOf(session);
  cascadeOf(session);
  if (flags.bool('force') && dryRun !== 'none') {
    throw new Failure('--dry-run can not be used when --force is set');
  }
  validate(session);
  const print = printerFor(session, { operation: `replaced${dryRunSuffix(dryRun)}` });
  const fieldValidation = fieldValidationOf(session);
  const fieldManager = flags.text('field-manager');
  const subresource = flags.text('subresource');
  const style: WriteStyle = { dryRun, fieldManager, fieldValidation, subresource };
  const query: Query = {
    args: session.args,
    ...fileQuery(session),
    check: fieldValidation === 'Ignore' ? undefined : checkManifest,
  };
  if (flags.bool('force')) return yield* replaceByForce(session, query, style);
  findResources(session, query).visit((info) => {
    const wanted = withAnnotation(session, info);
    if (dryRun === 'client') {
      output.out(print(wanted.object));
      return;
    }
    try {
      if (info.name === '') throw new Failure('resource name may not be empty');
      output.out(print(replaceObject(session, wanted, style)));
    } catch (thrown) {
      throw withSource(thrown, 'replacing', info.source);
    }
  });
  return 0;
}

function* replaceByForce(session: Session, query: Query, style: WriteStyle): Blocking<number> {
  const { flags, output } = session;
  const print = printerFor(session, { operation: 'replaced' });
  const { infos, failures } = findResources(session, query).collect();
  const collected = [...failures];
  const grace = flags.number('grace-period');
  for (const info of infos) {
    deleteOne(session, info, {
      gracePeriodSeconds: grace === 0 ? 1 : grace,
      force: false,
      propagationPolicy: cascadeOf(session),
      dryRun: 'none',
      ignoreNotFound: true,
      short: flags.text('output') === 'name',
      quiet: false,
    });
  }
  const timeoutMs = flags.number('timeout') || defaultTimeoutMs;
  for (const info of infos) yield* waitUntilGone(session, info, session.nowMs() + timeoutMs);
  for (const info of infos) {
    const { object } = withAnnotation(session, info);
    try {
      output.out(print(createObject(session, { ...info, object }, style)));
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      collected.push(thrown);
    }
  }
  throwCollected(collected);
  if (infos.length === 0) throw new Failure('no objects passed to replace');
  return 0;
}

function* waitUntilGone(session: Session, info: Info, untilMs: number): Blocking<void> {
  for (;;) {
    try {
      session.api.request({ verb: 'get', ...requestPath(info) });
    } catch (thrown) {
      if (isNotFound(thrown)) return;
      throw thrown;
    }
    if (session.nowMs() >= untilMs) throw new Failure('timed out waiting for the condition');
    yield* session.output.flush();
    yield* session.process.sleep(pollMs);
  }
}
