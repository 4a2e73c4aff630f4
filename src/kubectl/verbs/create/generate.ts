// What all generators of `kubectl create` share: one name, dry runs, how they fail and what they print.
import type { KubeObject } from '#sim/api/objects.ts';
import { Failure, StatusFailure } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import type { Info } from '../../resources/info.ts';
import { metadataOf } from '../../resources/info.ts';
import { mappingOfKind } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { dryRunOf, dryRunSuffix, fieldValidationOf } from '../common/dry-run.ts';
import { withLastApplied } from '../common/last-applied.ts';
import { createObject } from '../common/write.ts';

/** The one NAME before `--`. */
export function nameOfArgs(session: Session): string {
  const { args, dashAt } = session;
  const count = dashAt < 0 ? args.length : dashAt;
  const [name] = args;
  if (count === 1 && name !== undefined) return name;
  throw session.usage(`exactly one NAME is required, got ${count}`);
}

/** The words after `--`, or after the name. */
export function commandOfArgs({ args, dashAt }: Session): readonly string[] {
  return dashAt < 0 ? [] : args.slice(dashAt);
}

/**
 * Creates an object that the command made, or only shows it.
 * @param what how a refusal begins (`deployment`: `failed to create deployment: ...`); undefined hands it on as it is
 */
export function createGenerated(
  session: Session,
  object: KubeObject,
  what: string | undefined,
): number {
  const { flags, output } = session;
  const dryRun = dryRunOf(session);
  const fieldValidation = fieldValidationOf(session);
  const print = printerFor(session, { operation: `created${dryRunSuffix(dryRun)}`, typed: true });
  const saved = flags.bool('save-config') ? withLastApplied(object, true) : object;
  const mapping = mappingOfKind(session.resources(), object);
  if (mapping === undefined) throw new Failure(`no matches for kind "${object.kind ?? ''}"`);
  if (dryRun === 'client') {
    output.out(print(saved));
    return 0;
  }
  const name = metadataOf(object).name ?? '';
  const info: Info = { mapping, namespace: session.namespace, name, source: '', object: saved };
  const fieldManager = flags.text('field-manager');
  try {
    output.out(print(createObject(session, info, { dryRun, fieldManager, fieldValidation })));
  } catch (thrown) {
    if (what === undefined || !(thrown instanceof StatusFailure)) throw thrown;
    throw new Failure(`failed to create ${what}: ${thrown.status.message ?? ''}`);
  }
  return 0;
}
