// The ReplicaSets of a Deployment: the one of the present template, and the others
// (kubectl/pkg/util/deployment/deployment.go).
import type { Deployment, PodTemplateSpec, ReplicaSet } from '#sim/api/generated/types.ts';
import { formatSelector, requirementsOf } from '#sim/api/selector.ts';
import { omit } from '../omit.ts';
import { toCompactJson } from '#sim/api/json-out.ts';
import type { Session } from '../session.ts';

/** All ReplicaSets that the Deployment controls. */
export function replicaSetsOf(
  session: Session,
  { metadata, spec }: Deployment,
): readonly ReplicaSet[] {
  const list = session.api.request({
    verb: 'list',
    group: 'apps',
    version: 'v1',
    resource: 'replicasets',
    namespace: metadata?.namespace,
    labelSelector: formatSelector(requirementsOf(spec?.selector ?? {})),
  });
  const sets = (list['items'] ?? []) as readonly ReplicaSet[];
  return sets.filter((set) =>
    set.metadata?.ownerReferences?.some(
      ({ controller, uid }) => controller === true && uid === metadata?.uid,
    ),
  );
}

/** The template without the label by which its ReplicaSet is told from others. */
function comparable(template: PodTemplateSpec | undefined): string {
  const { metadata = {}, spec } = template ?? {};
  const labels = omit(metadata.labels ?? {}, 'pod-template-hash');
  return toCompactJson({ metadata: { ...omit(metadata, 'creationTimestamp'), labels }, spec });
}

const created = ({ metadata }: ReplicaSet): string => metadata?.creationTimestamp ?? '';

/** The ReplicaSet of the Deployment's present template, and the others, oldest first. */
export function splitReplicaSets(
  session: Session,
  deployment: Deployment,
): {
  readonly old: readonly ReplicaSet[];
  readonly current: ReplicaSet | undefined;
} {
  const wanted = comparable(deployment.spec?.template);
  const sets = replicaSetsOf(session, deployment).toSorted((a, b) =>
    created(a) < created(b) ? -1 : created(a) > created(b) ? 1 : 0,
  );
  const current = sets.find(({ spec }) => comparable(spec?.template) === wanted);
  return { current, old: sets.filter((set) => set !== current) };
}
