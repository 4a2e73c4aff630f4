// `kubectl label` and `kubectl annotate` (kubectl/pkg/cmd/label, .../annotate).
import { toCompactJson } from '#sim/api/json-out.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { createMergePatch } from '#sim/api/patch.ts';
import { parseGroupVersion } from '#sim/apiserver/discovery/catalog.ts';
import { Failure } from '../../failure.ts';
import { omit } from '../../omit.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { metadataOf } from '../../resources/info.ts';
import type { Session } from '../../session.ts';
import type { DryRun } from '../common/dry-run.ts';
import { dryRunOf, dryRunSuffix } from '../common/dry-run.ts';
import { fileQuery } from '../common/files.ts';
import { patchObject } from '../common/write.ts';
import type { Changes } from './pairs.ts';
import { parseAnnotations, parseLabels, splitPairs } from './pairs.ts';

type Map = Readonly<Record<string, string>>;

/** What tells the two commands apart. */
interface Kind {
  readonly what: 'label' | 'annotation';
  readonly plural: 'labels' | 'annotations';
  readonly parse: (pairs: readonly string[]) => Changes;
  /** What is wrong when a value would be overwritten, or undefined. */
  readonly refuse: (taken: readonly (readonly [string, string])[]) => string;
  /** The word for what was done, from the objects before and after. */
  readonly operation: (before: string, after: string, overwrite: boolean) => string;
}

const taken = ([key, value]: readonly [string, string]): string =>
  `'${key}' already has a value (${value})`;

const labels: Kind = {
  what: 'label',
  plural: 'labels',
  parse: parseLabels,
  refuse: ([first]) => `${first === undefined ? '' : taken(first)}, and --overwrite is false`,
  operation: (before, after, overwrite) => {
    if (before === after) return 'not labeled';
    const shorter = after.length < before.length;
    return shorter && !overwrite ? 'unlabeled' : 'labeled';
  },
};

const annotations: Kind = {
  what: 'annotation',
  plural: 'annotations',
  parse: parseAnnotations,
  refuse: (all) =>
    `--overwrite is false but found the following declared annotation(s): ${all.map(taken).join('; ')}`,
  operation: () => 'annotated',
};

export const label = (session: Session): number => change(session, labels);
export const annotate = (session: Session): number => change(session, annotations);

function validate(
  session: Session,
  resources: readonly string[],
  changes: Changes,
  kind: Kind,
): void {
  const { flags } = session;
  const hasFiles = flags.list('filename').length > 0 || flags.text('kustomize') !== '';
  if (flags.bool('all') && flags.text('selector') !== '') {
    throw new Failure('cannot set --all and --selector at the same time');
  }
  if (flags.bool('all') && flags.text('field-selector') !== '') {
    throw new Failure('cannot set --all and --field-selector at the same time');
  }
  if (flags.bool('local')) {
    const example = kind.what === 'label' ? 'pod' : 'rsrc';
    if (resources.length > 0) {
      throw new Failure(
        `can only use local files by -f ${example}.yaml or --filename=${example}.json when --local=true is set`,
      );
    }
    if (!hasFiles) {
      throw new Failure(
        `one or more files must be specified as -f ${example}.yaml or --filename=${example}.json`,
      );
    }
  } else if (resources.length === 0 && !hasFiles) {
    throw new Failure(
      'one or more resources must be specified as <resource> <name> or <resource>/<name>',
    );
  }
  if (changes.set.size + changes.remove.length === 0 && !flags.bool('list')) {
    throw new Failure(`at least one ${kind.what} update is required`);
  }
}

function change(session: Session, kind: Kind): number {
  const { flags } = session;
  const { resources: args, pairs } = splitPairs(session.args, kind.what);
  const changes = kind.parse(pairs);
  const dryRun = dryRunOf(session);
  validate(session, args, changes, kind);
  const local = flags.bool('local');
  const resources = findResources(session, {
    args,
    ...fileQuery(session),
    selector: flags.text('selector'),
    fieldSelector: flags.text('field-selector'),
    all: flags.bool('all'),
    allNamespaces: flags.bool('all-namespaces'),
    latest: !local,
    local,
  });
  if (flags.text('resource-version') !== '' && !resources.single) {
    throw new Failure('--resource-version may only be used with a single resource');
  }
  resources.visit((info) => {
    if (flags.bool('list')) list(session, info, kind, resources.single);
    else changeOne(session, info, changes, kind, dryRun);
  });
  return 0;
}

function list(session: Session, { object, mapping }: Info, kind: Kind, single: boolean): void {
  const { output } = session;
  const indent = single ? '' : ' ';
  const { name = '' } = metadataOf(object);
  if (!single) {
    const { group } = parseGroupVersion(object.apiVersion ?? '');
    output.line(`Listing ${kind.plural} for ${mapping.kind}.${group}/${name}:`);
  }
  const map = metadataOf(object)[kind.plural] ?? {};
  for (const key of Object.keys(map).sort()) output.line(`${indent}${key}=${map[key] ?? ''}`);
}

/** The labels or annotations after the change; fails where a value would be lost. */
function changed(session: Session, old: Map, { set, remove }: Changes, kind: Kind): Map {
  if (!session.flags.bool('overwrite')) {
    const lost = [...set].flatMap(([key, value]) => {
      const present = old[key];
      return present === undefined || present === value ? [] : [[key, present] as const];
    });
    if (lost.length > 0) throw new Failure(kind.refuse(lost));
  }
  if (kind.what === 'label') {
    for (const key of remove) {
      if (!Object.hasOwn(old, key)) session.output.line(`label ${JSON.stringify(key)} not found.`);
    }
  }
  const kept = Object.entries(old).filter(([key]) => !remove.includes(key));
  return Object.fromEntries([...kept, ...set]);
}

function withChanges(
  session: Session,
  object: KubeObject,
  changes: Changes,
  kind: Kind,
): KubeObject {
  const metadata = metadataOf(object);
  const map = changed(session, metadata[kind.plural] ?? {}, changes, kind);
  const version = session.flags.text('resource-version');
  return {
    ...object,
    metadata: {
      ...omit(metadata, kind.plural),
      ...(Object.keys(map).length === 0 ? {} : { [kind.plural]: map }),
      ...(version === '' ? {} : { resourceVersion: version }),
    },
  };
}

function changeOne(
  session: Session,
  info: Info,
  changes: Changes,
  kind: Kind,
  dryRun: DryRun,
): void {
  const { flags, output } = session;
  const wanted = withChanges(session, info.object, changes, kind);
  const before = toCompactJson(info.object);
  const after = toCompactJson(wanted);
  const operation = kind.operation(before, after, flags.bool('overwrite'));
  const print = printerFor(session, { operation: `${operation}${dryRunSuffix(dryRun)}` });
  if (dryRun === 'client' || flags.bool('local')) {
    output.out(print(wanted));
    return;
  }
  const patch = createMergePatch(info.object, wanted);
  const fieldManager = flags.text('field-manager');
  const style = { dryRun, fieldManager };
  output.out(print(patchObject(session, info, patch, 'application/merge-patch+json', style)));
}
