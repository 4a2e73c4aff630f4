// Statuses that a kubelet's streams end or are refused with.
import type { Status } from '../../api/generated/types.ts';
import type { ExitStatus } from '../../kernel/types.ts';

function failure(code: number, reason: string, message: string): Status {
  return {
    apiVersion: 'v1',
    kind: 'Status',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  };
}

export const success: Status = {
  apiVersion: 'v1',
  kind: 'Status',
  metadata: {},
  status: 'Success',
};

export function badRequest(message: string): Status {
  return failure(400, 'BadRequest', message);
}

export function notFound(message: string): Status {
  return failure(404, 'NotFound', message);
}

/** 500, with the words every such answer begins with. */
export function internalError(message: string): Status {
  return failure(500, 'InternalError', `Internal error occurred: ${message}`);
}

/** The API server could not reach the kubelet: a plain error without a reason of its own. */
export function unreachable(message: string): Status {
  return failure(500, '', message);
}

/** How an exec ended, as channel 3 tells it. */
export function exitStatus({ code }: ExitStatus): Status {
  if (code === 0) return success;
  return {
    ...failure(
      500,
      'NonZeroExitCode',
      `command terminated with non-zero exit code: exit status ${code}`,
    ),
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}
