// PodSecurity: holds Pods against the level that the labels of their namespace ask for
// (pod-security-admission/admission).
import type {
  CronJob,
  Deployment,
  Namespace,
  ObjectMeta,
  Pod,
  PodSpec,
  Status,
} from '../../../api/generated/types.ts';
import { invalidStatus } from '../../../api/messages.ts';
import type { KubeObject } from '../../../api/objects.ts';
import { equalJson } from '../../equality.ts';
import type { Attributes, ServerContext } from '../../registry/context.ts';
import type { AdmissionPlugin } from '../plugin.ts';
import { forbid } from '../plugin.ts';
import { baselineChecks } from './baseline.ts';
import type { Finding } from './check.ts';
import type { LevelVersion } from './policy.ts';
import { formatLevel, policyOf, strictness } from './policy.ts';
import { overridden, restrictedChecks } from './restricted.ts';

export const podSecurity: AdmissionPlugin = {
  name: 'PodSecurity',

  validate(context, attributes) {
    const { info, operation, subresource, object } = attributes;
    if (operation === 'DELETE' || object === undefined) return undefined;
    if (info.modelled === 'Namespace') {
      return subresource === '' ? checkNamespace(context, attributes, object) : undefined;
    }
    const template = templateOf(info.kind, object);
    if (template === undefined || subresource === 'status') return undefined;
    if (info.modelled === 'Pod' && isInsignificant(attributes)) return undefined;
    const namespace = context.store.get('Namespace', '', attributes.namespace);
    const { levels } = policyOf(namespace?.metadata.labels);
    const { metadata, spec } = template;
    if (info.modelled === 'Pod') {
      const findings = evaluate(levels.enforce, spec, metadata);
      if (findings.length > 0) {
        return forbid(
          attributes,
          `violates PodSecurity "${formatLevel(levels.enforce)}": ${detailOf(findings)}`,
        );
      }
    }
    const warnings = evaluate(levels.warn, spec, metadata);
    if (warnings.length > 0) {
      attributes.options.warnings.push(
        `would violate PodSecurity "${formatLevel(levels.warn)}": ${detailOf(warnings)}`,
      );
    }
    return undefined;
  },
};

/** Every finding: those of baseline first, then those of restricted. */
export function evaluate(
  { level, version }: LevelVersion,
  spec: PodSpec,
  metadata: ObjectMeta,
): readonly Finding[] {
  if (level === 'privileged') return [];
  const checks =
    level === 'baseline'
      ? baselineChecks
      : [...baselineChecks.filter(({ id }) => !overridden.has(id)), ...restrictedChecks];
  return checks
    .filter(({ since }) => version === 'latest' || version >= since)
    .map((check) => check.run(spec, metadata))
    .filter((finding) => finding !== undefined);
}

function detailOf(findings: readonly Finding[]): string {
  return findings.map(({ reason, detail }) => `${reason} (${detail})`).join(', ');
}

interface Template {
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
}

/** The Pod, or the template of the Pods that a workload makes. */
function templateOf(kind: string, object: KubeObject): Template | undefined {
  switch (kind) {
    case 'Pod': {
      const { metadata = {}, spec } = object as Pod;
      return spec === undefined ? undefined : { metadata, spec };
    }
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return fromTemplate((object as unknown as Deployment).spec?.template);
    case 'CronJob':
      return fromTemplate((object as unknown as CronJob).spec?.jobTemplate.spec?.template);
    default:
      return undefined;
  }
}

function fromTemplate(
  template: { metadata?: ObjectMeta | undefined; spec?: PodSpec | undefined } | undefined,
): Template | undefined {
  const { metadata = {}, spec } = template ?? {};
  return spec === undefined ? undefined : { metadata, spec };
}

/** Updates of a Pod that change nothing a check looks at. */
function isInsignificant({ operation, object, old }: Attributes): boolean {
  return operation === 'UPDATE' && equalJson(object?.spec, old?.spec);
}

/** Labels must be readable; Pods that break a new level are warned of. */
function checkNamespace(
  context: ServerContext,
  { old, options, name }: Attributes,
  object: KubeObject,
): Status | undefined {
  const next = policyOf((object as Namespace).metadata?.labels);
  const before = policyOf(old?.metadata.labels);
  const areOld = old !== undefined && equalJson(next.errors, before.errors);
  if (next.errors.length > 0 && !areOld) return invalidStatus('Namespace', '', name, next.errors);
  if (old === undefined) return undefined;
  const [now, was] = [next.levels.enforce, before.levels.enforce];
  const isRelaxed = now.version === was.version && strictness(now.level) <= strictness(was.level);
  if (now.level === 'privileged' || isRelaxed) return undefined;
  options.warnings.push(...warnOfPods(context, name, now));
  return undefined;
}

function warnOfPods(context: ServerContext, namespace: string, level: LevelVersion): string[] {
  const byReasons = new Map<string, { readonly first: string; count: number }>();
  for (const object of context.store.listSorted('Pod', namespace)) {
    const { spec = { containers: [] } } = object as unknown as Pod;
    const reasons = evaluate(level, spec, object.metadata).map(({ reason }) => reason);
    if (reasons.length === 0) continue;
    const key = reasons.join(', ');
    const known = byReasons.get(key);
    if (known === undefined) byReasons.set(key, { first: object.metadata.name, count: 1 });
    else known.count += 1;
  }
  if (byReasons.size === 0) return [];
  const lines = [...byReasons].map(([reasons, { first, count }]) => {
    if (count === 1) return `${first}: ${reasons}`;
    const others = count === 2 ? '1 other pod' : `${count - 1} other pods`;
    return `${first} (and ${others}): ${reasons}`;
  });
  const head = `existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${formatLevel(level)}"`;
  return [head, ...lines.sort()];
}
