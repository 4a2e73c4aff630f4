// `kubectl set serviceaccount` and `kubectl set selector`.
import { Failure } from '../../failure.ts';
import type { Session } from '../../session.ts';
import { changeAll, targetsOf, withPodSpec } from './change.ts';

export function setServiceAccount(session: Session): number {
  const { args } = session;
  const name = args.at(-1);
  if (name === undefined) throw new Failure('serviceaccount is required');
  const infos = targetsOf(session, args.slice(0, -1));
  return changeAll(
    session,
    infos,
    (info) => withPodSpec(info, (spec) => ({ ...spec, serviceAccountName: name })),
    {
      operation: 'serviceaccount updated',
      refusal: 'failed to patch ServiceAccountName ',
    },
  );
}

export function setSelector(session: Session): number {
  const { args, flags } = session;
  const expression = args.at(-1) ?? '';
  const selector: Record<string, string> = {};
  for (const pair of expression.split(',')) {
    const [key = '', value, ...more] = pair.split('=');
    if (value === undefined || more.length > 0) {
      throw new Failure(
        `one or more resources must be specified as <resource> <name> or <resource>/<name>`,
      );
    }
    selector[key] = value;
  }
  const version = flags.text('resource-version');
  const infos = targetsOf(session, args.slice(0, -1));
  return changeAll(
    session,
    infos,
    ({ object, mapping }) => {
      if (mapping.kind !== 'Service') {
        throw new Failure('setting a selector is only supported for Services');
      }
      const spec = (object['spec'] ?? {}) as object;
      const metadata =
        version === '' ? object.metadata : { ...object.metadata, resourceVersion: version };
      return { ...object, metadata, spec: { ...spec, selector } };
    },
    { operation: 'selector updated', refusal: '', always: true },
  );
}
