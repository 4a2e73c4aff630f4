// `kubectl rollout undo` (kubectl/pkg/polymorphichelpers/rollback.go).
import type { ControllerRevision, Deployment } from '#sim/api/generated/types.ts';
import { toCompactJson } from '#sim/api/json-out.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { deepEqual } from '#sim/api/patch.ts';
import { Failure } from '../../failure.ts';
import { omit } from '../../omit.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { apiVersionOf, groupKind } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import type { DryRun } from '../common/dry-run.ts';
import { dryRunOf, dryRunSuffix } from '../common/dry-run.ts';
import { fileQuery } from '../common/files.ts';
import { patchObject } from '../common/write.ts';
import { templateText } from './history.ts';
import type { Revision } from './revisions.ts';
import { atRevision, chosenRevision, revisionsOf } from './revisions.ts';
import { requireTarget } from './target.ts';

/** Annotations that belong to the Deployment or its ReplicaSets themselves. */
const ownAnnotations = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];

export function rolloutUndo(session: Session): number {
  const { flags, args, output } = session;
  requireTarget(session);
  const dryRun = dryRunOf(session);
  const toRevision = flags.number('to-revision');
  findResources(session, {
    args,
    ...fileQuery(session),
    selector: flags.text('selector'),
    listsTypes: true,
    latest: true,
  }).visit((found) => {
    const { mapping } = found;
    const object = { ...found.object, kind: mapping.kind, apiVersion: apiVersionOf(mapping) };
    const info = { ...found, object };
    const result = rollBack(session, info, toRevision, dryRun);
    const operation = `${result}${dryRunSuffix(dryRun)}`;
    output.out(printerFor(session, { operation })(object));
  });
  return 0;
}

function rollBack(session: Session, info: Info, toRevision: number, dryRun: DryRun): string {
  const { kind } = info.mapping;
  const all = revisionsOf(session, info);
  if (all === undefined) {
    throw new Failure(
      `no rollbacker has been implemented for ${JSON.stringify(groupKind(info.mapping))}`,
    );
  }
  if (toRevision < 0)
    throw new Failure(`unable to find specified revision ${toRevision} in history`);
  const revision = chosenRevision(all, toRevision, info.name, kind);
  if (dryRun === 'client') {
    const head = kind === 'Deployment' ? '' : 'will roll back to ';
    return `${head}${templateText(revision.template)}`;
  }
  const skipped = `skipped rollback (current template already matches revision ${toRevision})`;
  if (kind === 'Deployment') return rollBackDeployment(session, info, revision, dryRun, skipped);
  const before = info.object;
  const after = atRevision(before, revision.source as unknown as ControllerRevision);
  if (toCompactJson(after['spec']) === toCompactJson(before['spec'])) return skipped;
  const patch = (revision.source as unknown as ControllerRevision).data;
  patchObject(session, info, patch, 'application/strategic-merge-patch+json', { dryRun });
  return 'rolled back';
}

function rollBackDeployment(
  session: Session,
  info: Info,
  { source }: Revision,
  dryRun: DryRun,
  skipped: string,
): string {
  const { metadata = {}, spec } = info.object as Deployment;
  if (spec?.paused === true) {
    throw new Failure(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  const template = withoutHash((source as KubeObject & Deployment).spec?.template);
  if (deepEqual(template, withoutHash(spec?.template))) return skipped;
  const kept = Object.entries(metadata.annotations ?? {}).filter(([key]) =>
    ownAnnotations.includes(key),
  );
  const old = Object.entries(source.metadata?.annotations ?? {}).filter(
    ([key]) => !ownAnnotations.includes(key),
  );
  const patch = [
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'replace', path: '/metadata/annotations', value: Object.fromEntries([...kept, ...old]) },
  ];
  patchObject(session, info, patch, 'application/json-patch+json', { dryRun });
  return 'rolled back';
}

function withoutHash(template: unknown): object {
  const { metadata = {}, ...rest } = (template ?? {}) as {
    metadata?: { labels?: Readonly<Record<string, string>> };
  };
  const labels = omit(metadata.labels ?? {}, 'pod-template-hash');
  return { ...rest, metadata: { ...metadata, labels } };
}
