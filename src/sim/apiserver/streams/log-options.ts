// What `pods/NAME/log` may be asked (pkg/apis/core/validation ValidatePodLogOptions).
import type { Status } from '../../api/generated/types.ts';
import type { FieldError } from '../../api/messages.ts';
import { forbidden, invalid, invalidStatus } from '../../api/messages.ts';
import type { PodLogOptions } from '../streaming.ts';

/** The refusal, or undefined when the options are fine. */
export function checkLogOptions(pod: string, options: PodLogOptions): Status | undefined {
  const { tailLines, limitBytes, sinceSeconds, sinceTime } = options;
  const errors: FieldError[] = [];
  if (tailLines !== undefined && tailLines < 0) {
    errors.push(invalid('tailLines', tailLines, 'must be greater than or equal to 0'));
  }
  if (limitBytes !== undefined && limitBytes < 1) {
    errors.push(invalid('limitBytes', limitBytes, 'must be greater than 0'));
  }
  if (sinceSeconds !== undefined && sinceTime !== undefined) {
    errors.push(forbidden('', 'at most one of `sinceTime` or `sinceSeconds` may be specified'));
  } else if (sinceSeconds !== undefined && sinceSeconds < 1) {
    errors.push(invalid('sinceSeconds', sinceSeconds, 'must be greater than 0'));
  }
  return errors.length === 0 ? undefined : invalidStatus('PodLogOptions', '', pod, errors);
}
