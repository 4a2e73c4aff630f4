// The selector of a Job, which the server makes (pkg/registry/batch/job/strategy.go generateSelector).
import type { Job } from '../../api/generated/types.ts';
import type { AnyStored } from '../store/entry.ts';
import { withMeta } from './metadata.ts';

const nameLabels = ['job-name', 'batch.kubernetes.io/job-name'] as const;
const uidLabels = ['controller-uid', 'batch.kubernetes.io/controller-uid'] as const;
const selectedLabel = uidLabels[1];

/**
 * Labels the Job's Pods with its name and uid and selects them by uid, unless `manualSelector` says that its author has
 * done so. A Job without labels gets those of its Pods.
 */
export function withGeneratedSelector(object: AnyStored): AnyStored {
  const { spec } = object as unknown as Job;
  if (spec === undefined || spec.manualSelector === true) return object;
  const { name, uid } = object.metadata;
  const labels: Record<string, string> = { ...spec.template.metadata?.labels };
  for (const label of nameLabels) labels[label] ??= name;
  for (const label of uidLabels) labels[label] ??= uid;
  const matchLabels = { [selectedLabel]: uid, ...spec.selector?.matchLabels };
  const template = { ...spec.template, metadata: { ...spec.template.metadata, labels } };
  const next = {
    ...object,
    spec: { ...spec, selector: { ...spec.selector, matchLabels }, template },
  };
  const own = object.metadata.labels ?? {};
  return Object.keys(own).length > 0 ? next : withMeta(next, { labels });
}
