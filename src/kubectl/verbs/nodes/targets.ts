// The nodes that cordon, uncordon and drain are about (kubectl/pkg/cmd/drain).
import { parseSelector } from '#sim/api/selector.ts';
import { Failure } from '../../failure.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import type { Session } from '../../session.ts';

/** All nodes that are named or selected; one that is missing ends the command before anything is done. */
export function targetNodes(session: Session): readonly Info[] {
  const { args, flags, command } = session;
  const selector = flags.text('selector');
  if (args.length === 0 && !flags.given('selector')) {
    throw session.usage(`USAGE: ${command.name} NODE [flags]`);
  }
  if (args.length > 0 && selector !== '') {
    throw session.usage('error: cannot specify both a node name and a --selector option');
  }
  if (flags.has('pod-selector')) {
    const parsed = parseSelector(flags.text('pod-selector'));
    if (!parsed.ok) {
      throw new Failure('--pod-selector=<pod_selector> must be a valid label selector');
    }
  }
  const infos: Info[] = [];
  findResources(session, {
    args: args.length > 0 || selector === '' ? args : ['nodes'],
    selector,
    defaultType: args.length > 0 ? 'nodes' : undefined,
    continueOnError: false,
  }).visit((info) => {
    if (info.mapping.kind !== 'Node') {
      const { group, version, resource: plural } = info.mapping;
      const resource = `${group}/${version}, Resource=${plural}`;
      throw new Failure(`error: expected resource of type node, got ${JSON.stringify(resource)}`);
    }
    infos.push(info);
  });
  return infos;
}
