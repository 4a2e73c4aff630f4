// `kubectl apply --server-side`: the server merges and keeps account of who manages what.
import type { Info } from '../../resources/info.ts';
import { Failure, StatusFailure } from '../../failure.ts';
import type { Session } from '../../session.ts';
import type { WriteStyle } from '../common/write.ts';
import { patchObject } from '../common/write.ts';
import type { Applied } from './apply.ts';

const advice = `
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

export function applyThere(session: Session, info: Info, style: WriteStyle): Applied {
  try {
    const type = 'application/apply-patch+yaml';
    const object = patchObject(session, info, info.object, type, style);
    return { operation: 'serverside-applied', object };
  } catch (thrown) {
    if (!(thrown instanceof StatusFailure) || thrown.status.reason !== 'Conflict') throw thrown;
    throw new Failure(`${thrown.status.message ?? ''}${advice}`);
  }
}
