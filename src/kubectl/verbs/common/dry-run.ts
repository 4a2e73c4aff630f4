// `--dry-run` and `--validate` as all writing commands read them (kubectl/pkg/cmd/util/helpers.go).
import type { ApiRequest } from '#sim/apiserver/types.ts';
import { parseBool } from '../../flags/parse-error.ts';
import { Failure } from '../../failure.ts';
import { klogWarning } from '../../klog.ts';
import type { Session } from '../../session.ts';

export type DryRun = 'none' | 'client' | 'server';

/** What is only tried: nothing, here, or by the server. Old ways of asking bring a warning. */
export function dryRunOf(session: Session): DryRun {
  const text = session.flags.text('dry-run');
  if (text === 'unchanged') {
    klogWarning(
      session,
      'helpers.go:703',
      '--dry-run is deprecated and can be replaced with --dry-run=client.',
    );
    return 'client';
  }
  if (text === 'client' || text === 'server' || text === 'none' || text === '')
    return text || 'none';
  const asked = parseBool(text);
  if (typeof asked === 'string') {
    throw new Failure(`Invalid dry-run value (${text}). Must be "none", "server", or "client".`);
  }
  const instead = asked ? 'client' : 'none';
  const message = `--dry-run=${text} is deprecated (boolean value) and can be replaced with --dry-run=${instead}.`;
  klogWarning(session, asked ? 'helpers.go:717' : 'helpers.go:720', message);
  return instead;
}

/** What messages add after the operation. */
export function dryRunSuffix(dryRun: DryRun): string {
  if (dryRun === 'none') return '';
  return dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
}

/** How the server is to take unknown fields. */
export function fieldValidationOf(session: Session): ApiRequest['fieldValidation'] {
  const text = session.flags.text('validate');
  if (text === 'warn') return 'Warn';
  if (text === 'ignore') return 'Ignore';
  if (text === 'strict') return 'Strict';
  const asked = parseBool(text);
  if (typeof asked === 'string') {
    throw new Failure(
      `invalid - validate option ${JSON.stringify(text)}; must be one of: strict (or true), warn, ignore (or false)`,
    );
  }
  return asked ? 'Strict' : 'Ignore';
}
