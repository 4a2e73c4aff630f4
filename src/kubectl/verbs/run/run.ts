// `kubectl run` (kubectl/pkg/cmd/run/run.go): makes a Pod, and may attach to it until it ends.
import type { Pod } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import type { Info } from '../../resources/info.ts';
import { metadataOf } from '../../resources/info.ts';
import { mappingOfKind } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { cascadeOf } from '../common/cascade.ts';
import type { DryRun } from '../common/dry-run.ts';
import { dryRunOf, dryRunSuffix } from '../common/dry-run.ts';
import { withLastApplied } from '../common/last-applied.ts';
import { overridden } from '../common/overrides.ts';
import { createObject } from '../common/write.ts';
import { deleteOne } from '../delete/delete.ts';
import { attachToRun } from './attach.ts';
import { checkImage, runPod, runService } from './pod.ts';

function validate(session: Session, dryRun: DryRun): void {
  const { args, dashAt, flags } = session;
  if (args.length === 0 || dashAt === 0) throw session.usage('NAME is required for run');
  checkImage(flags.text('image'));
  if (flags.bool('tty') && !flags.bool('stdin')) {
    throw session.usage('-i/--stdin is required for containers with -t/--tty=true');
  }
  if (flags.bool('expose') && flags.text('port') === '') {
    throw session.usage('--port must be set when exposing a service');
  }
  const restart = flags.text('restart');
  if (!['', 'Always', 'OnFailure', 'Never'].includes(restart)) {
    throw session.usage(`invalid restart policy: ${restart}`);
  }
  const attaches = attachWanted(session);
  if (!attaches && flags.bool('rm')) {
    throw session.usage('--rm should only be used for attached containers');
  }
  if (attaches && dryRun !== 'none') {
    throw session.usage(
      "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    );
  }
  const policy = flags.text('image-pull-policy');
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(policy)) {
    throw session.usage(`invalid image pull policy: ${policy}`);
  }
}

const attachWanted = ({ flags }: Session): boolean =>
  flags.given('attach') ? flags.bool('attach') : flags.bool('stdin');

/** Sends an object that this command made, unless it is only to be shown. */
function send(session: Session, object: KubeObject, dryRun: DryRun): Info {
  const mapping = mappingOfKind(session.resources(), object);
  if (mapping === undefined) throw new Failure(`no matches for kind "${object.kind ?? ''}"`);
  const saved = session.flags.bool('save-config') ? withLastApplied(object, true) : object;
  const name = metadataOf(object).name ?? '';
  const info: Info = { mapping, namespace: session.namespace, name, source: '', object: saved };
  if (dryRun === 'client') return info;
  const fieldManager = session.flags.text('field-manager');
  return { ...info, object: createObject(session, info, { dryRun, fieldManager }) };
}

export function* run(session: Session): Blocking<number> {
  const { args, flags, output } = session;
  const dryRun = dryRunOf(session);
  validate(session, dryRun);
  const [name = '', ...words] = args;
  const print = printerFor(session, { operation: `created${dryRunSuffix(dryRun)}`, typed: true });
  const pod = send(session, overridden(session, runPod(session, name, words)), dryRun);
  const created = [pod];
  if (flags.bool('expose')) {
    const service = send(session, runService(session, name), dryRun);
    created.push(service);
    output.out(print(service.object));
    if (flags.text('output') === 'yaml') output.out('---\n');
  }
  if (!attachWanted(session)) {
    output.out(print(pod.object));
    return 0;
  }
  try {
    yield* attachToRun(session, pod.object as Pod);
  } finally {
    if (flags.bool('rm')) for (const one of created) remove(session, one);
  }
  return 0;
}

/** Takes away what the command made; its end is not waited for. */
function remove(session: Session, info: Info): void {
  deleteOne(session, info, {
    gracePeriodSeconds: -1,
    force: false,
    propagationPolicy: cascadeOf(session),
    dryRun: 'none',
    ignoreNotFound: true,
    short: false,
    quiet: session.flags.bool('quiet'),
  });
}
