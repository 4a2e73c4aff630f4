// The body of a DELETE.
import type { Status } from '../../api/generated/types.ts';
import { invalidStatus, notSupported } from '../../api/messages.ts';
import type { DeleteOptions } from '../types.ts';

type Parsed =
  | { readonly ok: true; readonly options: DeleteOptions; readonly dryRun: boolean }
  | { readonly ok: false; readonly status: Status };

interface Body {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: string;
  readonly orphanDependents?: boolean;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: readonly string[];
}

const policies = ['Foreground', 'Background', 'Orphan'] as const;

/** Reads DeleteOptions; a missing body asks for the defaults. */
export function parseDeleteOptions(given: unknown): Parsed {
  const body = (typeof given === 'object' && given !== null ? given : {}) as Body;
  const { gracePeriodSeconds, preconditions } = body;
  const policy = policies.find((known) => known === body.propagationPolicy);
  if (body.propagationPolicy !== undefined && policy === undefined) {
    const cause = notSupported('propagationPolicy', body.propagationPolicy, [...policies, 'nil']);
    return { ok: false, status: invalidStatus('DeleteOptions', 'meta.k8s.io', '', [cause]) };
  }
  const orphans = body.orphanDependents;
  const legacy = orphans === undefined ? undefined : orphans ? 'Orphan' : 'Background';
  const options: DeleteOptions = {
    gracePeriodSeconds: typeof gracePeriodSeconds === 'number' ? gracePeriodSeconds : undefined,
    propagationPolicy: policy ?? legacy,
    preconditions,
  };
  return { ok: true, options, dryRun: body.dryRun?.includes('All') === true };
}
