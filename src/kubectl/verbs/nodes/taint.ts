// `kubectl taint` (kubectl/pkg/cmd/taint).
import type { Node, Taint } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { createTwoWayMergePatch } from '#sim/api/patch.ts';
import { Failure, throwCollected } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import type { Session } from '../../session.ts';
import { dryRunOf } from '../common/dry-run.ts';
import { madePatch } from '../common/patches.ts';
import { patchObject } from '../common/write.ts';
import type { TaintChanges } from './taint-specs.ts';
import { formatTaint, isTaintSpec, parseTaints, sameTaint } from './taint-specs.ts';

function splitArgs(args: readonly string[]): {
  readonly resources: readonly string[];
  readonly specs: readonly string[];
} {
  const first = args.findIndex(isTaintSpec);
  const resources = first < 0 ? args : args.slice(0, first);
  const specs = first < 0 ? [] : args.slice(first);
  const stray = specs.find((word) => !isTaintSpec(word));
  if (stray !== undefined) {
    throw new Failure(`all resources must be specified before taint changes: ${stray}`);
  }
  if (resources.length === 0) {
    throw new Failure('one or more resources must be specified as <resource> <name>');
  }
  if (specs.length === 0) throw new Failure('at least one taint update is required');
  return { resources, specs };
}

function validate(session: Session, resources: readonly string[], changes: TaintChanges): void {
  const { flags } = session;
  const type = resources[0]?.toLowerCase() ?? '';
  if (!['no', 'node', 'nodes'].includes(type)) {
    throw new Failure(`invalid resource type ${resources[0] ?? ''}, only node types are supported`);
  }
  const both = changes.remove.filter(({ key, effect }) =>
    changes.add.some((taint) => taint.key === key && (effect === '' || effect === taint.effect)),
  );
  if (both.length > 0) {
    const texts = both.map(({ key, effect }) => `${key}=${effect}`).join(', ');
    throw new Failure(
      `can not both modify and remove the following taint(s) in the same command: ${texts}`,
    );
  }
  if (resources.length < 2 && !flags.bool('all') && flags.text('selector') === '') {
    throw new Failure(
      "at least one resource name must be specified since 'all' parameter is not set",
    );
  }
}

export function taint(session: Session): number {
  const { flags } = session;
  const dryRun = dryRunOf(session);
  const { resources, specs } = splitArgs(session.args);
  const changes = parseTaints(specs);
  if (typeof changes === 'string') throw session.usage(changes);
  validate(session, resources, changes);
  const many = flags.bool('all') || flags.text('selector') !== '';
  const names = resources.slice(1);
  findResources(session, {
    args: many ? ['nodes'] : names,
    defaultType: many ? undefined : 'nodes',
    selector: flags.text('selector'),
    all: flags.bool('all'),
    latest: true,
  }).visit((info) => {
    const node = info.object;
    const { operation, taints } = changedTaints(session, info, changes);
    const style = { dryRun, fieldManager: flags.text('field-manager') };
    const spec = { ...(node as unknown as Node).spec, taints };
    const changed = { ...node, spec } as KubeObject;
    let result = changed;
    if (dryRun !== 'client') {
      const patch = madePatch(createTwoWayMergePatch('Node', node, changed));
      const type = 'application/strategic-merge-patch+json';
      result = patchObject(session, info, patch, type, style);
    }
    session.output.out(printerFor(session, { operation })(result));
  });
  return 0;
}

/** The taints of a node after the change, and the word for it. */
function changedTaints(
  session: Session,
  { object, name }: Info,
  { add, remove }: TaintChanges,
): { readonly operation: string; readonly taints: readonly Taint[] | undefined } {
  const old = (object as unknown as Node).spec?.taints ?? [];
  const overwrite = session.flags.bool('overwrite');
  if (!overwrite) {
    const keys = add.filter((one) => old.some((other) => sameTaint(one, other)));
    if (keys.length > 0) {
      const list = keys.map(({ key }) => key).join(',');
      throw new Failure(
        `node ${name} already has ${list} taint(s) with same effect(s) and --overwrite is false`,
      );
    }
  }
  let taints = [...add, ...old.filter((other) => !add.some((one) => sameTaint(one, other)))];
  const added = taints.length !== old.length;
  const failures: Error[] = [];
  let removed = false;
  for (const gone of remove) {
    const kept = taints.filter(
      ({ key, effect }) => key !== gone.key || (gone.effect !== '' && effect !== gone.effect),
    );
    if (kept.length === taints.length) {
      failures.push(new Failure(`taint ${JSON.stringify(formatTaint(gone))} not found`));
    } else removed = true;
    taints = kept;
  }
  throwCollected(failures);
  const once = added ? 'tainted' : 'untainted';
  const operation = (added && removed) || overwrite ? 'modified' : once;
  return { operation, taints: taints.length > 0 ? taints : undefined };
}
