// The selector of a Job, which the server makes (pkg/registry/batch/job/strategy.go generateSelector).
import type { Job } from '../../api/generated/types.ts';
import { jobLabels } from '../../api/job-selector.ts';
import type { AnyStored } from '../store/entry.ts';
import { withMeta } from './metadata.ts';

const selectedLabel = 'batch.kubernetes.io/controller-uid';

/**
 * Labels the Job's Pods with its name and uid and selects them by uid, unless `manualSelector` says that its author has
 * done so. A Job without labels gets those of its Pods.
 */
export function withGeneratedSelector(object: AnyStored): AnyStored {
  const { spec } = object as unknown as Job;
  if (spec === undefined || spec.manualSelector === true) return object;
  const { name, uid } = object.metadata;
  const labels = { ...jobLabels(name, uid), ...spec.template.metadata?.labels };
  const matchLabels = { [selectedLabel]: uid, ...spec.selector?.matchLabels };
  const template = { ...spec.template, metadata: { ...spec.template.metadata, labels } };
  const next = {
    ...object,
    spec: { ...spec, selector: { ...spec.selector, matchLabels }, template },
  };
  const own = object.metadata.labels ?? {};
  return Object.keys(own).length > 0 ? next : withMeta(next, { labels });
}
