// What the rollout commands share: something must be named.
import { Failure } from '../../failure.ts';
import type { Session } from '../../session.ts';

export function requireTarget({ args, flags }: Session): void {
  const hasFiles = flags.list('filename').length > 0 || flags.text('kustomize') !== '';
  if (args.length === 0 && !hasFiles) throw new Failure('required resource not specified');
}
