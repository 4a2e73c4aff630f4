// Answers as ApiResponse: one shape for objects, lists, Tables and refusals.
import type { KubeObject } from '../../api/objects.ts';
import type { Status } from '../../api/generated/types.ts';
import type { ApiResponse } from '../types.ts';

export function answer(
  body: KubeObject,
  code = 200,
  warnings: readonly string[] = [],
): ApiResponse {
  return { code, body, warnings };
}

export function refuse(status: Status, warnings: readonly string[] = []): ApiResponse {
  return { code: status.code ?? 500, body: status as unknown as KubeObject, warnings };
}
