// The labels that a Job gives its Pods, by which it selects them (pkg/registry/batch/job/strategy.go generateSelector).

const nameLabels = ['job-name', 'batch.kubernetes.io/job-name'];
const uidLabels = ['controller-uid', 'batch.kubernetes.io/controller-uid'];

const labelsOf = (names: readonly string[], value: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, value]));

export const jobLabels = (name: string, uid: string): Readonly<Record<string, string>> => ({
  ...labelsOf(nameLabels, name),
  ...labelsOf(uidLabels, uid),
});
