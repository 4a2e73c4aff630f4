// Rules for paths inside volumes (pkg/apis/core/validation/validation.go).
import { invalid, type FieldError } from '../messages.ts';

/** No part of the path may be `..`. */
export function noBacksteps(field: string, path: string): readonly FieldError[] {
  return path.split('/').includes('..') ? [invalid(field, path, "must not contain '..'")] : [];
}

/** A path that stays in its folder. */
export function descendingPath(field: string, path: string): readonly FieldError[] {
  return [
    ...(path.startsWith('/') ? [invalid(field, path, 'must be a relative path')] : []),
    ...noBacksteps(field, path),
  ];
}

/** The same, and it may not begin as the kubelet's own files do. */
export function localPath(field: string, path: string): readonly FieldError[] {
  const isReserved = path.startsWith('..') && !path.startsWith('../');
  return [
    ...descendingPath(field, path),
    // `..` itself was named already, and is named again: the server does so too.
    ...(isReserved ? [invalid(field, path, "must not start with '..'")] : []),
  ];
}

export function fileMode(field: string, mode: number | undefined): readonly FieldError[] {
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return [];
  return [invalid(field, mode, 'must be a number between 0 and 0777 (octal), both inclusive')];
}
