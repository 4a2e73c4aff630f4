// Answers that are not objects: the Status of apimachinery/pkg/api/errors, with its own words.
import type { Status, StatusCause } from '../api/generated/types.ts';
import type { Resource } from '../api/kinds.ts';
import { groupResource } from '../api/kinds.ts';
import { quoted } from '../api/messages.ts';

/** Enough of a resource to name it in a message. */
export type Named = Pick<Resource, 'group' | 'plural'>;

type Details = NonNullable<Status['details']>;

/** A refusal. */
export function failure(code: number, reason: string, message: string, details?: Details): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === '' ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code,
  };
}

/** What a request without an object to return answers. */
export function success(details?: Details): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    ...(details === undefined ? {} : { details }),
  };
}

function detailsOf(named: Named, name: string, extra?: Partial<Details>): Details {
  return {
    ...(name === '' ? {} : { name }),
    ...(named.group === '' ? {} : { group: named.group }),
    kind: named.plural,
    ...extra,
  };
}

export function notFound(named: Named, name: string): Status {
  return failure(
    404,
    'NotFound',
    `${groupResource(named)} ${quoted(name)} not found`,
    detailsOf(named, name),
  );
}

/** A path under which nothing is served. */
export function noSuchPath(): Status {
  return failure(404, 'NotFound', 'the server could not find the requested resource', {});
}

export function alreadyExists(named: Named, name: string): Status {
  return failure(
    409,
    'AlreadyExists',
    `${groupResource(named)} ${quoted(name)} already exists`,
    detailsOf(named, name),
  );
}

export function conflict(named: Named, name: string, why: string): Status {
  return failure(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${groupResource(named)} ${quoted(name)}: ${why}`,
    detailsOf(named, name),
  );
}

/** The conflict of optimistic concurrency (registry/generic/registry/store.go, OptimisticLockErrorMsg). */
export function modified(named: Named, name: string): Status {
  return conflict(
    named,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

export function forbidden(
  named: Named,
  name: string,
  why: string,
  causes?: readonly StatusCause[],
): Status {
  const subject = name === '' ? groupResource(named) : `${groupResource(named)} ${quoted(name)}`;
  return failure(
    403,
    'Forbidden',
    `${subject} is forbidden: ${why}`,
    detailsOf(named, name, causes === undefined ? {} : { causes }),
  );
}

export function badRequest(message: string): Status {
  return failure(400, 'BadRequest', message);
}

export function internalError(why: string): Status {
  return failure(500, 'InternalError', `Internal error occurred: ${why}`, {
    causes: [{ message: why }],
  });
}

export function methodNotAllowed(named: Named, action: string): Status {
  return failure(
    405,
    'MethodNotAllowed',
    `${action} is not supported on resources of kind ${quoted(groupResource(named))}`,
    detailsOf(named, ''),
  );
}

/** 410: the history no longer reaches back to what was asked for. */
export function expired(message: string): Status {
  return failure(410, 'Expired', message);
}

/** 501, the simulator's own: a real server would serve this, this one does not, and says so. */
export function notModelled(message: string): Status {
  return failure(501, 'NotImplemented', message);
}
