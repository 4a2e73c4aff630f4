// `kubectl set resources` (kubectl/pkg/cmd/set/set_resources.go).
import type { Container } from '#sim/api/generated/types.ts';
import { Failure } from '../../failure.ts';
import type { Session } from '../../session.ts';
import { parseResourceList } from '../create/generators/policies.ts';
import { changeAll, targetsOf, withPodSpec } from './change.ts';
import { changeSelected, fitsPattern } from './select.ts';

type Amounts = Readonly<Record<string, string>>;

function withAmounts(container: Container, limits: Amounts, requests: Amounts): Container {
  const old = container.resources ?? {};
  const merged = (before: Amounts | undefined, added: Amounts): Amounts | undefined =>
    Object.keys(added).length === 0 ? before : { ...before, ...added };
  return {
    ...container,
    resources: {
      ...old,
      limits: merged(old.limits, limits),
      requests: merged(old.requests, requests),
    },
  };
}

export function setResources(session: Session): number {
  const { flags, args } = session;
  const infos = targetsOf(session, args);
  const [limitText, requestText] = [flags.text('limits'), flags.text('requests')];
  if (limitText === '' && requestText === '') {
    throw new Failure(
      'you must specify an update to requests or limits (in the form of --requests/--limits)',
    );
  }
  const limits = parseResourceList(limitText) ?? {};
  const requests = parseResourceList(requestText) ?? {};
  const pattern = flags.text('containers');
  return changeAll(
    session,
    infos,
    (info) =>
      withPodSpec(info, (spec) => {
        const all = [...spec.containers, ...(spec.initContainers ?? [])];
        if (!all.some(({ name }) => fitsPattern(pattern, name))) {
          throw new Failure(`unable to find container named ${pattern}`);
        }
        const change = (one: Container): Container => withAmounts(one, limits, requests);
        const { initContainers } = spec;
        return {
          ...spec,
          ...(initContainers === undefined
            ? {}
            : { initContainers: changeSelected(initContainers, pattern, change) }),
          containers: changeSelected(spec.containers, pattern, change),
        };
      }),
    {
      operation: 'resource requirements updated',
      refusal: 'failed to patch resources update to pod template ',
    },
  );
}
