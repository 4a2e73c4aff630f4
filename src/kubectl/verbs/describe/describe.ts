// `kubectl describe` (kubectl/pkg/cmd/describe/describe.go).
import { describerOf } from '../../describe/describers.ts';
import { Failure, isFailure, isNotFound, throwCollected } from '../../failure.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { requestPath } from '../../resources/info.ts';
import { apiVersionOf } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { fileQuery } from '../common/files.ts';

const nothingAsked =
  'You must specify the type of resource to describe. ' +
  'Use "kubectl api-resources" for a complete list of supported resources.';

export function describe(session: Session): number {
  const { args, flags, output } = session;
  const hasFiles = flags.list('filename').length > 0 || flags.text('kustomize') !== '';
  if (args.length === 0 && !hasFiles) throw new Failure(nothingAsked);
  const resources = findResources(session, {
    args,
    ...fileQuery(session),
    selector: flags.text('selector'),
    allNamespaces: flags.bool('all-namespaces'),
    listsTypes: true,
    limit: flags.number('chunk-size'),
  });
  const { infos, failures } = resources.collect();
  const [failure] = failures;
  if (failures.length === 1 && isNotFound(failure) && args.length === 2) {
    return describeMatching(session, failure, args[0] ?? '', args[1] ?? '');
  }
  const collected = [...failures];
  let count = 0;
  for (const info of infos) {
    try {
      const text = describeOne(session, info);
      output.out(count === 0 ? text : `\n\n${text}`);
      count += 1;
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      collected.push(thrown);
    }
  }
  if (infos.length === 0 && collected.length === 0) {
    const where = ` in ${session.namespace} namespace.`;
    output.errLine(`No resources found${flags.bool('all-namespaces') ? '' : where}`);
  }
  throwCollected(collected);
  return 0;
}

/** The object is read once more, as the real client's describers do. */
function describeOne(session: Session, info: Info): string {
  const object = session.api.request({ verb: 'get', ...requestPath(info) });
  const { kind } = info.mapping;
  return describerOf(kind)(session, { ...object, kind, apiVersion: apiVersionOf(info.mapping) });
}

/** No object has the name, but some may begin with it. */
function describeMatching(session: Session, failure: Error, type: string, prefix: string): number {
  const { infos } = findResources(session, {
    args: [type],
    listsTypes: true,
    allNamespaces: session.flags.bool('all-namespaces'),
  }).collect();
  let found = false;
  for (const info of infos) {
    if (!info.name.startsWith(prefix)) continue;
    found = true;
    session.output.out(`${describeOne(session, info)}\n`);
  }
  if (!found) throw failure;
  return 0;
}
