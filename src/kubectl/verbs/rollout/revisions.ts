// The revisions of a rollout: ReplicaSets of a Deployment, ControllerRevisions of the others
// (kubectl/pkg/polymorphichelpers/history.go).
import type {
  ControllerRevision,
  Deployment,
  PodTemplateSpec,
  ReplicaSet,
} from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { applyPatch } from '#sim/api/patch.ts';
import type { Kind } from '#sim/api/objects.ts';
import { formatSelector, requirementsOf } from '#sim/api/selector.ts';
import { splitReplicaSets } from '../../describe/replica-sets.ts';
import { Failure } from '../../failure.ts';
import type { Info } from '../../resources/info.ts';
import type { Session } from '../../session.ts';

const changeCause = 'kubernetes.io/change-cause';
const revisionAnnotation = 'deployment.kubernetes.io/revision';

export interface Revision {
  readonly number: number;
  readonly template: PodTemplateSpec | undefined;
  readonly cause: string;
  /** The ReplicaSet or ControllerRevision that holds it. */
  readonly source: KubeObject;
}

function withCause(
  template: PodTemplateSpec | undefined,
  cause: string,
): PodTemplateSpec | undefined {
  if (template === undefined || cause === '') return template;
  const annotations = { ...template.metadata?.annotations, [changeCause]: cause };
  return { ...template, metadata: { ...template.metadata, annotations } };
}

function ofDeployment(session: Session, deployment: Deployment): readonly Revision[] {
  const { current, old } = splitReplicaSets(session, deployment);
  const sets: readonly ReplicaSet[] = current === undefined ? old : [...old, current];
  return sets.flatMap((set) => {
    const { annotations = {} } = set.metadata ?? {};
    const number = Number(annotations[revisionAnnotation] ?? '');
    if (!Number.isInteger(number) || annotations[revisionAnnotation] === undefined) return [];
    const cause = annotations[changeCause] ?? '';
    const template = withCause(set.spec?.template, cause);
    return [{ number, template, cause, source: set as KubeObject }];
  });
}

/** The object as it was in a ControllerRevision. */
export function atRevision(object: KubeObject, { data }: ControllerRevision): KubeObject {
  const type = 'application/strategic-merge-patch+json';
  const result = applyPatch(object.kind as Kind, object, type, data ?? {});
  return result.ok ? (result.object as KubeObject) : object;
}

function ofOwner(session: Session, { object, namespace, mapping }: Info): readonly Revision[] {
  const selector = (object as Deployment).spec?.selector ?? {};
  const list = session.api.request({
    verb: 'list',
    group: 'apps',
    version: 'v1',
    resource: 'controllerrevisions',
    namespace,
    labelSelector: formatSelector(requirementsOf(selector)),
  });
  const own = ((list['items'] ?? []) as readonly ControllerRevision[]).filter(({ metadata }) =>
    metadata?.ownerReferences?.some(
      ({ controller, uid }) => controller === true && uid === object.metadata?.uid,
    ),
  );
  return own.map((revision) => {
    const then = atRevision({ ...object, kind: mapping.kind }, revision) as Deployment;
    const cause = revision.metadata?.annotations?.[changeCause] ?? '';
    const source = revision as unknown as KubeObject;
    return { number: revision.revision, template: then.spec?.template, cause, source };
  });
}

/** All revisions in their order; undefined for kinds that keep none. */
export function revisionsOf(session: Session, info: Info): readonly Revision[] | undefined {
  const { kind } = info.mapping;
  const sorted = (all: readonly Revision[]): readonly Revision[] =>
    all.toSorted((a, b) => a.number - b.number);
  if (kind === 'Deployment') return sorted(ofDeployment(session, info.object as Deployment));
  if (kind === 'DaemonSet' || kind === 'StatefulSet') return sorted(ofOwner(session, info));
  return undefined;
}

/** One revision by its number; the one before the last for 0. */
export function chosenRevision(
  all: readonly Revision[],
  number: number,
  name: string,
  kind: string,
): Revision {
  if (number === 0) {
    const previous = all.at(-2);
    if (previous !== undefined) return previous;
    throw new Failure(
      kind === 'Deployment'
        ? `no rollout history found for deployment ${JSON.stringify(name)}`
        : 'no last revision to roll back to',
    );
  }
  const found = all.find((revision) => revision.number === number);
  if (found === undefined)
    throw new Failure(`unable to find specified revision ${number} in history`);
  return found;
}
